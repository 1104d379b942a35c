import { CloseCircleFilled, InfoCircleOutlined, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../../words/naming.ts';
import { useDocumentStore, useFlow } from '../documentstore.ts';
import type { Finding } from './findings.ts';
import './proof.css';

/** How many findings are listed at once: nobody reads more, and drawing them takes time. */
const most = 200;

interface FindingListProps {
  readonly findings: readonly Finding[];
  /** How many more there are. */
  readonly unlisted?: number;
  /** Called when one was chosen, which brings its field into view. */
  readonly onPick?: () => void;
  /** Shows a call step by step. Left out, calls are not offered. */
  readonly play?: (script: string) => void;
}

/** Findings as a list of buttons that lead to the fields in question. */
export function FindingList({ findings, unlisted = 0, ...line }: FindingListProps) {
  const { t } = useTranslation();
  const rest = unlisted + Math.max(findings.length - most, 0);
  return (
    <ul className="problem-list">
      {findings.slice(0, most).map((finding) => (
        <Line
          key={`${finding.rule} ${finding.subject} ${finding.field} ${finding.text}`}
          finding={finding}
          {...line}
        />
      ))}
      {rest > 0 ? <li className="problem-rest">{t('canvas.moreProblems', { count: rest })}</li> : null}
    </ul>
  );
}

function Line({ finding, onPick, play }: Omit<FindingListProps, 'findings'> & { readonly finding: Finding }) {
  const { t } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const flow = useFlow();
  const { severity, source, rule, subject, field, text, fix, script } = finding;
  return (
    <li>
      <button
        type="button"
        data-rule={rule}
        onClick={() => {
          store.show({ ...(subject === undefined ? {} : { node: subject }), field: field ?? 'label' });
          onPick?.();
        }}
      >
        {severity === 'error' ? (
          <CloseCircleFilled className="is-error" />
        ) : severity === 'warning' ? (
          <WarningFilled className="is-warning" />
        ) : (
          <InfoCircleOutlined />
        )}
        <b>{subject === undefined ? flow.name : names.nodeAt(flow, subject)}</b>
        <span>
          {withCode(text)} {fix === undefined ? null : <span className="problem-fix">{withCode(fix)}</span>}
        </span>
        {source === 'check' ? null : (
          <span className="problem-source" title={rule}>
            {t(`callers.sources.${source}`)}
          </span>
        )}
      </button>
      {script === undefined || play === undefined ? null : (
        <Button size="small" onClick={() => play(script)}>
          {t('callers.play')}
        </Button>
      )}
    </li>
  );
}

/** A text with what stands between backticks as code. */
function withCode(text: string): ReactNode[] {
  return text.split('`').map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity.
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  );
}

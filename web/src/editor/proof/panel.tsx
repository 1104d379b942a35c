import { CheckCircleOutlined, CloseCircleFilled, InfoCircleOutlined, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { countProblems } from '../../../../lib/engine/report.ts';
import { useNames } from '../../words/naming.ts';
import { useDocumentStore, useFlow } from '../documentstore.ts';
import { useEditorContext } from '../editorcontext.ts';
import { useAnalysis } from './analysis.ts';
import { type Finding, findingsOf } from './findings.ts';
import { PanelHeader } from './header.tsx';
import './proof.css';

/** How many findings are listed at once: nobody reads more, and drawing them takes time. */
const most = 200;

/** All findings of the flow on the canvas, in the console's language. */
export function useFindings(): readonly Finding[] {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const flow = useFlow();
  const { problems } = useEditorContext();
  const analysis = useAnalysis();
  const { language } = i18n;
  return useMemo(
    () => findingsOf(problems, analysis, { t, names, language, flow }),
    [problems, analysis, t, names, language, flow],
  );
}

interface FindingsProps {
  readonly close: () => void;
  /** Shows a call step by step. */
  readonly play: (script: string) => void;
}

/** All that is to be mended at the foot of the canvas: what the check, the proof and the linter say, the gravest first. */
export function Findings({ close, play }: FindingsProps) {
  const { t } = useTranslation();
  const findings = useFindings();
  const { problems } = useEditorContext();
  const { errors, warnings } = countProblems(problems);
  const checked = findings.filter(({ source }) => source === 'check').length;
  // A check lists a limited number of problems, and says how many it leaves out.
  const rest = errors + warnings - checked + Math.max(findings.length - most, 0);
  return (
    <section className="problems" aria-label={t('canvas.problems')}>
      <PanelHeader title={t('canvas.problems')} close={close} />
      {findings.length === 0 ? (
        <p>
          <CheckCircleOutlined className="is-fine" /> {t('canvas.noProblems')}
        </p>
      ) : (
        <ul className="problem-list">
          {findings.slice(0, most).map((finding) => (
            <Line
              key={`${finding.rule} ${finding.subject} ${finding.field} ${finding.text}`}
              finding={finding}
              play={play}
            />
          ))}
          {rest > 0 ? <li className="problem-rest">{t('canvas.moreProblems', { count: rest })}</li> : null}
        </ul>
      )}
    </section>
  );
}

function Line({ finding, play }: { finding: Finding; play: (script: string) => void }) {
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
        onClick={() =>
          store.show({ ...(subject === undefined ? {} : { node: subject }), field: field ?? 'label' })
        }
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
      {script === undefined ? null : (
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

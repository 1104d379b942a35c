import { CheckCircleOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { countProblems } from '../../../../lib/engine/report.ts';
import { useNames } from '../../words/naming.ts';
import { useFlow } from '../documentstore.ts';
import { useProblems } from '../editorcontext.ts';
import { useAnalysis } from './analysis.ts';
import { FindingList } from './findinglist.tsx';
import { type Finding, type FindingWords, findingsOf } from './findings.ts';
import { PanelHeader } from './header.tsx';
import './proof.css';

/** All findings of the flow on the canvas, in the console's language. */
export function useFindings(): readonly Finding[] {
  const words = useFindingWords();
  const problems = useProblems();
  const analysis = useAnalysis();
  return useMemo(() => findingsOf(problems, analysis, words), [problems, analysis, words]);
}

/** What findings of the flow on the canvas are told in. */
export function useFindingWords(): FindingWords {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const flow = useFlow();
  const { language } = i18n;
  return useMemo(() => ({ t, names, language, flow }), [t, names, language, flow]);
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
  const problems = useProblems();
  const { errors, warnings } = countProblems(problems);
  const checked = findings.filter(({ source }) => source === 'check').length;
  // A check lists a limited number of problems, and says how many it leaves out.
  const unlisted = errors + warnings - checked;
  return (
    <section className="problems" aria-label={t('canvas.problems')}>
      <PanelHeader title={t('canvas.problems')} close={close} />
      {findings.length === 0 ? (
        <p>
          <CheckCircleOutlined className="is-fine" /> {t('canvas.noProblems')}
        </p>
      ) : (
        <FindingList findings={findings} unlisted={unlisted} play={play} />
      )}
    </section>
  );
}

import { CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { countProblems, leftOut } from '../../../lib/engine/report.ts';
import type { RefusedProblem } from '../draft/remote.ts';
import { scriptFaultText } from '../words/findings.ts';
import { useNames } from '../words/naming.ts';
import { problemText, subjectOf } from '../words/sentences.ts';
import { useDocumentStore, useFlow } from './documentstore.ts';
import { withCode } from './proof/findinglist.tsx';

/** How many problems are listed at once: nobody reads more, and drawing them takes time. */
const most = 200;

interface ProblemListProps {
  readonly problems: readonly RefusedProblem[];
  /** Called when one was chosen, which brings its field into view. */
  readonly onPick?: () => void;
}

/** Problems as a list of buttons that lead to the fields in question. */
export function ProblemList({ problems, onPick }: ProblemListProps) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const store = useDocumentStore();
  const flow = useFlow();
  const listed = problems.filter((problem) => leftOut(problem) === undefined).slice(0, most);
  const { errors, warnings } = countProblems(problems);
  const rest = errors + warnings - listed.length;
  return (
    <ul className="problem-list">
      {listed.map((problem) => {
        const subject = subjectOf(problem);
        return (
          <li key={`${problem.rule} ${problem.node} ${problem.field} ${problem.message}`}>
            <button
              type="button"
              data-rule={problem.rule}
              onClick={() => {
                store.show({ ...(subject ? { node: subject } : {}), field: problem.field ?? 'label' });
                onPick?.();
              }}
            >
              {problem.severity === 'error' ? (
                <CloseCircleFilled className="is-error" />
              ) : (
                <WarningFilled className="is-warning" />
              )}
              <b>{subject === undefined ? flow.name : names.nodeAt(flow, subject)}</b>
              <span>
                {problem.script === undefined
                  ? problemText(t, names, problem, flow)
                  : withCode(scriptFaultText(t, i18n.language, problem))}
              </span>
            </button>
          </li>
        );
      })}
      {rest > 0 ? <li className="problem-rest">{t('canvas.moreProblems', { count: rest })}</li> : null}
    </ul>
  );
}

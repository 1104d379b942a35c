import { CheckCircleOutlined, CloseCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { nodeOf } from '../../../../lib/flow/flow.ts';
import type { Untaken } from '../../../../lib/proof/coverage.ts';
import { useNames } from '../../words/naming.ts';
import { useFlow } from '../documentstore.ts';
import type { ScriptResult } from './scriptresult.ts';

/** How many differences and untaken exits are listed. */
const most = 50;

/** What came of the calls of a script: how many pass, each difference with a way to its line, and what no call takes. */
export function Outcome({ played, show }: { played: ScriptResult; show: (line: number) => void }) {
  const { t } = useTranslation();
  const { calls, passed, failed, differences, untaken } = played;
  if (calls + failed + differences.length === 0) return null;
  return (
    <section className="scripts-outcome">
      <p role="status">
        {failed === 0 && differences.length === 0 ? (
          <CheckCircleOutlined className="is-fine" />
        ) : (
          <CloseCircleFilled className="is-error" />
        )}{' '}
        {t('scripts.tally', { passed, failed })}
      </p>
      <ul className="scripts-differences">
        {differences.slice(0, most).map(({ line, title, message }) => (
          <li key={`${line} ${message}`}>
            <button type="button" onClick={() => show(line)}>
              <b>{t('scripts.line', { line })}</b> {title === '' ? '' : `${title}: `}
              {message}
            </button>
          </li>
        ))}
      </ul>
      {untaken.length === 0 || calls === 0 ? null : (
        <details>
          <summary>{t('scripts.untaken', { count: untaken.length })}</summary>
          <ul>
            {untaken.slice(0, most).map((each) => (
              <li key={each.node}>
                <Never untaken={each} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** What no call takes, by the names that the canvas shows. */
function Never({ untaken: { node, visited, exits } }: { untaken: Untaken }) {
  const { t } = useTranslation();
  const names = useNames();
  const flow = useFlow();
  const type = nodeOf(flow, node)?.type ?? '';
  const name = names.nodeAt(flow, node);
  if (!visited) return t('scripts.unvisited', { name });
  const list = exits.map((exit) => `“${names.exit(type, exit)}”`).join(t('compare.comma'));
  return t('scripts.never', { name, exits: list });
}

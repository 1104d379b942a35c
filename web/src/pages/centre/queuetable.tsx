import { useTranslation } from 'react-i18next';
import type { Queue } from '../../api/generated/types.ts';
import { clockOf } from './clock.ts';
import { useGroupName } from './queries.ts';
import { agentStates } from './state.tsx';

/** Queues, a row each, with how many of their agents are in each state. */
export function QueueTable({ queues }: { queues: readonly Queue[] }) {
  const { t } = useTranslation();
  const nameOf = useGroupName();
  return (
    <section className="card wide">
      <table className="flows">
        <thead>
          <tr>
            <th>{t('centre.group')}</th>
            <th>{t('centre.waiting')}</th>
            <th>{t('centre.longest')}</th>
            {agentStates.map((state) => (
              <th key={state}>{t(`centre.states.${state}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {queues.map(({ group, waiting, longestWaitSeconds, agents }) => (
            <tr key={group} data-group={group}>
              <td className="named">
                <span>{nameOf(group)}</span>
                <small>{group}</small>
              </td>
              <td className="digits">{waiting}</td>
              <td className="digits">{waiting === 0 ? '–' : clockOf(longestWaitSeconds)}</td>
              {agentStates.map((state) => (
                <td key={state} className="digits">
                  {agents[state] ?? 0}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

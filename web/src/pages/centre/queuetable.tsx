import { useTranslation } from 'react-i18next';
import type { Queue } from '../../api/generated/types.ts';
import { ListTable } from '../../shell/list.tsx';
import { clockOf } from './clock.ts';
import { useGroupName } from './queries.ts';
import { agentStates } from './state.tsx';

/** Queues, a row each, with how many of their agents are in each state. */
export function QueueTable({ queues }: { queues: readonly Queue[] }) {
  const { t } = useTranslation();
  const nameOf = useGroupName();
  return (
    <section className="card wide">
      <ListTable
        columns={[
          t('centre.group'),
          t('centre.waiting'),
          t('centre.longest'),
          ...agentStates.map((state) => t(`centre.states.${state}`)),
        ]}
      >
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
      </ListTable>
    </section>
  );
}

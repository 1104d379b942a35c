import { useTranslation } from 'react-i18next';
import type { Agent } from '../../api/generated/types.ts';

/** What agents may be doing, in the order in which tables show it. */
export const agentStates = [
  'available',
  'ringing',
  'talking',
  'wrap-up',
  'break',
  'offline',
] as const satisfies readonly Agent['state'][];

/** What agents say of themselves. */
export const presences = ['online', 'break', 'offline'] as const satisfies readonly Agent['presence'][];

/** What an agent does, with a dot of its colour. */
export function State({ state }: { state: Agent['state'] }) {
  const { t } = useTranslation();
  return (
    <span className="state-dot" data-state={state}>
      {t(`centre.states.${state}`)}
    </span>
  );
}

import { useTranslation } from 'react-i18next';
import type { Agent } from '../../api/generated/types.ts';
import { Tag, type TagTone } from '../../shell/tag.tsx';

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

const tones: Readonly<Record<Agent['state'], TagTone>> = {
  available: 'success',
  ringing: 'warning',
  talking: 'info',
  'wrap-up': 'warning',
  break: 'warning',
  offline: 'neutral',
};

/** What an agent does. */
export function State({ state }: { state: Agent['state'] }) {
  const { t } = useTranslation();
  return <Tag tone={tones[state]}>{t(`centre.states.${state}`)}</Tag>;
}

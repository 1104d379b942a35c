import { useQueryClient } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Presence, setPresence } from '../../api/centre.ts';
import type { Agent } from '../../api/generated/types.ts';
import { reasonOf } from '../../api/refusal.ts';
import { useApi, useMay } from '../../session/context.ts';
import { toast } from '../../shell/toast.ts';
import { clockOf, useSeconds } from './clock.ts';
import { presences, State } from './state.tsx';

/** What the agent says of themselves, what they do, and the end of their wrap-up. */
export function PresenceCard({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const api = useApi();
  const may = useMay();
  const queries = useQueryClient();
  const { staffNo, name, presence, state, wrapUpUntil } = agent;
  const left = useSeconds(wrapUpUntil, 'until');
  const say = async (next: Presence) => {
    const queryKey = ['agents', staffNo];
    try {
      const agent = await setPresence(api, staffNo, next);
      // A poll that began before would bring the old presence back.
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, agent);
    } catch (error) {
      toast.error(reasonOf(error));
    }
  };
  return (
    <section className="card desk-presence" aria-label={t('centre.presence')}>
      <header>
        <b>{name}</b> <span className="faint">{staffNo}</span>
      </header>
      <Segmented
        disabled={!may('PUT /api/agents/{staffNo}/presence')}
        value={presence}
        options={presences.map((value) => ({ value, label: t(`centre.presences.${value}`) }))}
        onChange={(next: Presence) => void say(next)}
      />
      <p>
        <State state={state} />
      </p>
      {state !== 'wrap-up' ? null : (
        <p>
          <span className="digits">{clockOf(left)}</span>{' '}
          <Button type="primary" onClick={() => void say('online')}>
            {t('desk.done')}
          </Button>
        </p>
      )}
    </section>
  );
}

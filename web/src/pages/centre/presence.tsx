import { useQueryClient } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Presence, setPresence } from '../../api/centre.ts';
import type { Agent } from '../../api/generated/types.ts';
import { reasonOf } from '../../api/refusal.ts';
import { useApi, useMay } from '../../session/context.ts';
import { toast } from '../../shell/toast.ts';
import { clockOf, useSeconds } from './clock.ts';
import { presences, State } from './state.tsx';

/** What the agent says of themselves, what they do, the end of their wrap-up, and why no call rings. */
export function PresenceCard({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const api = useApi();
  const mayChange = useMay()('PUT /api/agents/{staffNo}/presence');
  const queries = useQueryClient();
  const { staffNo, name, presence, state, wrapUpUntil } = agent;
  const left = useSeconds(wrapUpUntil, 'until');
  const [busy, setBusy] = useState(false);
  const say = async (next: Presence) => {
    if (busy) return;
    setBusy(true);
    const queryKey = ['agents', staffNo];
    try {
      const agent = await setPresence(api, staffNo, next);
      // A poll that began before would bring the old presence back.
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, agent);
    } catch (error) {
      toast.error(reasonOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card desk-presence" aria-label={t('centre.presence')}>
      <header>
        <b>{name}</b> <span className="faint">{staffNo}</span>
      </header>
      <Segmented
        disabled={!mayChange}
        value={presence}
        options={presences.map((value) => ({ value, label: t(`centre.presences.${value}`) }))}
        onChange={(next: Presence) => void say(next)}
      />
      <p>
        <State state={state} />
      </p>
      {presence === 'online' ? null : (
        <>
          <p role="status">{t(`desk.quiet.${presence}`)}</p>
          {mayChange ? (
            <Button type="primary" loading={busy} onClick={() => void say('online')}>
              {t('desk.online')}
            </Button>
          ) : null}
        </>
      )}
      {state !== 'wrap-up' ? null : (
        <p>
          <span className="digits">{clockOf(left)}</span>{' '}
          <Button type="primary" loading={busy} onClick={() => void say('online')}>
            {t('desk.done')}
          </Button>
        </p>
      )}
    </section>
  );
}

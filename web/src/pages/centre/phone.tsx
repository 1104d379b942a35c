import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { openPhone, readAgent } from '../../api/centre.ts';
import { PhoneControls } from '../../desk/controls.tsx';
import type { Tell } from '../../desk/phone.ts';
import { openTwilioPhone } from '../../desk/twilio.ts';
import { useApi } from '../../session/context.ts';
import { PageHeader } from '../../shell/pageheader.tsx';
import { NotLoaded, QueryError } from '../../shell/query.tsx';
import { CallerCard } from './caller.tsx';
import { polling } from './polling.ts';
import { PresenceCard } from './presence.tsx';
import './centre.css';
import './desk.css';

/** The browser phone of an agent's `client:` endpoint at Twilio. The SDK is loaded here, once the phone is opened. */
export function PhonePage() {
  const { t } = useTranslation();
  const { staffNo = '' } = useParams();
  const api = useApi();
  const agent = useQuery({
    queryKey: ['agents', staffNo],
    queryFn: async () => (await readAgent(api, staffNo)).data,
    ...polling(2, 4),
  });
  const open = useCallback(
    async (tell: Tell) => {
      const token = async () => (await openPhone(api, staffNo)).token;
      // The key is looked for first: without it nothing need be loaded.
      const first = await token();
      const { Device } = await import('@twilio/voice-sdk');
      let given: string | undefined = first;
      const next = async () => {
        const now = given ?? (await token());
        given = undefined;
        return now;
      };
      return await openTwilioPhone({ token: next, device: (text) => new Device(text) }, tell);
    },
    [api, staffNo],
  );
  if (agent.data === undefined) return <NotLoaded query={agent} />;
  const { name, call, state, presence } = agent.data;
  return (
    <>
      <PageHeader title={t('desk.phone')} about={t('desk.phoneAbout')}>
        {null}
      </PageHeader>
      <div className="desk">
        <QueryError query={agent} />
        <PresenceCard agent={agent.data} />
        <PhoneControls
          open={open}
          ringText={t('desk.ringing', { name })}
          online={presence === 'online'}
          sound={false}
        />
        {call === undefined || (state !== 'ringing' && state !== 'talking') ? null : (
          <CallerCard call={call} state={state} />
        )}
      </div>
    </>
  );
}

import { expect, test, vi } from 'vitest';
import { collectRecordings } from '../lib/admin/recordings.ts';
import { listVoicemails } from '../lib/admin/voicemails.ts';
import { listRecordings } from '../lib/store/calls/voicemails.ts';
import { setUpMailbox } from './kit/mailbox.ts';
import { actionOf } from './kit/webhook.ts';

const { voice, storage, carrier, apiUrl, arrive } = setUpMailbox();

test('a list of messages waits for the carrier no longer than its limit, and what is left for a later run is no error', async () => {
  const ids = ['RE1', 'RE2'];
  for (const RecordingSid of ids) {
    const { first, says } = await arrive();
    const recorded = {
      RecordingSid,
      RecordingUrl: `https://api.twilio.com/${RecordingSid}`,
      RecordingDuration: '5',
    };
    await says(actionOf(first), { ...recorded, Digits: 'hangup', CallStatus: 'completed' });
  }
  const access = async () => ({ apiUrl: apiUrl(), accountSid: 'AC1', authToken: 'x' });
  const reader = { ...voice.admin(), storage: storage(), carrier: access };
  const limit = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
  const { items } = await listVoicemails(reader, {}, 'all').finally(() => limit.mockRestore());
  expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  expect(carrier.asked).toEqual([]);

  const { table } = voice.admin();
  const left = async () => (await listRecordings(table)).map(({ id }) => id);
  const faults: unknown[] = [];
  const onFault = (fault: unknown) => void faults.push(fault);
  const needs = { table, storage: storage(), access, now: () => new Date(), onFault };
  const run = new AbortController();
  carrier.answer = () => {
    run.abort();
    return { status: 503 };
  };
  await collectRecordings({ ...needs, until: run.signal });
  expect([await left(), faults]).toEqual([ids, []]);
  carrier.answer = () => undefined;
  await collectRecordings(needs);
  expect([await left(), faults]).toEqual([[], []]);
});

import { beforeAll, expect, test } from 'vitest';
import { bindNumber } from '../lib/admin/numbers.ts';
import { overrideSchedule, putSchedule } from '../lib/admin/schedules.ts';
import { createVoice } from '../lib/calls/app.ts';
import { createLibrary } from '../lib/calls/library.ts';
import { createTokens } from '../lib/carrier/tokens.ts';
import { readQueueConfig, readVoiceConfig } from '../lib/config.ts';
import { createQueue } from '../lib/queue/queue.ts';
import { fetchSchedule, removeSchedule } from '../lib/store/settings/schedules.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, hear, publicUrl, tokens } from './kit/webhook.ts';

const voice = setUpVoice();
const journal: string[] = [];
const post = { ...call, To: '+15550121' };

beforeAll(async () => {
  const asks = { type: 'hours', schedule: 'live' };
  await voice.publishFlow({
    ...{ schema: 1, id: 'asks-twice', name: 'Asks twice', language: 'en-US' },
    nodes: {
      start: { type: 'start', exits: { next: 'first' } },
      first: { ...asks, exits: { open: 'open', closed: 'closed', holiday: 'holiday' } },
      open: { type: 'branch', prompt: { text: 'Open.' }, timeoutSeconds: 5, exits: { 1: 'first' } },
      closed: { type: 'branch', prompt: { text: 'Closed.' }, timeoutSeconds: 5, exits: { 1: 'first' } },
      holiday: { type: 'branch', prompt: { text: 'Holiday.' }, timeoutSeconds: 5, exits: { 1: 'first' } },
    },
  } as never);
  await bindNumber(voice.admin(), '+15550121', 'asks-twice');
});

const environment = {
  ...{
    TABLE_NAME: 'branchline',
    TWILIO_AUTH_TOKEN: tokens.join(','),
    PUBLIC_URL: publicUrl,
    AUDIO_URL: publicUrl,
  },
  ...{ TWILIO_ACCOUNT_SID: String(call.AccountSid), DEFAULT_LANGUAGE: 'en-US' },
};

/** A call that asks the schedule at each of these times: what it is told. */
async function toldAt(...times: string[]): Promise<(string | undefined)[]> {
  const { table } = voice.admin();
  let time = times[0] ?? '';
  const now = () => new Date(time);
  const known = createTokens([...tokens], { onFault: () => undefined });
  const handler = createVoice({
    config: readVoiceConfig(environment),
    tokens: known,
    library: createLibrary(table),
    queue: createQueue(readQueueConfig(environment), { table, tokens: known, now, onFault: () => undefined }),
    now,
    write: (line) => void journal.push(line),
  });
  const told: (string | undefined)[] = [];
  let xml = '';
  for (time of times) {
    xml =
      xml === ''
        ? await hear(handler, '/voice/incoming', post)
        : await hear(handler, actionOf(xml), { ...post, Digits: '1' });
    told.push(/<Say[^>]*>(Open|Closed|Holiday)\./.exec(xml)?.[1]);
  }
  return told;
}

test('an override that ends in mid-call: the node asks again, and the hours count again', async () => {
  const always = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
  );
  await putSchedule(voice.admin(), { id: 'live', name: 'Live', timeZone: 'UTC', weekly: always as never });
  await overrideSchedule(voice.admin(), 'live', { state: 'closed', until: '2026-05-04T10:00:00Z' });
  expect(await toldAt('2026-05-04T09:59:00Z', '2026-05-04T09:59:59.999Z', '2026-05-04T10:00:00Z')).toEqual([
    'Closed',
    'Closed',
    'Open',
  ]);
});

test('a schedule that is deleted while a call is in its flow counts as open, and the record says so', async () => {
  await putSchedule(voice.admin(), { id: 'live', name: 'Live', timeZone: 'UTC', weekly: {} });
  const time = '2026-05-04T10:00:00Z';
  expect(await toldAt(time)).toEqual(['Closed']);
  // As two who act at once may do: the check that nobody uses it came before the publish.
  const { table } = voice.admin();
  const found = await fetchSchedule(table, 'live');
  if (found === undefined) throw new Error('The schedule is missing.');
  await removeSchedule(table, found);
  expect(await toldAt(time)).toEqual(['Open']);
  expect(journal.at(-1)).toContain('"assumed":true');
});

test.each([
  // 02:00 becomes 03:00 on 2026-03-29; 03:00 becomes 02:00 on 2026-10-25.
  [
    'Europe/Berlin',
    [['02:30', '03:30']],
    '2026-03-29T00:59:00Z',
    '2026-03-29T01:00:00Z',
    '2026-03-29T01:30:00Z',
  ],
  [
    'Europe/Berlin',
    [['02:30', '02:45']],
    '2026-10-25T00:29:00Z',
    '2026-10-25T00:30:00Z',
    '2026-10-25T00:45:00Z',
  ],
  [
    'Europe/Berlin',
    [['02:30', '02:45']],
    '2026-10-25T01:29:00Z',
    '2026-10-25T01:30:00Z',
    '2026-10-25T01:45:00Z',
  ],
  // 02:00 becomes 03:00 on 2026-03-08; 02:00 becomes 01:00 on 2026-11-01.
  [
    'America/New_York',
    [['02:30', '03:30']],
    '2026-03-08T06:59:00Z',
    '2026-03-08T07:00:00Z',
    '2026-03-08T07:30:00Z',
  ],
  [
    'America/New_York',
    [['01:30', '01:45']],
    '2026-11-01T05:29:00Z',
    '2026-11-01T05:30:00Z',
    '2026-11-01T05:45:00Z',
  ],
  [
    'America/New_York',
    [['01:30', '01:45']],
    '2026-11-01T06:29:00Z',
    '2026-11-01T06:30:00Z',
    '2026-11-01T06:45:00Z',
  ],
])('a call while clocks are set in %s, hours %j, from %s on', async (timeZone, sun, before, open, after) => {
  await putSchedule(voice.admin(), { id: 'live', name: 'Live', timeZone, weekly: { sun } as never });
  expect(await toldAt(before, open, after)).toEqual(['Closed', 'Open', 'Closed']);
});

test('a call on the eve of a holiday goes past midnight: the range runs on, then it is a holiday', async () => {
  const weekly = { fri: [['20:00', '02:00']], sat: [['10:00', '12:00']] } as never;
  const holidays = [{ date: '2026-05-02', name: 'Day off' }];
  await putSchedule(voice.admin(), { id: 'live', name: 'Live', timeZone: 'Asia/Shanghai', weekly, holidays });
  expect(
    await toldAt(
      ...['2026-05-01T19:59:00+08:00', '2026-05-01T23:59:00+08:00', '2026-05-02T01:59:59+08:00'],
      ...['2026-05-02T02:00:00+08:00', '2026-05-02T10:30:00+08:00'],
    ),
  ).toEqual(['Closed', 'Open', 'Open', 'Holiday', 'Holiday']);
});

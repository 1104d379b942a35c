import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fileLines } from '../lib/calls/filing.ts';
import { claimHourly } from '../lib/store/calls/hourly.ts';
import { claimMessage } from '../lib/store/calls/messages.ts';
import { keepVoicemail } from '../lib/store/calls/voicemails.ts';
import { keyOf } from '../lib/store/table/keys.ts';
import { setUpCentre } from './kit/centre.ts';
import { startedAt, wholeCall } from './kit/journallines.ts';
import { expectPrivate, leaksIn } from './kit/logprivacy.ts';
import { scan } from './kit/table.ts';
import { tokens } from './kit/webhook.ts';

const journal = { journal: 2, at: startedAt, callSid: 'CA1' };
const first = { ...journal, from: '+15550123', to: '+15550100', cursor: 'cursor=2&flow=a&step=0' };
const error = { level: 'error', at: startedAt, error: 'Error' };

describe('no line of the log tells what it must not', () => {
  // The kits of voice, queue, floor and API hold every line that their tests make against this.
  test('as all lines of a call do', () => {
    expectPrivate(wholeCall('CA1'));
    expectPrivate([JSON.stringify(first)]);
  });

  test.each<[string, object]>([
    ['who called, in another line than the first', { ...first, cursor: 'cursor=2&flow=a&step=3' }],
    ['a number', { ...journal, status: '+15550123' }],
    ['a number', { ...error, message: 'The number %2B8613800138000 is not bound.' }],
    ['a number', { ...error, causes: [{ error: 'Error', message: 'to +15550123' }] }],
    ['a token or a secret', { ...error, message: `signed with ${tokens[1]}` }],
    ['a token or a secret', { ...error, message: 'authorization: Bearer abcdefgh12345678' }],
    ['a token or a secret', { ...error, message: 'eyJhbGciOiJSUzI1NiJ9.e30.x' }],
    ['what was typed', { ...journal, entries: [{ node: 'menu', key: '12' }] }],
    ['what a call remembers', { ...journal, next: 'cursor=2&flow=a&step=1&memory=AAAA' }],
    ['the field "digits", of which nobody has said whether it is personal', { ...journal, digits: '1234' }],
    [
      'the field "Digits", of which nobody has said whether it is personal',
      { level: 'info', Digits: '1234' },
    ],
    ['a line of the kind debug', { level: 'debug' }],
  ])('%s: %j', (leak, line) => {
    expect(leaksIn(JSON.stringify(line))).toContain(leak);
  });

  test('nor does text that is no line of the log', () => {
    expect(leaksIn('Error: +15550123 is busy')).toEqual(['a number']);
    expect(leaksIn('Bearer abcdefgh12345678')).toEqual(['a token or a secret']);
    expect(leaksIn('\n')).toEqual([]);
  });
});

describe('items that hold a caller expire', () => {
  const centre = setUpCentre();
  const caller = '+15550199';
  const dayMs = 86_400_000;

  test('after the days that records are kept, or within a day', async () => {
    const table = centre.table();
    await centre.group({ id: 'sales' });
    await centre.online('sales', ['1001', 'client:ann']);
    const gone = centre.caller('CA1', '+15550500');
    await gone.wait();
    await gone.hangUp();
    await centre.caller('CA2', '+15550500').wait();
    await claimHourly(table, 'dials', caller, 'CA1-1-1', centre.now());
    await claimMessage(table, { callSid: 'CA1', flow: 'a', node: 'b' }, 'CA1-1-1', centre.now());
    await keepVoicemail(
      table,
      { id: 'RE1', mailbox: 'sales', from: caller, callSid: 'CA1', seconds: 3 },
      centre.now(),
      30,
    );
    await fileLines(table, wholeCall('CA3'), 30);
    const items = await scan(table);
    const days = new Map<string, number>();
    for (const item of items) {
      const { pk, sk } = keyOf(item);
      if (pk === 'staff') continue;
      const ends = Number(item.expiresAt?.N ?? Number.NaN) * 1000;
      const from = pk.startsWith('call#') ? Date.parse(startedAt) : centre.now().getTime();
      const kind = pk.replace(/#.*/, '');
      const kept = (ends - from) / dayMs;
      expect(kept, `${pk} ${sk}`).toBeGreaterThan(0);
      days.set(kind, Math.max(days.get(kind) ?? 0, Math.ceil(kept)));
    }
    expect(Object.fromEntries([...days].toSorted())).toEqual({
      ...{ call: 31, hourly: 1, left: 1, message: 1, places: 1, sealed: 1 },
      ...{ recordings: 30, voicemail: 30 },
    });
    // What holds the caller's number says when it goes.
    const holding = items.filter((item) => JSON.stringify(item).includes('5550199'));
    expect(holding.length).toBeGreaterThan(1);
    expect(holding.filter(({ expiresAt }) => expiresAt === undefined)).toEqual([]);
  });
});

test('docs/security.md names tests that there are', () => {
  const page = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8');
  const named = [...page.matchAll(/`([\w.]+\.test\.ts): ([^`]+)`/g)];
  expect(named.length).toBeGreaterThan(25);
  const missing = named.filter(([, file = '', title = '']) => {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    return !["'", '"', '`'].some((quote) => text.includes(`${quote}${title}${quote}`));
  });
  expect(missing.map(([whole]) => whole)).toEqual([]);
});

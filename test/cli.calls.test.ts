import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../cli/calls.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { publish } from '../lib/admin/publish.ts';
import { fileLines } from '../lib/calls/filing.ts';
import { removeStack, writeStack } from '../local/stack.ts';
import { runCommand } from './kit/command.ts';
import { cursorAt, line, startedAt, wholeCall } from './kit/journallines.ts';
import { greeting } from './kit/sampleflows.ts';
import { stackOn } from './kit/stack.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
let dataDir: string;

beforeAll(async () => {
  table = await startTestTable();
  dataDir = mkdtempSync(join(tmpdir(), 'branchline-calls-'));
  startStack();
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true });
  await table.close();
});

function startStack() {
  writeStack(dataDir, stackOn(table));
}

/** Runs the command. */
function calls(args: string[], environment: Record<string, string> = {}) {
  return runCommand(main, args, { DATA_DIR: dataDir, ...environment });
}

describe('without calls', () => {
  test('the list says what to do', async () => {
    const { code, out } = await calls([]);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'There are no calls yet: npx branchline call +15550100 makes one.\n',
    });
    expect((await calls(['--flow', 'x'])).out).toBe('No call fits: leave out a filter.\n');
    expect(JSON.parse((await calls(['--json'])).out)).toEqual({ calls: [] });
  });

  test.each([
    [['CAnever'], 1, 'There is no record of a call "CAnever".'],
    [['--since', 'yesterday'], 2, '`--since` must be a time'],
    [['--since', '2026-02-01', '--until', '2026-01-31'], 2, '--until must be later than --since.'],
    [['--number', '1 555 0100'], 2, 'The number "1 555 0100" has no country code'],
    [['--number', 'foo'], 2, 'The number "foo" holds'],
    [['--number', 'sip:'], 2, 'The number "sip:" holds'],
    [['--until', '2026-02-30'], 2, '`--until` must be a time'],
    [['CA1', 'CA2'], 2, '"calls" takes no "CA2".'],
    [['CA1', '--flow', 'demo'], 2, 'leave the filters out'],
    [['--limit', '0'], 2, '--limit takes'],
    [['--script'], 2, '--script takes the id of a call'],
    [['CAnever', '--script'], 1, 'There is no record of a call "CAnever".'],
    [['--stage', 'a b'], 2, '--stage takes'],
    [['--colour'], 2, '--colour'],
  ])('%j is refused with %i', async (args, expected, words) => {
    const { code, out, err } = await calls(args);
    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(err).toContain(words);
    expect(err).not.toContain('    at ');
  });

  test('a refusal is JSON where that is asked for', async () => {
    const { code, out } = await calls(['--json', 'CAnever']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: 'call-missing', problems: [] });
  });

  test('help is an answer', async () => {
    const { code, out } = await calls(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('[CALLSID]');
  });
});

describe('with calls', () => {
  const demo = {
    ...greeting('demo'),
    nodes: {
      start: { type: 'start', exits: { next: 'menu' } },
      menu: {
        type: 'branch',
        prompt: [{ audio: 'hold-music' }, { text: '请按1。' }],
        errorPrompt: { text: 'Not that one.' },
        exits: { 1: 'agents' },
      },
      agents: {
        type: 'transfer',
        skillGroup: 'sales',
        failPrompt: { text: 'Nobody.' },
        exits: { next: 'end' },
      },
      end: { type: 'end' },
    },
  };
  const later = '2026-01-01T10:00:00.000Z';

  beforeAll(async () => {
    const admin = { table, who: 'test', now: () => new Date(startedAt), retainDays: 90 };
    // The calls were made with version 3.
    for (const name of ['One', 'Two', 'Three']) {
      await saveDraft(admin, { ...demo, name });
      await publish(admin, 'demo');
    }
    const strayed = JSON.stringify({
      journal: 1,
      at: later,
      callSid: 'CAlost',
      trouble: 'unknown-number',
      from: '+15550124',
    });
    await fileLines(table, [...wholeCall('CAwhole'), strayed], 90);
    const torn = line('CAtorn', 60, {
      cursor: { ...cursorAt(2), flow: 'gone' },
      entries: [{ node: 'x', silent: true }],
    });
    await fileLines(table, [torn], 90);
  });

  test('the list has them newest first', async () => {
    const { out } = await calls([]);
    expect(out.split('\n').map((each) => each.split(/ {2,}/))).toEqual([
      ['BEGAN', 'FROM', 'TO', 'FLOW', 'TOOK', 'END', 'CALL'],
      ['2026-01-01 10:00:00', '+15550124', '→ -', '-', '0:00', 'fault', 'CAlost'],
      ['2026-01-01 09:01:00', '-', '→ -', 'gone v3', '-', '- (steps missing)', 'CAtorn'],
      ['2026-01-01 09:00:00', '+15550123', '→ +15550100', 'demo v3', '0:12', 'nobody-online', 'CAwhole'],
      [''],
    ]);
  });

  test.each([
    [['--number', '+15550100'], ['CAwhole']],
    [['--flow', 'gone'], ['CAtorn']],
    [
      ['--since', '2026-01-01T09:01:00Z'],
      ['CAlost', 'CAtorn'],
    ],
    [['--until', '2026-01-01T09:01:00Z'], ['CAwhole']],
    [
      ['--limit', '2'],
      ['CAlost', 'CAtorn'],
    ],
  ])('%j', async (args, expected) => {
    const { calls: found } = JSON.parse((await calls(['--json', ...args])).out);
    expect(found.map(({ callSid }: { callSid: string }) => callSid)).toEqual(expected);
  });

  test.each([
    'anonymous',
    'Restricted',
    'sip:ann@example.com',
    'ann@example.com',
    'client:desk',
    '+1 (555) 010-09',
  ])('--number %j is asked for', async (number) => {
    const { code, out } = await calls(['--number', number]);
    expect({ code, out }).toEqual({ code: 0, out: 'No call fits: leave out a filter.\n' });
  });

  test('one is shown step by step, with what was heard', async () => {
    const { out } = await calls(['CAwhole']);
    expect(out).toBe(`CAwhole
2026-01-01 09:00:00  +15550123 → +15550100  demo v3  0:12, nobody-online

  0:00  start → next
  0:00  menu
          ♪ hold-music
          请按1。
  0:04  menu, key ?
          Not that one.
          ♪ hold-music
          请按1。
  0:09  menu, key 1 → 1
  0:09  agents, nobody-online → next
          Nobody.
  0:09  end
`);
  });

  test('one is shown as a script, with a key for one that is no phone key', async () => {
    const { code, out } = await calls(['CAwhole', '--script']);
    expect({ code, out }).toEqual({
      code: 0,
      out: `# Call CAwhole: nobody-online
> arrived
< gather 8s ♪hold-music 请按1。
> pressed #
< gather 8s Not that one. ♪hold-music 请按1。
? available sales: no
> pressed 1
< say Nobody.
< hangup
= ends nobody-online at end
`,
    });
  });

  test('one that is not whole says so', async () => {
    const { out } = await calls(['CAtorn']);
    expect(out).toBe(`CAtorn
2026-01-01 09:01:00  - → -  gone v3  has not ended yet
Steps that are missing in the log: 0, 1

  0:00  x, no key
          (what was heard is no longer known)
`);
    expect(JSON.parse((await calls(['--json', 'CAtorn'])).out)).toMatchObject({
      callSid: 'CAtorn',
      missing: [0, 1],
      steps: [{ node: 'x', silent: true }],
    });
  });

  test('of an address that is no number are forgotten', async () => {
    const { code, out } = await calls(['forget', 'sip:bob@example.com']);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining('sip:bob@example.com: deleted 0 calls and 0 messages.'),
    });
  });

  test('of a deployed stage they come from its table', async () => {
    const aws = {
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      AWS_REGION: table.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    removeStack(dataDir);
    const here = await calls([]);
    const there = await calls(['--stage', 'test'], aws);
    startStack();
    expect(here).toMatchObject({ code: 1, err: expect.stringContaining('npm start') });
    expect(there.out).toContain('CAwhole');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { heardAt } from '../lib/engine/heard.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { happeningText } from '../lib/proof/happenings.ts';
import { caller, Player } from '../lib/proof/player.ts';
import { type RecordedCall, scriptOfRecord } from '../lib/proof/recorded.ts';
import { passed, playScript } from '../lib/proof/run.ts';
import { readScript, type ScriptCall } from '../lib/proof/script.ts';
import type { RecordedStep } from '../lib/proof/worded.ts';

const folder = new URL('../flows/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const find = (id: string): Flow => JSON.parse(read(`${id}.flow.json`));

/** What the record of a call tells that is played as its script says. */
function recordOf(flow: Flow, { lines }: ScriptCall): RecordedCall {
  const player = new Player(flow, find);
  const known = new Map<string, string>();
  const steps: RecordedStep[] = [];
  let from = '';
  for (const line of lines) {
    if (line.kind === 'fact') known.set(line.name, line.value);
    if (line.kind !== 'event') continue;
    const { happening } = line;
    if (happening.word === 'arrived') from = happening.from ?? '';
    const { entries } = player.play(happening, known);
    const agent = happening.word === 'connected' ? { agent: happening.staffNo } : {};
    steps.push(
      ...entries.map((entry) => {
        const { heard: _, ...rest } = entry;
        return {
          ...rest,
          ...agent,
          heard: heardAt(entry.flow === flow.id ? flow : find(entry.flow), entry, caller) ?? [],
        };
      }),
    );
  }
  return { callSid: 'CA1', from, steps, endReason: player.ended?.reason ?? 'hung-up-menu' };
}

/** The events of a call; who calls and what was typed is not told by a record. */
function events({ lines }: ScriptCall): string[] {
  return lines.flatMap((line) => {
    if (line.kind !== 'event') return [];
    const text = happeningText(line.happening);
    return [
      text
        .replace(/^arrived from \+.*/, 'arrived')
        .replace(/^typed .*/, (typed) => `typed ${typed.length - 6}`),
    ];
  });
}

describe.each(readdirSync(folder).filter((file) => file.endsWith('.calls.txt')))('%s', (file) => {
  const flow = find(file.replace('.calls.txt', ''));

  test.each(readScript(read(file)).calls)(
    '$title: its record makes a script that passes, with the same events',
    (call) => {
      const record = recordOf(flow, call);
      const script = scriptOfRecord(record, flow, find);
      const { calls, problems } = playScript(flow, script, find);
      expect(script).toMatch(/^# Call CA1: /);
      expect(problems).toEqual([]);
      const [made] = readScript(script).calls;
      const expected = events(call);
      const hungUp = record.endReason === 'hung-up-menu' && expected.at(-1) !== 'hung up' ? ['hung up'] : [];
      // Digits that are filled in may lead elsewhere than those that were typed.
      if (!expected.some((event) => event.startsWith('typed'))) {
        expect(calls.every(passed)).toBe(true);
        expect(made === undefined ? [] : events(made)).toEqual([...expected, ...hungUp]);
      }
    },
  );
});

test('nothing of the caller stands in it', () => {
  const flow = find('callers');
  const record: RecordedCall = {
    callSid: 'CA7',
    from: '+442071838750',
    endReason: 'hung-up-menu',
    steps: [{ node: 'menu', digits: 4 }],
  };
  const script = scriptOfRecord(record, flow);
  expect(script).not.toMatch(/20718|2 0 7 1/);
  expect(script).toContain('> typed 1111');
});

test('keys that are not stored are replaced by such that lead on as the record does', () => {
  const prompt = (text: string) => ({ text });
  const flow: Flow = {
    ...{ schema: 1, id: 'entry', name: 'Entry', language: 'en-US' },
    nodes: {
      start: { type: 'start', exits: { next: 'account' } },
      account: {
        ...{ type: 'collect', prompt: prompt('Your account?'), variable: 'Account', minDigits: 3 },
        ...{ confirmPrompt: prompt('${Account}?'), errorPrompt: prompt('Again.'), maxErrors: 9 },
        exits: { next: 'end' },
      },
      end: { type: 'end', prompt: prompt('Thank you.') },
    },
  };
  const typed = ['47*1', '47', '4711#', '#', '5', '4712', '1'];
  const told = ['# x', '> arrived', ...typed.map((keys) => `> typed ${keys}`)].join('\n');
  const [call] = readScript(told).calls;
  if (call === undefined) throw new Error('The script was not read.');
  const script = scriptOfRecord(recordOf(flow, call), flow);
  const [made] = readScript(script).calls;
  expect(made && events(made)).toEqual([
    'arrived',
    ...[4, 2, 4, 1, 1, 4, 1].map((count) => `typed ${count}`),
  ]);
  expect(script.match(/(?<=> typed ).*/g)).toEqual(['****', '11', '1111', '#', '*', '1111', '1']);
  expect(playScript(flow, script).calls.every(passed)).toBe(true);
  expect(script).toContain('= ends finished at end');
});

describe('what a record does not tell', () => {
  const prompt = (text: string) => ({ text });
  /** A service says who calls; after a menu, the tier decides where the call goes. */
  const flowWith = (value: string): Flow => ({
    ...{ schema: 1, id: 'tiers', name: 'Tiers', language: 'en-US' },
    nodes: {
      start: { type: 'start', exits: { next: 'ask' } },
      ask: {
        ...{ type: 'request', connection: 'crm', take: [{ variable: 'Tier', from: '/tier' }] },
        exits: { next: 'menu', failed: 'menu' },
      },
      menu: { type: 'branch', prompt: prompt('Press 1.'), exits: { 1: 'tier' } },
      tier: {
        type: 'condition',
        cases: [{ exit: 'gold', when: [{ variable: 'Tier', is: 'equal', value }] }],
        exits: { gold: 'vip', else: 'plain' },
      },
      vip: { type: 'branch', prompt: prompt('Gold. Press 2.'), exits: { 2: 'plain' } },
      plain: { type: 'end', prompt: prompt('Bye.') },
    },
  });
  const scriptWith = (value: string, answer: string) => {
    const flow = flowWith(value);
    const told = `# x\n? request crm: 200 {"tier":"${answer}"}\n> arrived\n> pressed 1\n> pressed 2`;
    const [call] = readScript(told).calls;
    if (call === undefined) throw new Error('The script was not read.');
    return { flow, script: scriptOfRecord(recordOf(flow, call), flow) };
  };

  test('is tried until the script leads along its nodes, before a later menu, too', () => {
    const { flow, script } = scriptWith('gold', 'gold');
    expect(script).toContain('? request crm: 200 {"tier":"gold"}\n> arrived\n');
    expect(script).toContain('> pressed 2\n< say Bye.\n< hangup\n= ends finished at plain\n');
    expect(playScript(flow, script).calls.every(passed)).toBe(true);
  });

  test('is named where nothing leads along its nodes; what follows is what the record tells', () => {
    const { flow, script } = scriptWith('${SystemCallerNumber}-1', `${caller.from}-1`);
    expect(script).toBe(
      [
        '# From line 6 (`> pressed 1`) on this is not the recorded call: the record has `tier` → `gold` here, the script `tier` → `else`. To fill in: line 3 (`? request crm: 200 {}`), line 4 (`> arrived`).',
        ...['# Call CA1: finished', '? request crm: 200 {}', '> arrived', '< gather 8s Press 1.'],
        ...['> pressed 1', '> pressed 2', '= ends finished', ''],
      ].join('\n'),
    );
    const filled = script.replaceAll('200 {}', `200 {"tier":"${caller.from}-1"}`);
    expect(playScript(flow, filled).calls.every(passed)).toBe(true);
  });

  test('has no end where a long call strays, and takes no long time', () => {
    const flow = flowWith('gold');
    const steps: RecordedStep[] = Array.from({ length: 2000 }, () => ({ node: 'menu', digits: 1 }));
    const script = scriptOfRecord({ callSid: 'CA9', flow: 'tiers', steps }, flow);
    expect(script).toMatch(/^# From line \d+ \(`> arrived`\) on this is not the recorded call: /);
    expect(script.match(/^> typed 1$/gm)).toHaveLength(2000);
    expect(script).toMatch(/\n= goes on\n$/);
  });
});

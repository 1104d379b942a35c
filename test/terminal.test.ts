import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main as agents } from '../cli/agents.ts';
import { main as calls } from '../cli/calls.ts';
import { columns } from '../cli/columns.ts';
import { main as flows } from '../cli/flows.ts';
import { display } from '../cli/phone/display.ts';
import { problemLines } from '../cli/problems.ts';
import { fileLines } from '../lib/calls/filing.ts';
import { nextRevision, writeDraft } from '../lib/store/flows/drafts.ts';
import { storeAgent } from '../lib/store/queue/agents.ts';
import { subscribe } from '../local/aws/journal.ts';
import { writeStack } from '../local/stack.ts';
import { inline, printable } from '../local/terminal.ts';
import { readWords } from '../local/usage.ts';
import { runCommand } from './kit/command.ts';
import { greeting } from './kit/sampleflows.ts';
import { ours } from './kit/sources.ts';
import { stackOn } from './kit/stack.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

const evil = '\u001b[31mevil\u009b2J\r\n+15550100 \u202efake\u2066\u0000\u007f';
const shown = '␛[31mevil\\u009b2J␍␊+15550100 \\u202efake\\u2066␀\\u007f';

// What a terminal obeys, or what turns the direction of writing.
const obeyed = /[^\P{Cc}\n\t]|\p{Bidi_Control}|[\u2028\u2029]/u;

test('what a terminal would obey is shown', () => {
  expect(inline(evil)).toBe(shown);
  expect(printable(evil)).toBe(shown.replace('␊', '\n'));
  expect(printable('a\n\tb 总机 😀 👩‍👩‍👧')).toBe('a\n\tb 总机 😀 👩‍👩‍👧');
  for (let code = 0; code < 0x3000; code += 1) {
    expect([code, obeyed.test(printable(String.fromCodePoint(code)))]).toEqual([code, false]);
  }
});

test('JSON says the same after it was made printable', () => {
  const value = { name: evil };
  const text = printable(JSON.stringify(value, null, 2));
  expect(text).not.toMatch(obeyed);
  expect(JSON.parse(text)).toEqual(value);
});

test('a table may have any number of rows', () => {
  const rows = Array.from({ length: 150_000 }, (_, place) => [String(place), 'x']);
  expect(columns(rows).split('\n').at(0)).toBe('0       x');
});

test('a cell and a problem stay on their line', () => {
  expect(
    columns([
      ['A', 'B'],
      [evil, 'x'],
    ]).split('\n'),
  ).toHaveLength(2);
  const problem = { rule: 'x', severity: 'error', field: evil, message: evil };
  expect(problemLines('a', [problem])).toEqual([expect.not.stringMatching(/[\n\r]/)]);
});

test.each([
  { event: 'ringing', to: evil, from: evil },
  { event: 'heard', say: evil },
  { event: 'heard', play: evil },
  { event: 'said', text: evil },
  { event: 'failed', code: 11200, message: evil },
] as const)('a phone shows $event on one line', (event) => {
  const { text = '' } = display(event as never, false);
  expect(text).toContain('evil');
  expect(text).not.toMatch(/[\n\r]/);
  expect(text).not.toMatch(obeyed);
});

test("a stack's own terminal obeys no line of the log", async () => {
  const written: string[] = [];
  const output = { write: (chunk: string) => written.push(chunk) > 0 };
  const end = subscribe({ journal: async () => undefined, output: output as never });
  output.write(`{"error":${JSON.stringify(evil)}}\n`);
  await end();
  expect(written.join('')).toBe(`${printable(`{"error":${JSON.stringify(evil)}}`)}\n`);
  expect(written.join('')).not.toMatch(obeyed);
});

describe('with callers and names that hold what a terminal obeys', () => {
  let table: TestTable;
  let dataDir = '';
  beforeAll(async () => {
    table = await startTestTable();
    dataDir = mkdtempSync(join(tmpdir(), 'branchline-terminal-'));
    writeStack(dataDir, stackOn(table));
    const at = '2026-07-01T09:30:00.000Z';
    const line = { journal: 1, at, callSid: 'CA1', from: evil, to: evil, trouble: 'unknown-number' };
    await fileLines(table, [JSON.stringify(line)], 10_000);
    // As a release before this one took them.
    const agent = { staffNo: '7', name: evil, endpoint: `sip:${evil}`, skillGroups: [] };
    await storeAgent(table, agent, undefined, new Date(at));
    await writeDraft(
      table,
      { ...greeting('named'), name: evil },
      {
        ...{ head: undefined, revision: nextRevision(undefined), by: evil, at: new Date(at) },
        ...{ errors: 0, uses: {} },
      },
    );
  });
  afterAll(async () => {
    rmSync(dataDir, { recursive: true });
    await table.close();
  });

  test.each([
    ['calls', calls, [], 2],
    ['calls CA1', calls, ['CA1'], 5],
    ['calls NONE', calls, [evil], 1],
    ['agents list', agents, ['list'], 1],
    ['flows list', flows, ['list'], 1],
    ['flows publish', flows, ['publish', evil], 1],
    ['flows check', flows, ['check', `no${evil}`], 2],
  ] as const)('%s obeys none of it', async (_, command, words, lines) => {
    const { out, err } = await runCommand(command, words, { DATA_DIR: dataDir });
    expect(out + err).not.toMatch(obeyed);
    expect((out + err).trimEnd().split('\n')).toHaveLength(lines);
    const json = await runCommand(command, [...words, '--json'], { DATA_DIR: dataDir });
    expect(json.out).not.toMatch(obeyed);
    expect(JSON.stringify(JSON.parse(json.out))).toMatch(/evil/);
  });

  test('flows pull prints a draft that is the same when it is read', async () => {
    const { out } = await runCommand(flows, ['pull', 'named'], { DATA_DIR: dataDir });
    expect(out).not.toMatch(obeyed);
    expect(JSON.parse(out).name).toBe(evil);
  });
});

test('nothing prints past it', () => {
  const files = ['cli', 'local', 'local/carrier'].flatMap((folder) =>
    readdirSync(folder).flatMap((name) => (name.endsWith('.ts') ? [`${folder}/${name}`] : [])),
  );
  const printing = files.filter((file) => {
    const text = readFileSync(file, 'utf8').replace("process.stdout.write('\\u0007')", '');
    return /console\.(log|error|warn|info|debug)|process\.std(out|err)\.write/.test(text);
  });
  expect(printing).toEqual(['local/terminal.ts']);
});

describe('the words of a program', () => {
  const options = { callers: { type: 'string' }, help: { type: 'boolean' } } as const;
  /** What is left of the words, or the exit code, with what was printed. */
  const read = (...args: string[]) =>
    runCommand(
      async () => {
        const words = readWords('How it is used.', () => parseArgs({ args, options }));
        const { exitCode } = process;
        process.exitCode = undefined;
        return words === undefined ? Number(exitCode ?? 0) : -1;
      },
      [],
      {},
    );

  test('are taken, ask for help, or are wrong, which is told in a sentence', async () => {
    expect(await read('--callers', '3')).toEqual({ code: -1, out: '', err: '' });
    expect(await read('--help')).toEqual({ code: 0, out: 'How it is used.\n', err: '' });
    const wrong = { code: 2, out: '', err: 'There is no option "--what".\nHow it is used.\n' };
    expect(await read('--what')).toEqual(wrong);
    for (const [words, fault] of [
      [['--callers'], '--callers takes a value: --callers VALUE.'],
      [
        ['--callers', '-1'],
        '--callers takes a value; one that begins with a hyphen is written as --callers=-VALUE.',
      ],
      [['--help=1'], '--help takes no value.'],
      [['more'], 'There is no argument "more" here.'],
    ] as const) {
      expect(await read(...words)).toEqual({ code: 2, out: '', err: `${fault}\nHow it is used.\n` });
    }
  });

  test('are read in no other way: no program answers them with a stack', () => {
    const reading = ours
      .filter(({ text }) => text.includes('parseArgs('))
      .map(({ path, text }) => [path, text]);
    expect(reading.map(([path]) => path)).toContain('bench/run.ts');
    for (const [path, text = ''] of reading) expect(text, path).toMatch(/readWords\(|usageFault\(/);
  });
});

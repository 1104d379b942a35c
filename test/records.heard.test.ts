import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Heard, readCall } from '../lib/admin/calls.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { fileLines } from '../lib/calls/filing.ts';
import type { Cursor } from '../lib/flow/cursor.ts';
import type { FlowNode } from '../lib/flow/flow.ts';
import type { HttpHandler } from '../lib/http.ts';
import { callPk } from '../lib/store/table/keys.ts';
import { query } from '../lib/store/table/table.ts';
import { heardIn } from './kit/heard.ts';
import { underRole } from './kit/iam.ts';
import { cursorAt, line, type SaidEntry, startedAt } from './kit/journallines.ts';
import { greeting } from './kit/sampleflows.ts';
import { readTranscripts, type Transcript } from './kit/transcript.ts';
import { setUpVoice } from './kit/voice.ts';
import { actionOf, call, hear, type Post } from './kit/webhook.ts';

const { admin, load, publishFlow, lines } = setUpVoice();

const folder = new URL('../flows/', import.meta.url);
/** How the calls of the transcripts end; the caller hangs up in a menu where nothing else is said. */
const ends: Readonly<Record<string, string>> = {
  'A wrong key, then silence': 'timeout',
  'Three wrong keys': 'errors',
};

const scripts = [
  { flow: 'phone-experience', number: '+15550100' },
  { flow: 'office', number: '+15550101' },
].flatMap(({ flow, number }) =>
  readTranscripts(readFileSync(new URL(`${flow}.calls.txt`, folder), 'utf8'))
    .filter(({ lines: said }) => !said.some((each) => /^\? .*: yes$/.test(each)))
    .map((transcript) => {
      const lost = transcript.lines.some((each) => each.startsWith('?')) ? 'nobody-online' : 'hung-up-menu';
      return { flow, number, transcript, title: transcript.title, endReason: ends[transcript.title] ?? lost };
    }),
);

let count = 0;

/** Plays the caller's side of a transcript against the function; answers the call's id and what was heard at each step. */
async function play(handler: HttpHandler, number: string, { lines: said }: Transcript) {
  count += 1;
  const post: Post = { ...call, CallSid: `CA${count}`, To: number };
  const heard: Heard[][] = [];
  let xml = '';
  for (const event of said.filter((each) => each.startsWith('>'))) {
    const [, name = '', key = ''] = event.split(' ');
    xml =
      name === 'arrived'
        ? await hear(handler, '/voice/incoming', post)
        : await hear(handler, actionOf(xml), name === 'pressed' ? { ...post, Digits: key } : post);
    heard.push(heardIn(xml));
  }
  await hear(handler, '/voice/status', { ...post, CallStatus: 'completed' });
  return { callSid: `CA${count}`, heard };
}

/** Files what was logged so far and reads a call. */
async function recordOf(callSid: string) {
  const { table, retainDays } = admin();
  const journalLines = lines().filter((line) => line.startsWith('{"journal"'));
  expect(await fileLines(underRole(table, 'JournalRole'), journalLines, retainDays)).toBe(0);
  return readCall(admin(), callSid);
}

describe('a record tells what the caller heard', () => {
  test.each(scripts)('$flow: $title', async ({ flow, number, transcript, endReason }) => {
    const { callSid, heard } = await play(await load(), number, transcript);
    const { steps, ...record } = await recordOf(callSid);
    const known = { callSid, from: '+15550123', to: number, flow, version: 1, missing: [], endReason };
    expect(record).toMatchObject(known);
    expect(steps.flatMap((step) => step.heard ?? [{ text: 'untold' }])).toEqual(heard.flat());
    expect(steps.flatMap(({ key }) => key ?? [])).toEqual(
      transcript.lines.flatMap((each) => /^> pressed (.)$/.exec(each)?.[1] ?? []),
    );
    expect(steps.filter(({ silent }) => silent)).toHaveLength(
      transcript.lines.filter((each) => each === '> silent').length,
    );
  });

  test('node by node, with keys and exits', async () => {
    const [script] = scripts;
    if (script === undefined) throw new Error('there is no transcript');
    const { callSid } = await play(await load(), script.number, script.transcript);
    const { steps } = await recordOf(callSid);
    expect(steps.map(({ at: _, ...step }) => step)).toEqual([
      { node: 'start', heard: [], exit: 'next' },
      { node: 'welcome', heard: [{ text: '您好，欢迎致电。' }], exit: 'next' },
      { node: 'menu', heard: [{ text: '转人工坐席接听请按1。' }] },
      { node: 'menu', heard: [], key: '1', exit: '1' },
      {
        node: 'agents',
        heard: [{ text: '当前非工作时间，欢迎您于工作时间再次联系。' }],
        exit: 'next',
        lost: 'nobody-online',
      },
      { node: 'end', heard: [] },
    ]);
  });

  test('with what only the call knows, and what XML cannot say left out', async () => {
    const text = '${SystemCallerNumber} of ${SystemCalleeNumber} in ${SystemSessionId}\u0007';
    const flow = greeting('names', text);
    const prompt = [{ audio: 'hold-music' }, { text: '${SystemCallerNumber}' }];
    await publishFlow({ ...flow, ...{ nodes: { ...flow.nodes, end: { type: 'end', prompt } } } });
    await bindNumber(admin(), '+15550105', 'names');
    const { callSid, heard } = await play(await load(), '+15550105', { title: '', lines: ['> arrived'] });
    const { steps } = await recordOf(callSid);
    expect(heard).toEqual([
      [
        { text: `1 5 5 5 0 1 2 3 of 1 5 5 5 0 1 0 5 in ${callSid}` },
        { audio: 'hold-music' },
        { text: '1 5 5 5 0 1 2 3' },
      ],
    ]);
    expect(steps.flatMap((step) => step.heard)).toEqual(heard[0]);
  });

  test('which is the apology, and nothing else, where something went wrong', async () => {
    const handler = await load();
    const strayed = '/voice/step?cursor=1&flow=office&version=1&node=gone&waiting=1&step=1&language=zh-CN';
    const places = [
      ['/voice/incoming', '+15559999', 'unknown-number'],
      [strayed.replace('version=1', 'version=77'), '+15550101', 'unknown-version'],
      [strayed, '+15550101', 'no-node'],
    ] as const;
    for (const [at, To, fault] of places) {
      count += 1;
      const post = { ...call, CallSid: `CA${count}`, To };
      const heard = heardIn(await hear(handler, at, post));
      const { steps, endReason } = await recordOf(`CA${count}`);
      expect(endReason).toBe('fault');
      expect(steps).toMatchObject([{ heard, fault }]);
    }
  });
});

test.each<[string, Partial<Cursor>, SaidEntry]>([
  ['since the version is gone', { version: 99 }, { node: 'welcome', heard: ['prompt'] }],
  ['since the version has no such node', {}, { node: 'gone', heard: ['prompt'] }],
  ['since the node has no such prompt', {}, { node: 'menu', heard: ['maxErrors'] }],
  ['since its line does not say it', {}, { node: 'welcome' }],
])('what was heard is left out %s', async (_, place, entry) => {
  count += 1;
  const { table, retainDays } = admin();
  const cursor = { ...cursorAt(0), flow: 'phone-experience', version: 1, ...place };
  const told = line(`CA${count}`, 0, { cursor, entries: [{ ...entry, exit: 'next' }] });
  await fileLines(underRole(table, 'JournalRole'), [told], retainDays);
  const { steps } = await readCall(admin(), `CA${count}`);
  expect(steps).toEqual([{ at: startedAt, node: entry.node, exit: 'next' }]);
});

test('an entry of another flow tells its prompts, and names that flow and its version', async () => {
  count += 1;
  const { table, retainDays } = admin();
  const there = { node: 'goodbye', flow: 'office', version: 1, heard: ['prompt'], end: 'finished' } as const;
  const here = { node: 'welcome', flow: 'phone-experience', version: 1, exit: 'next', heard: ['prompt'] };
  const cursor = { ...cursorAt(0), flow: 'phone-experience', version: 1 };
  const told = line(`CA${count}`, 0, { cursor, entries: [here, there] });
  await fileLines(underRole(table, 'JournalRole'), [told], retainDays);
  const { steps } = await readCall(admin(), `CA${count}`);
  expect(steps).toEqual([
    { at: startedAt, node: 'welcome', exit: 'next', heard: [{ text: '您好，欢迎致电。' }] },
    {
      at: startedAt,
      node: 'goodbye',
      flow: 'office',
      version: 1,
      heard: [{ text: 'Thank you for calling Harbour Lights. Goodbye.' }],
    },
  ]);
});

test('a value that does not fit is named where it was set, and a memory that cannot be opened where it was missed', async () => {
  const flow = greeting('long', 'Hello.');
  const values = [{ variable: 'Tier', value: 'x'.repeat(257) }];
  const nodes = {
    ...flow.nodes,
    start: { type: 'start', exits: { next: 'tier' } },
    tier: { type: 'set', values: [...values, { variable: 'Name', value: 'Ann' }], exits: { next: 'menu' } },
    menu: { type: 'branch', prompt: { text: 'Press 1.' }, exits: { 1: 'end' } },
  };
  await publishFlow({ ...flow, ...{ nodes } });
  await bindNumber(admin(), '+15550106', 'long');
  count += 1;
  const handler = await load();
  const post = { ...call, CallSid: `CA${count}`, To: '+15550106' };
  const menu = actionOf(await hear(handler, '/voice/incoming', post));
  await hear(handler, menu.replace(/memory=.*$/, 'memory=AAAA'), { ...post, Digits: '1' });
  const { steps } = await recordOf(`CA${count}`);
  expect(steps.map(({ node, unset, forgot }) => ({ node, unset, forgot }))).toEqual([
    { node: 'start' },
    { node: 'tier', unset: ['Tier'] },
    { node: 'menu' },
    { node: 'menu', forgot: true },
    { node: 'end' },
  ]);
});

test('a value that another flow has set is shown by its name, too', async () => {
  const nodes: Record<string, FlowNode> = {
    start: { type: 'start', exits: { next: 'own' } },
    own: { type: 'set', values: [{ variable: 'Own', value: '1' }], exits: { next: 'enter' } },
    enter: { type: 'flow', flow: 'entered', exits: { next: 'end' } },
    end: { type: 'end', prompt: { text: 'Back with ${Own} and ${Theirs}, ${SystemSessionId}.' } },
  };
  const entered: Record<string, FlowNode> = {
    start: { type: 'start', exits: { next: 'theirs' } },
    theirs: { type: 'set', values: [{ variable: 'Theirs', value: '2' }], exits: { next: 'say' } },
    say: { type: 'play', prompt: { text: 'Here with ${Own}.' }, exits: { next: 'return' } },
    return: { type: 'return' },
  };
  for (const [id, drawn] of Object.entries({ entered, enters: nodes })) {
    const drawing = { schema: 1, id, name: id, nodes: drawn };
    await publishFlow(drawing);
  }
  await bindNumber(admin(), '+15550108', 'enters');
  count += 1;
  await hear(await load(), '/voice/incoming', { ...call, CallSid: `CA${count}`, To: '+15550108' });
  const { steps } = await recordOf(`CA${count}`);
  expect(steps.flatMap(({ heard = [] }) => heard)).toEqual([
    { text: 'Here with ‹Own›.' },
    { text: `Back with ‹Own› and ‹Theirs›, CA${count}.` },
  ]);
});

test('a record says where a schedule or a service gave no usable answer', async () => {
  const nodes: Record<string, FlowNode> = {
    start: { type: 'start', exits: { next: 'hours' } },
    hours: { type: 'hours', schedule: 'nowhere', exits: { open: 'ask', closed: 'end' } },
    ask: { type: 'request', connection: 'nobody', exits: { next: 'end' } },
    end: { type: 'end', prompt: { text: 'Goodbye.' } },
  };
  const drawn = { schema: 1, id: 'unanswered', name: 'Unanswered', nodes };
  await publishFlow(drawn);
  await bindNumber(admin(), '+15550107', 'unanswered');
  count += 1;
  await hear(await load(), '/voice/incoming', { ...call, CallSid: `CA${count}`, To: '+15550107' });
  const { steps } = await recordOf(`CA${count}`);
  expect(steps.map(({ node, exit, assumed }) => ({ node, exit, assumed }))).toEqual([
    { node: 'start', exit: 'next' },
    { node: 'hours', exit: 'open', assumed: true },
    { node: 'ask', exit: 'next', assumed: true },
    { node: 'end' },
  ]);
});

test('there is no record of a call that never was', async () => {
  await expect(readCall(admin(), 'CAnever')).rejects.toMatchObject({ code: 'call-missing' });
});

test('no record and nothing in the table holds what a caller typed beyond a key, nor their number twice', async () => {
  const handler = await load();
  const from = '+15550987';
  const post = { ...call, CallSid: 'CAprivate', From: from };
  const menu = await hear(handler, '/voice/incoming', post);
  const wrong = await hear(handler, actionOf(menu), { ...post, Digits: '4111111111111111' });
  await hear(handler, actionOf(wrong), { ...post, Digits: '1', SpeechResult: 'my secret' });
  const record = await recordOf('CAprivate');
  expect(record.steps.flatMap(({ key }) => key ?? [])).toEqual(['?', '1']);
  expect(JSON.stringify(record)).not.toMatch(/4111|secret/);
  const kept: string[] = [];
  const values = { pk: callPk('CAprivate') };
  for await (const items of query(admin().table, { where: '#pk = :pk', values })) {
    kept.push(...items.map((item) => JSON.stringify(item)));
  }
  expect(kept.join('')).not.toMatch(/4111|secret/);
  // The record of the call and its first line.
  expect(kept.filter((item) => item.includes(from))).toHaveLength(2);
});

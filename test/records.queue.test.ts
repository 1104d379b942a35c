import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCall } from '../lib/admin/calls.ts';
import { callScript } from '../lib/admin/callscript.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { publish } from '../lib/admin/publish.ts';
import { fileLines } from '../lib/calls/filing.ts';
import { replyOf } from '../lib/calls/reply.ts';
import type { CallState } from '../lib/engine/result.ts';
import { begin } from '../lib/flow/cursor.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { noMemory } from '../lib/flow/memory.ts';
import type { Verb } from '../lib/flow/verbs.ts';
import { underRole } from './kit/iam.ts';
import { line } from './kit/journallines.ts';
import { startTestTable, type TestTable } from './kit/table.ts';
import {
  caller,
  readEvent,
  readFacts,
  readTranscripts,
  type Transcript,
  take,
  writeVerb,
} from './kit/transcript.ts';

const folder = new URL('../flows/', import.meta.url);

function readFlow(name: string): Flow {
  return JSON.parse(readFileSync(new URL(`${name}.flow.json`, folder), 'utf8'));
}

/** The calls of the transcripts that get into a queue, and how they end. */
const scripts = [
  ['phone-experience', 'Key 1, and an agent answers: the caller hears who it is', 'finished'],
  ['phone-experience', 'Key 1, and nobody answers for too long', 'waited-too-long'],
  ['phone-experience', 'The caller hangs up in the queue', 'hung-up-waiting'],
  ['office', 'Everybody in sales signs out while the caller waits, so back to the main menu', 'hung-up-menu'],
  ['office', 'Talks with reception, and the call is over after it', 'finished'],
] as const;

let table: TestTable;
const admin = () => ({ table, who: 'test', now: () => new Date(0), retainDays: 90 });

beforeAll(async () => {
  table = await startTestTable();
  for (const name of new Set(scripts.map(([flow]) => flow))) {
    await saveDraft(admin(), readFlow(name));
    await publish(admin(), name);
  }
});
afterAll(() => table.close());

/** What a call of a transcript leaves in the log, a line every ten seconds, and what its caller hears. */
function play(flow: Flow, callSid: string, transcript: Transcript) {
  const lines: string[] = [];
  const verbs: Verb[] = [];
  const tell = (rest: Parameters<typeof line>[2]) => lines.push(line(callSid, lines.length * 10, rest));
  let state: CallState | undefined = { cursor: begin(flow.id, 1, 'en-US'), memory: noMemory };
  for (const words of transcript.lines.filter((each) => each.startsWith('>'))) {
    if (state === undefined) throw new Error('the call is over');
    const event = { ...readEvent(words.slice(1).trim()), call: { ...caller, callSid } };
    const taken = take(flow, state, event, readFacts(transcript.lines));
    verbs.push(...taken.verbs);
    if (event.event === 'connected') {
      tell({ phase: 'talking', agent: event.staffNo, entries: taken.journal });
      continue;
    }
    if (event.event === 'queued') {
      tell({ phase: 'waiting', ahead: event.ahead, entries: taken.journal });
      continue;
    }
    const reply = replyOf(event.call, state.cursor, taken);
    tell(reply.line);
    state = taken.wait;
  }
  tell({ status: 'completed' });
  return { lines, verbs };
}

/** The texts that a phone is told to speak. */
function textsOf(verbs: readonly Verb[]): string[] {
  return verbs.flatMap((verb) => {
    if (verb.verb === 'gather') return textsOf(verb.sounds);
    return verb.verb === 'say' ? [verb.text] : [];
  });
}

test.each(scripts)('%s: %s: %s', async (name, title, endReason) => {
  const transcripts = readTranscripts(readFileSync(new URL(`${name}.calls.txt`, folder), 'utf8'));
  const transcript = transcripts.find((each) => each.title === title);
  if (transcript === undefined) throw new Error(`there is no call "${title}"`);
  const callSid = `CA${scripts.findIndex(([, each]) => each === title)}`;
  const { lines, verbs } = play(readFlow(name), callSid, transcript);
  expect(verbs.map(writeVerb)).toEqual(transcript.lines.filter((each) => each.startsWith('<')));
  await fileLines(underRole(table, 'JournalRole'), lines, 90);
  const { steps, ...record } = await readCall(admin(), callSid);
  expect(record).toMatchObject({ endReason, missing: [], from: caller.from });
  const heard = steps.flatMap((each) => each.heard ?? [{ text: 'untold' }]);
  expect(heard).toEqual(textsOf(verbs).map((text) => ({ text })));
  const agents = transcript.lines.flatMap((each) => /^> connected (.+)$/.exec(each)?.[1] ?? []);
  expect(steps.flatMap(({ agent }) => agent ?? [])).toEqual(agents);
  const [made] = readTranscripts(await callScript(admin(), callSid));
  const events = (lines: readonly string[] = []) => lines.filter((each) => each.startsWith('>'));
  const hungUp = endReason === 'hung-up-menu' ? ['> hung up'] : [];
  expect(events(made?.lines)).toEqual([...events(transcript.lines), ...hungUp]);
});

test('what is said first in the queue, with the numbers of then', async () => {
  const flow: Flow = {
    ...{ schema: 1, id: 'counting', name: 'Counting' },
    nodes: {
      start: { type: 'start', exits: { next: 'agents' } },
      agents: {
        ...{ type: 'transfer', skillGroup: 'sales', exits: { next: 'bye' } },
        transferringPrompt: { text: 'You are number ${QueuePosition}.' },
        failPrompt: { text: 'Nobody is here.' },
      },
      bye: { type: 'end', prompt: { text: 'Goodbye.' } },
    },
  };
  await saveDraft(admin(), flow);
  await publish(admin(), flow.id);
  const lines = ['? available sales: yes', '> arrived', '> queued 4', '> connected 1001', '> talked'];
  const told = play(flow, 'CAcounting', { title: 'counting', lines });
  expect(textsOf(told.verbs)).toEqual(['You are number 5.', 'Goodbye.']);
  await fileLines(underRole(table, 'JournalRole'), told.lines, 90);
  const { steps } = await readCall(admin(), 'CAcounting');
  expect(steps.flatMap((each) => each.heard ?? [])).toEqual([
    { text: 'You are number 5.' },
    { text: 'Goodbye.' },
  ]);
});

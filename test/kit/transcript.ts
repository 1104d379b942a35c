import type { CallState, Step } from '../../lib/engine/result.ts';
import { step } from '../../lib/engine/step.ts';
import type { Answer, Ask } from '../../lib/flow/asks.ts';
import { begin, readCursor, writeCursor } from '../../lib/flow/cursor.ts';
import type { Call, Event, LeftBy } from '../../lib/flow/events.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import { noMemory, readMemory, writeMemory } from '../../lib/flow/memory.ts';
import type { Verb } from '../../lib/flow/verbs.ts';

/** One call of a transcript file: `# title`, then what the world says (`>`), what is known (`?`) and what is heard (`<`). */
export interface Transcript {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Who calls in every transcript. */
export const caller: Call = {
  callSid: 'CA00000000000000000000000000000001',
  from: '+15550123',
  to: '+15550100',
};

/** The calls of a transcript file. */
export function readTranscripts(text: string): Transcript[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n').map((line) => line.trim());
      return { title, lines: lines.filter((line) => line !== '') };
    });
}

/** What is known in a transcript: `available sales` → `no`. */
export type Facts = ReadonlyMap<string, string>;

/**
 * Plays a transcript through the engine, the cursor going through its URL between the lines and the memory through its text,
 * and answers the lines as they came out: the same as went in where the flow does what the transcript says.
 */
export function playTranscript(flow: Flow, transcript: Transcript): string[] {
  const heard: string[] = [];
  const facts = new Map<string, string>();
  let who = caller;
  let state: CallState | undefined = {
    cursor: begin(flow.id, 1, flow.language ?? 'en-US'),
    memory: noMemory,
  };
  for (const line of transcript.lines) {
    if (line.startsWith('?')) {
      heard.push(line);
      for (const [name, value] of readFacts([line])) facts.set(name, value);
    }
    if (!line.startsWith('>')) continue;
    heard.push(line);
    if (state === undefined) return [...heard, '< the call has ended'];
    const event = readEvent(line.slice(1).trim(), who);
    who = event.call;
    let answer: Step = take(flow, state, event, facts);
    for (;;) {
      if (answer.ask !== undefined) return [...heard, `< asks ${factOf(answer.ask)}`];
      heard.push(...answer.verbs.map(writeVerb));
      // An announcement is heard on the way; the call stands where it stood.
      if (event.event === 'connected' || event.event === 'queued') break;
      state = answer.wait === undefined ? undefined : throughUrl(answer.wait);
      if (answer.verbs.at(-1)?.verb !== 'continue' || state === undefined) break;
      answer = take(flow, state, { event: 'continued', call: who }, facts);
    }
  }
  if (state !== undefined) heard.push('< the call goes on');
  return heard;
}

/** Where a call stands, once it went through its URL. */
export function throughUrl({ cursor, memory }: CallState): CallState | undefined {
  const read = readCursor(writeCursor(cursor));
  const remembered = readMemory(writeMemory(memory));
  return read === undefined || remembered === undefined ? undefined : { cursor: read, memory: remembered };
}

/** Takes a step as a live call does: an answer is given where it is asked for. One that is not known is still asked for. */
export function take(flow: Flow, { cursor, memory }: CallState, event: Event, facts: Facts): Step {
  const answers: Answer[] = [];
  for (;;) {
    const taken = step(flow, cursor, memory, event, answers);
    const answer = taken.ask === undefined ? undefined : answerFrom(facts, taken.ask);
    if (answer === undefined) return taken;
    answers.push(answer);
  }
}

/** What is known in lines such as `? available sales: yes`. */
export function readFacts(lines: readonly string[]): Facts {
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^\? (.+): (.+)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The name of the fact that answers a question. */
function factOf(ask: Ask): string {
  return ask.ask === 'available' ? `available ${ask.skillGroup}` : `flow ${ask.id}`;
}

/** The answer to a question, by what is known: `no`, `yes`, or `3 waiting`, for which somebody is online. */
function answerFrom(facts: Facts, ask: Ask): Answer | undefined {
  const fact = facts.get(factOf(ask));
  if (fact === undefined) return undefined;
  if (ask.ask === 'flow') return { ask, answer: { missing: true } };
  return { ask, answer: { online: fact !== 'no', waiting: Number.parseInt(fact, 10) || 0 } };
}

/**
 * `arrived` may be told from which number: `arrived from +4420…`. `leftQueue` is told how and after how many seconds: `leftQueue
 * taken-out 305`, `leftQueue talked 20 gone`.
 */
export function readEvent(words: string, call: Call = caller): Event {
  const [event, first = '', second = '', ...rest] = words.split(' ');
  if (event === 'pressed') return { event, keys: first, call };
  if (event === 'arrived') return { event, call: first === 'from' ? { ...call, from: second } : call };
  if (event === 'silent') return { event, call };
  if (event === 'queued') return { event, ahead: Number(first), call };
  if (event === 'connected') return { event, staffNo: first, call };
  const by = ['talked', 'hung-up', 'taken-out', 'full', 'fault'].find((each) => each === first);
  if (event !== 'leftQueue' || by === undefined) {
    throw new Error(`a transcript says "> ${words}", which is no event`);
  }
  const [gone, ringing] = [rest.includes('gone'), rest.includes('ringing')];
  return { event, by: by as LeftBy, waitedSeconds: Number(second), gone, ringing, call };
}

/** A verb as a transcript writes it. */
export function writeVerb(verb: Verb): string {
  if (verb.verb === 'say') return `< say ${verb.text}`;
  if (verb.verb === 'play') return `< play ${verb.audio}`;
  if (verb.verb === 'enqueue') {
    return `< enqueue ${verb.skillGroup} ♪${verb.holdMusic}, at most ${verb.maxWaitSeconds}s`;
  }
  if (verb.verb !== 'gather') return `< ${verb.verb}`;
  const sounds = verb.sounds.map((sound) => (sound.verb === 'say' ? sound.text : `♪${sound.audio}`));
  return `< gather ${verb.timeoutSeconds}s ${sounds.join(' ')}`.trimEnd();
}

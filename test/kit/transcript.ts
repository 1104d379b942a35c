import type { CallState, Step } from '../../lib/engine/result.ts';
import type { Call, Event } from '../../lib/flow/events.ts';
import type { Flow } from '../../lib/flow/flow.ts';
import type { Verb } from '../../lib/flow/verbs.ts';
import { eventFor } from '../../lib/proof/events.ts';
import { readHappening } from '../../lib/proof/happenings.ts';
import { writeVerb as writeHeard } from '../../lib/proof/heard.ts';
import { answerFrom, type Known } from '../../lib/proof/known.ts';
import { playCall } from '../../lib/proof/play.ts';
import { caller, stepWith } from '../../lib/proof/player.ts';
import { readScript, type ScriptCall, scriptLine } from '../../lib/proof/script.ts';

export { caller, throughUrl } from '../../lib/proof/player.ts';

/** One call of a call script: its lines as they stand there. */
export interface Transcript {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The calls of a script, which must be in order. */
export function readTranscripts(text: string): Transcript[] {
  return callsIn(text).map(({ title, lines }) => ({ title, lines: lines.map(scriptLine) }));
}

function callsIn(text: string): readonly ScriptCall[] {
  const { calls, problems } = readScript(text);
  if (problems.length > 0)
    throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return calls;
}

/** Plays a call and returns its lines as they come out, up to its end. What cannot happen becomes a line `! …`. */
export function playTranscript(flow: Flow, { title, lines }: Transcript): string[] {
  const [call] = callsIn([`# ${title || 'A call'}`, ...lines].join('\n'));
  if (call === undefined) return [];
  const played = playCall(flow, call);
  const refused = played.differences.filter(({ message }) =>
    /cannot happen|has ended|which the script/.test(message),
  );
  return [...played.lines, ...refused.map(({ message }) => `! ${message}`)];
}

/** Takes a step as a live call does: each ask gets its answer, if `known` has it; else the ask stays in the step. */
export function take(flow: Flow, state: CallState, event: Event, known: Known): Step {
  return stepWith(flow, state, event, (ask) => answerFrom(known, ask, () => undefined)).step;
}

/** What is known in lines such as `? available sales: yes`. */
export function readFacts(lines: readonly string[]): Known {
  const facts =
    callsIn(['# A call', ...lines.filter((line) => line.startsWith('?'))].join('\n'))[0]?.lines ?? [];
  return new Map(facts.flatMap((line) => (line.kind === 'fact' ? [[line.name, line.value] as const] : [])));
}

/** An event as a script writes it, of a caller who arrives, chooses or stands in a queue; `queued 4` says how many are ahead. */
export function readEvent(words: string, call: Call = caller): Event {
  const ahead = /^queued (\d+)$/.exec(words)?.[1];
  if (ahead !== undefined) return { event: 'queued', ahead: Number(ahead), call };
  const happening = readHappening(words);
  if ('message' in happening) throw new Error(happening.message);
  const waits = { arrived: 'arrival', pressed: 'keys', typed: 'keys', silent: 'keys' } as const;
  const standing = waits[happening.word as keyof typeof waits] ?? 'queue';
  const found = eventFor(happening, { waits: standing, maxWaitSeconds: 300 }, '');
  if (!('event' in found)) throw new Error(`no event: ${words}`);
  return { ...found.event, call } as Event;
}

/** A verb as a script writes it. */
export function writeVerb(verb: Verb): string {
  return `< ${writeHeard(verb)}`;
}

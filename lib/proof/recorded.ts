import { heardAt } from '../engine/heard.ts';
import type { Entry } from '../engine/result.ts';
import { isWithheld } from '../flow/address.ts';
import { type Flow, nodeOf, settingOf } from '../flow/flow.ts';
import { nodeType } from '../nodes/index.ts';
import type { FindFlow } from './known.ts';
import { playCall } from './play.ts';
import { caller } from './player.ts';
import { readScript } from './script.ts';

/** The parts of a call record that a script needs. */
export interface RecordedCall {
  readonly callSid: string;
  readonly from?: string;
  readonly flow?: string;
  readonly endReason?: string;
  readonly steps: readonly RecordedStep[];
}

/** One node of a recorded call. */
export interface RecordedStep {
  readonly node: string;
  readonly flow?: string;
  readonly key?: string;
  readonly digits?: number;
  readonly silent?: true;
  readonly agent?: string;
  readonly exit?: string;
  readonly lost?: string;
  readonly kept?: true;
  /** What was heard, sound by sound; left out if it is no longer known. */
  readonly heard?: readonly unknown[];
}

/** An event of a recorded call, the facts before it, and the steps that it led to. */
interface Part {
  readonly facts: string[];
  /** The event; several if the record does not tell them apart: keys that were typed are not stored. */
  readonly tries: readonly string[];
  readonly steps: RecordedStep[];
}

/** Settings that name the resource of an ask, and the fact that follows from the exit. */
const told: readonly { setting: string; fact: (id: string, exit: string) => string }[] = [
  { setting: 'schedule', fact: (id, exit) => `schedule ${id}: ${exit === 'next' ? 'open' : exit}` },
  { setting: 'text', fact: (_, exit) => `message: ${exit === 'failed' ? 'failed' : 'sent'}` },
  { setting: 'connection', fact: (id, exit) => `request ${id}: ${exit === 'failed' ? 'failed' : '200 {}'}` },
];

/**
 * A recorded call as a call script. It is played against the flow, so it contains what callers hear now. It contains no data of the
 * caller: the number is that of every script, and typed keys are replaced by as many ones, or by other keys if only these lead on as the
 * record does.
 */
export function scriptOfRecord(call: RecordedCall, flow: Flow, find: FindFlow = () => undefined): string {
  const known: FindFlow = (id) => (id === flow.id ? flow : find(id));
  const parts = partsOf(call, (id) => (id === undefined ? flow : known(id)));
  const lines: string[] = [];
  for (const part of parts) lines.push(...linesOf(part, lines, flow, known));
  const text = [`# Call ${call.callSid}: ${call.endReason ?? 'still going on'}`, ...lines].join('\n');
  const [read] = readScript(text).calls;
  const played = read === undefined ? [] : playCall(flow, read, find).lines;
  return `${[`# Call ${call.callSid}: ${call.endReason ?? 'still going on'}`, ...played].join('\n')}\n`;
}

/** The result of a dial, by the exit that was taken. */
const dialledBy: Readonly<Record<string, string>> = {
  next: 'talked',
  busy: 'busy',
  'no-answer': 'no-answer',
};

/** The result of a recording, by the exit that was taken. */
function recordedBy(exit: string, kept: true | undefined): string {
  if (kept === true) return 'recorded 12s';
  return exit === 'failed' ? 'refused' : 'recorded nothing';
}

/** The number of lines after which only ones are tried: each try plays the call from its beginning. */
const mostTriedLines = 500;

/** The lines of a part, after the lines of those before it. */
function linesOf({ facts, tries, steps }: Part, before: readonly string[], flow: Flow, find: FindFlow) {
  const written = (event: string) => [...facts.map((fact) => `? ${fact}`), `> ${event}`];
  const entriesAfter = (lines: readonly string[]) => {
    const [read] = readScript(['# Call', ...lines].join('\n')).calls;
    return read === undefined ? [] : playCall(flow, read, find).entries;
  };
  const isTold = tries.length < 2 || before.length > mostTriedLines;
  const past = isTold ? 0 : entriesAfter(before).length;
  const isSame = (entry: Entry | undefined, { node, exit, heard }: RecordedStep) => {
    if (entry?.node !== node || entry.exit !== exit) return false;
    const version = entry.flow === undefined ? flow : find(entry.flow);
    return heard === undefined || heardAt(version, entry, caller)?.length === heard.length;
  };
  const leadsOn = (event: string) => {
    const entries = entriesAfter([...before, ...written(event)]).slice(past);
    return entries.length === steps.length && steps.every((each, place) => isSame(entries[place], each));
  };
  const [first = ''] = tries;
  return written(isTold ? first : (tries.find(leadsOn) ?? first));
}

/** What may have been typed where only the number of keys is known: an entry, the finish key or another at a confirmation, a wrong entry. */
function typings(digits: number): string[] {
  const count = Math.max(1, digits);
  const others = count === 1 ? ['typed #', 'typed *', 'typed 2'] : [`typed ${'*'.repeat(count)}`];
  return [`typed ${'1'.repeat(count)}`, ...others];
}

function partsOf(
  { from = '', endReason = '', steps }: RecordedCall,
  find: (id?: string) => Flow | undefined,
) {
  const arrived = from !== '' && isWithheld(from) ? 'arrived from anonymous' : 'arrived';
  const parts: Part[] = [{ facts: [], tries: [arrived], steps: [] }];
  const happens = (...tries: string[]) => parts.push({ facts: [], tries, steps: [] });
  const known = (fact: string) => parts.at(-1)?.facts.push(fact);
  let queue: string | undefined;
  let dialling: string | undefined;
  let recording: string | undefined;
  for (const step of steps) {
    const { node: id, key, digits, silent, agent, exit, lost, kept } = step;
    const flow = find(step.flow);
    const node = flow && nodeOf(flow, id);
    if (key !== undefined && key !== '?') happens(`pressed ${key}`);
    else if (digits !== undefined) happens(...typings(digits));
    else if (silent === true) happens('silent');
    if (agent !== undefined) happens(`connected ${agent}`);
    parts.at(-1)?.steps.push(step);
    if (node === undefined) continue;
    for (const { setting, fact } of told) {
      const about = settingOf(node, setting);
      if (typeof about === 'string' && exit !== undefined) known(fact(about, exit));
    }
    const waitsFor = nodeType(node.type)?.waitsFor;
    if (waitsFor === 'dial') {
      if (dialling === id && exit === 'next') happens('answered');
      if (dialling === id && exit !== undefined) happens(dialledBy[exit] ?? 'refused');
      dialling = exit === undefined ? id : undefined;
    }
    if (waitsFor === 'recording') {
      if (recording === id && exit !== undefined) happens(recordedBy(exit, kept));
      recording = exit === undefined ? id : undefined;
    }
    if (waitsFor !== 'queue' || agent !== undefined) continue;
    const group = String(settingOf(node, 'skillGroup'));
    if (queue === id && exit !== undefined) {
      happens(lost === undefined ? 'talked' : lost === 'waited-too-long' ? 'left too-long' : 'left empty');
      queue = undefined;
    } else if (exit === undefined) {
      known(`available ${group}: yes`);
      queue = id;
    } else known(`available ${group}: no`);
  }
  if (endReason === 'hung-up-talking' && dialling !== undefined) happens('answered');
  if (endReason === 'voicemail' && recording !== undefined) happens('recorded 12s then hung up');
  if (endReason.startsWith('hung-up')) happens('hung up');
  return parts;
}

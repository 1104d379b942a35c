import { isWithheld } from '../flow/address.ts';
import { type Flow, nodeOf, settingOf } from '../flow/flow.ts';
import { nodeType } from '../nodes/index.ts';
import type { FindFlow } from './known.ts';
import { playCall } from './play.ts';
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
}

/** Settings that name the resource of an ask, and the fact that follows from the exit. */
const told: readonly { setting: string; fact: (id: string, exit: string) => string }[] = [
  { setting: 'schedule', fact: (id, exit) => `schedule ${id}: ${exit === 'next' ? 'open' : exit}` },
  { setting: 'text', fact: (_, exit) => `message: ${exit === 'failed' ? 'failed' : 'sent'}` },
  { setting: 'connection', fact: (id, exit) => `request ${id}: ${exit === 'failed' ? 'failed' : '200 {}'}` },
];

/**
 * A recorded call as a call script. It is played against the flow, so it contains what callers hear now. It contains no data of the
 * caller: the number is that of every script, and typed digits are replaced by as many ones.
 */
export function scriptOfRecord(call: RecordedCall, flow: Flow, find: FindFlow = () => undefined): string {
  const lines = linesOf(call, (id) => (id === undefined || id === flow.id ? flow : find(id)));
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

function linesOf(
  { from = '', endReason = '', steps }: RecordedCall,
  find: (id?: string) => Flow | undefined,
) {
  const parts: { facts: string[]; event: string }[] = [
    { facts: [], event: from !== '' && isWithheld(from) ? 'arrived from anonymous' : 'arrived' },
  ];
  const happens = (event: string) => parts.push({ facts: [], event });
  const known = (fact: string) => parts.at(-1)?.facts.push(fact);
  let queue: string | undefined;
  let dialling: string | undefined;
  let recording: string | undefined;
  for (const step of steps) {
    const { node: id, key, digits, silent, agent, exit, lost, kept } = step;
    const flow = find(step.flow);
    const node = flow && nodeOf(flow, id);
    if (key !== undefined && key !== '?') happens(`pressed ${key}`);
    else if (digits !== undefined) happens(`typed ${'1'.repeat(Math.max(1, digits))}`);
    else if (silent === true) happens('silent');
    if (agent !== undefined) happens(`connected ${agent}`);
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
  return parts.flatMap(({ facts, event }) => [...facts.map((fact) => `? ${fact}`), `> ${event}`]);
}

import { isWithheld } from '../flow/address.ts';
import { keys } from '../flow/events.ts';
import { type Flow, type FlowNode, nodeOf, settingOf } from '../flow/flow.ts';
import { answerWith } from '../flow/request.ts';
import { nodeType } from '../nodes/index.ts';
import type { FindFlow } from './known.ts';
import { playCall } from './play.ts';
import { readScript } from './script.ts';
import { type Deciding, decidingIn } from './trials.ts';
import { combinations, type RecordedPart, type RecordedStep, wordedAsRecorded } from './worded.ts';

/** The parts of a call record that a script needs. */
export interface RecordedCall {
  readonly callSid: string;
  readonly from?: string;
  readonly flow?: string;
  readonly endReason?: string;
  readonly steps: readonly RecordedStep[];
}

/** The values of variables, and the callers, that lead along different ways. */
type Decisive = Pick<Deciding, 'trials' | 'callers'>;

/** The most values of a variable that are tried. */
const mostValues = 100;

/** Settings that name the resource of an ask, and the facts of which one follows from the exit. */
const told: readonly {
  setting: string;
  facts: (id: string, exit: string, node: FlowNode, decisive: Decisive) => readonly string[];
}[] = [
  { setting: 'schedule', facts: (id, exit) => [`schedule ${id}: ${exit === 'next' ? 'open' : exit}`] },
  { setting: 'text', facts: (_, exit) => [`message: ${exit === 'failed' ? 'failed' : 'sent'}`] },
  { setting: 'flow', facts: (id, exit) => (exit === 'failed' ? [`flow ${id}: missing`] : []) },
  {
    setting: 'connection',
    facts: (id, exit, node, decisive) =>
      (exit === 'failed' ? ['failed'] : answersOf(node, decisive)).map(
        (answer) => `request ${id}: ${answer}`,
      ),
  },
];

/** What a service may have answered where the flow went on: nothing, each value that decides something, or no usable answer. */
function answersOf(node: FlowNode, { trials }: Decisive): string[] {
  const take = settingOf(node, 'take');
  const values = (Array.isArray(take) ? take : []).map(({ variable, from }) =>
    [undefined, '1', ...trials(String(variable)).slice(0, mostValues)].map((value) =>
      value === undefined ? [] : [{ from: String(from), value }],
    ),
  );
  const answers = combinations(values).map((held) => `200 ${answerWith(held.flat())}`);
  return [...new Set(answers), 'failed'];
}

/**
 * A recorded call as a call script. It is played against the flow, so it contains what callers hear now. It contains no data of the
 * caller: the number is that of every script, typed keys are replaced by as many ones, and answers of services are empty; where these
 * do not lead on as the record does, by others that the flow compares them with. If none are found, a comment before the call names the line from which on the
 * script does not follow the record, and the lines to fill in; what was heard is left out from there on.
 */
export function scriptOfRecord(call: RecordedCall, flow: Flow, find: FindFlow = () => undefined): string {
  const known: FindFlow = (id) => (id === flow.id ? flow : find(id));
  const named = new Set(call.steps.flatMap((step) => step.flow ?? []));
  const deciding = decidingIn([
    flow,
    ...[...named].flatMap((id) => (id === flow.id ? [] : (find(id) ?? []))),
  ]);
  const parts = partsOf(call, (id) => (id === undefined ? flow : known(id)), deciding);
  const { wordings, fits, strays } = wordedAsRecorded(parts, flow, known);
  const title = `# Call ${call.callSid}: ${call.endReason ?? 'still going on'}`;
  const [read] = readScript([title, ...wordings.slice(0, fits).flat()].join('\n')).calls;
  const played = read === undefined ? [] : playCall(flow, read, find).lines;
  if (strays === undefined) return `${[title, ...played].join('\n')}\n`;
  // The last line is the end, which the call has not come to.
  const before = [title, ...played.slice(0, -1)];
  const after = wordings.slice(fits).flat();
  const end = call.endReason === undefined ? '= goes on' : `= ends ${call.endReason}`;
  const lines = [...before, ...after, end];
  const place = before.length + (wordings[fits]?.length ?? 1) - 1;
  // Line 1 is the comment.
  const line = (index: number) => `line ${index + 2} (\`${lines[index]}\`)`;
  const vague = new Set(parts.slice(0, fits + 1).flatMap(vagueLines));
  const open = lines.flatMap((each, index) => (index <= place && vague.has(each) ? [line(index)] : []));
  const fill = open.length === 0 ? '' : ` To fill in: ${open.slice(-3).join(', ')}.`;
  return `${[`# From ${line(place)} on this is not the recorded call: ${strays}${fill}`, ...lines].join('\n')}\n`;
}

/** The lines of a part that only stand for what the record does not tell. */
function vagueLines({ facts, tries }: RecordedPart): string[] {
  const unclear = facts.filter(({ length }) => length > 1).flat();
  return [
    ...unclear.map((fact) => `? ${fact}`),
    ...(tries.length > 1 ? tries.map((each) => `> ${each}`) : []),
  ];
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

/** What may have been typed where only the number of keys is known: an entry, the finish key or another at a confirmation, a wrong entry. */
function typings(digits: number, node: FlowNode | undefined, { trials }: Decisive): string[] {
  const count = Math.max(1, digits);
  const variable = node && settingOf(node, 'variable');
  // A value that an entry begins with is filled up.
  const compared = (typeof variable === 'string' ? trials(variable).slice(0, mostValues) : [])
    .filter((value) => value.length <= count && /^[0-9*#]+$/.test(value))
    .map((value) => value.padEnd(count, '1'));
  const others = count === 1 ? ['typed #', 'typed *', 'typed 2'] : [`typed ${'*'.repeat(count)}`];
  return [
    ...new Set([`typed ${'1'.repeat(count)}`, ...others, ...compared.map((value) => `typed ${value}`)]),
  ];
}

function partsOf(
  { from = '', endReason = '', steps }: RecordedCall,
  find: (id?: string) => Flow | undefined,
  decisive: Decisive,
) {
  const numbers = decisive.callers.flatMap((each) => (each === undefined || isWithheld(each) ? [] : [each]));
  const arrived =
    from !== '' && isWithheld(from)
      ? ['arrived from anonymous']
      : ['arrived', ...numbers.map((number) => `arrived from ${number}`)];
  const parts: RecordedPart[] = [{ facts: [], tries: arrived, steps: [] }];
  const happens = (...tries: string[]) => parts.push({ facts: [], tries, steps: [] });
  const known = (...facts: readonly string[]) => facts.length > 0 && parts.at(-1)?.facts.push(facts);
  let queue: string | undefined;
  let dialling: string | undefined;
  let recording: string | undefined;
  for (const step of steps) {
    const { node: id, key, digits, silent, agent, exit, lost, kept } = step;
    const flow = find(step.flow);
    const node = flow && nodeOf(flow, id);
    if (key !== undefined)
      happens(...(key === '?' ? keys.toReversed() : [key]).map((each) => `pressed ${each}`));
    else if (digits !== undefined) happens(...typings(digits, node, decisive));
    else if (silent === true) happens('silent');
    if (agent !== undefined) happens(`connected ${agent}`);
    if (node === undefined) {
      parts.at(-1)?.steps.push(step);
      continue;
    }
    for (const { setting, facts } of told) {
      const about = settingOf(node, setting);
      if (typeof about === 'string' && exit !== undefined) known(...facts(about, exit, node, decisive));
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
    const group = String(settingOf(node, 'skillGroup'));
    if (waitsFor !== 'queue' || agent !== undefined) {
      // Nothing happens in a queue here.
    } else if (queue === id && exit !== undefined) {
      happens(lost === undefined ? 'talked' : lost === 'waited-too-long' ? 'left too-long' : 'left empty');
      queue = undefined;
    } else if (exit === undefined) {
      known(`available ${group}: yes`);
      queue = id;
    } else known(`available ${group}: no`);
    parts.at(-1)?.steps.push(step);
  }
  if (endReason === 'hung-up-talking' && dialling !== undefined) happens('answered');
  if (endReason === 'voicemail' && recording !== undefined) happens('recorded 12s then hung up');
  if (endReason.startsWith('hung-up')) happens('hung up');
  return parts;
}

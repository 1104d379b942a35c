import { untakenText } from './coverage.ts';
import { datesText } from './dates.ts';
import type { PersonProof } from './persons.ts';
import type { Proof } from './prove.ts';
import { usualAudioSeconds } from './seconds.ts';

/** A proof as lines of English text, without the scripts of its counterexamples. */
export function proofLines(proof: Proof): string[] {
  const { flow, states, leftOut, failures, calls, persons, week, dates, deepest, loops, unreached } = proof;
  const open = failures.filter(({ waived }) => waived === undefined);
  const all = leftOut === undefined ? 'every call comes to an end' : `not proven: ${leftOut}`;
  const head =
    open.length === 0 ? all : `${counted(open.length, 'thing')} ${open.length === 1 ? 'fails' : 'fail'}`;
  const { longest, shortest, back } = calls;
  const again = back.length === 0 ? '' : ', without coming back to a menu';
  return [
    `${flow}: ${head} (${counted(states, 'state')}, ${pathsText(calls.count)}${again})`,
    ...(open.length > 0 && leftOut !== undefined ? [`  ${leftOut}`] : []),
    `  longest call: ${counted(longest.steps, 'step')}, ${seconds(longest.seconds)}${again}; shortest: ${counted(shortest.steps, 'step')}, ${seconds(shortest.seconds)}`,
    ...persons.map(({ state, person }) =>
      personText(state === undefined ? '' : `, schedules ${state}`, person),
    ),
    ...week.map(({ hours, person }) => personText(`, ${hours}`, person)),
    ...dates.map((each) => personText(`, ${datesText(each, (count) => `and ${count} more`)}`, each.person)),
    ...(deepest === undefined ? [] : [`  most choices from the start: ${deepest.keys}, to ${deepest.node}`]),
    ...loops.map(loopText),
    ...unreached.map(
      (each) => `  no caller can reach: ${untakenText(each).replace(': no call comes here', '')}`,
    ),
    ...failures.map(
      ({ rule, node, message, waived }) =>
        `  ${waived === undefined ? 'FAILS' : 'waived'} ${rule}${node === '' ? '' : ` at ${node}`}: ${waived ?? message}`,
    ),
  ];
}

/** A line that names audio of unknown length, and the length that is assumed. */
export function assumedText(audio: readonly string[]): string {
  return `  ${audio.length === 1 ? 'The length of the audio' : 'The lengths of the audio'} ${audio.join(', ')} ${audio.length === 1 ? 'is' : 'are'} not known here: ${usualAudioSeconds} s each are assumed.`;
}

function personText(when: string, person: PersonProof | undefined): string {
  if (person === undefined) return `  a person${when}: out of reach`;
  const { fromStart, worst } = person;
  return `  a person${when}: ${counted(fromStart.keys, 'key')} and ${seconds(fromStart.seconds)} from the start; worst case ${worstText(worst)}`;
}

function worstText({ keys: most, keysAt, seconds: long, secondsAt }: PersonProof['worst']): string {
  const at = (node: string) => (node === '' ? '' : ` at ${node}`);
  const place = keysAt === secondsAt || most === 0 ? '' : at(keysAt);
  return `${counted(most, 'key')}${place} and ${seconds(long)}${at(secondsAt)}`;
}

function loopText({ by, nodes }: Proof['loops'][number]): string {
  const what = by === 'silent' ? 'a caller who presses nothing' : 'a caller who presses only wrong keys';
  return `  ${what} goes in circles: ${[...nodes, nodes[0] ?? ''].join(' → ')} (the 20th time in a row ends the call)`;
}

function counted(count: number, what: string): string {
  return `${countText(count)} ${what}${count === 1 ? '' : 's'}`;
}

function seconds(value: number): string {
  return `${countText(Math.round(value))} s`;
}

function countText(value: number): string {
  return Number.isFinite(value) ? String(value) : 'no';
}

/** The number of paths; its magnitude if it has more than nine digits. */
function pathsText(count: bigint): string {
  const digits = String(count);
  if (count === 1n) return '1 path';
  return digits.length <= 9 ? `${digits} paths` : `about 10^${digits.length - 1} paths`;
}

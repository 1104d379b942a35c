import { untakenText } from './coverage.ts';
import { datesText } from './dates.ts';
import type { PersonProof } from './persons.ts';
import type { Proof } from './prove.ts';
import { usualAudioSeconds } from './seconds.ts';

/** A proof as lines of English text, without the scripts of its counterexamples. */
export function proofLines(proof: Proof): string[] {
  const {
    flow,
    states,
    leftOut,
    failures,
    calls,
    persons,
    week,
    dates,
    deepest,
    loops,
    unreached,
    timeZones,
  } = proof;
  const failing = failures.map(
    ({ rule, flow: of, node, message, waived }) =>
      `  ${waived === undefined ? 'FAILS' : 'waived'} ${rule}${placeText(node, of === flow ? '' : of)}: ${waived ?? message}`,
  );
  const open = failures.filter(({ waived }) => waived === undefined);
  const isKept = failures.some(({ rule }) => rule === 'kept-for-ever');
  const all = isKept ? 'nothing fails but what is waived' : 'every call comes to an end';
  const found = `${counted(open.length, 'thing')} ${open.length === 1 ? 'fails' : 'fail'}`;
  // What was not looked at may be anything, so the rest is not known.
  if (leftOut !== undefined) {
    const head = open.length === 0 ? `not proven: ${leftOut}` : found;
    const more = open.length === 0 ? [] : [`  ${leftOut}`];
    return [`${flow}: ${head} (${counted(states, 'state')})`, ...more, ...failing];
  }
  const { longest, shortest, back, count, atLeast } = calls;
  const again = back.length === 0 ? '' : ', without coming back to a menu';
  const least = atLeast ? 'at least ' : '';
  return [
    `${flow}: ${open.length === 0 ? all : found} (${counted(states, 'state')}, ${least}${pathsText(count)}${again})`,
    `  longest call: ${least}${counted(longest.steps, 'step')}, ${seconds(longest.seconds)}${again}; shortest: ${counted(shortest.steps, 'step')}, ${seconds(shortest.seconds)}`,
    ...persons.map(({ state, person }) =>
      personText(state === undefined ? '' : `, schedules ${state}`, person),
    ),
    ...week.map(({ hours, person }) => personText(`, ${hours}`, person)),
    ...dates.map((each) => personText(`, ${datesText(each, (count) => `and ${count} more`)}`, each.person)),
    ...(timeZones === undefined
      ? []
      : [
          `  a person hour by hour: not told, as the schedules have several time zones (${timeZones.join(', ')})`,
        ]),
    ...(deepest === undefined ? [] : [`  most choices from the start: ${deepest.keys}, to ${deepest.node}`]),
    ...loops.map(loopText),
    ...unreached.map(
      (each) => `  no caller can reach: ${untakenText(each).replace(': no call comes here', '')}`,
    ),
    ...failing,
  ];
}

function placeText(node: string, flow: string): string {
  if (node === '') return '';
  return flow === '' ? ` at ${node}` : ` at ${flow}/${node}`;
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

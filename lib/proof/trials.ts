import { placesOf } from '../engine/places.ts';
import { readDecimal } from '../flow/decimal.ts';
import type { Flow } from '../flow/flow.ts';
import { callVariables, variablesIn } from '../flow/text.ts';
import { nodeType } from '../nodes/index.ts';
import type { Compared } from '../nodes/node.ts';
import type { Trials } from './known.ts';

/** What of the variables of some flows decides which way a call takes. */
export interface Deciding {
  /** Values of a variable, one for each way that comparisons can turn out. */
  readonly trials: Trials;
  /** Whether the value of a variable may decide anything; if not, only whether it is set can be told. */
  decides(variable: string): boolean;
  /** From where calls come: numbers that comparisons tell apart, and a withheld one if a text names the caller's. */
  readonly callers: readonly (string | undefined)[];
}

/** How many values of a variable are tried at most. */
const mostTrials = 24;

/** A value that no comparison is about. */
const other = 'other';

/** What decides in flows that a call may go through. */
export function decidingIn(flows: readonly Flow[]): Deciding {
  const compared = new Map<string, Compared[]>();
  const feeding = new Set<string>();
  const named = new Set<string>();
  for (const flow of flows) {
    for (const node of Object.values(flow.nodes)) {
      for (const each of nodeType(node.type)?.compares?.(node) ?? []) {
        compared.set(each.variable, [...(compared.get(each.variable) ?? []), each]);
        for (const name of variablesIn(each.value)) feeding.add(name);
      }
      for (const { field, value } of placesOf(node)) {
        if (field.field === 'text' && typeof value === 'string')
          for (const name of variablesIn(value)) feeding.add(name);
      }
      for (const name of variablesIn(JSON.stringify(node))) named.add(name);
    }
  }
  // A variable that others are made of may come to stand in any comparison.
  const all = [...compared.values()].flat();
  const known = new Map<string, readonly string[]>();
  const trials = (variable: string) => {
    const found =
      known.get(variable) ?? trialsOf(feeding.has(variable) ? all : (compared.get(variable) ?? []));
    known.set(variable, found);
    return found;
  };
  const [callerNumber] = callVariables;
  const isCompared = compared.has(callerNumber);
  const callers = [...trials(callerNumber).map(fullNumber), ...(isCompared ? [someCaller] : [])].filter(
    (each) => /^\+[1-9]\d{6,14}$/.test(each),
  );
  return {
    trials,
    decides: (variable) => compared.has(variable) || feeding.has(variable),
    callers: [
      undefined,
      ...(named.has(callerNumber) || isCompared ? ['anonymous'] : []),
      ...new Set(callers),
    ],
  };
}

function trialsOf(compared: readonly Compared[]): readonly string[] {
  const values = new Set<string>();
  const prefixes = valuesOf(compared, 'starts-with');
  const parts = valuesOf(compared, 'contains');
  for (const text of [...valuesOf(compared, 'equal', 'not-equal'), ...prefixes, ...parts]) {
    values.add(text);
  }
  for (const prefix of prefixes) for (const part of parts) values.add(`${prefix}${part}`);
  for (const number of between(valuesOf(compared, 'less', 'at-most', 'greater', 'at-least')))
    values.add(number);
  values.add(other);
  return [...values].slice(0, mostTrials);
}

/** The values of comparisons of some kinds that do not depend on the call. */
function valuesOf(compared: readonly Compared[], ...kinds: readonly string[]): string[] {
  const found = compared.filter(({ is, value }) => kinds.includes(is) && !value.includes('${'));
  return [...new Set(found.map(({ value }) => value.trim()))];
}

/** A number from elsewhere than the one that calls in every script. */
const someCaller = '+442071838750';

/** A prefix as the number of a phone. */
function fullNumber(prefix: string): string {
  return /^\+\d*$/.test(prefix) ? prefix.padEnd(12, '0') : prefix;
}

/** Numbers on both sides of each of some numbers, and the numbers themselves. */
function between(texts: readonly string[]): string[] {
  const numbers = texts
    .filter((text) => readDecimal(text) !== undefined)
    .map(Number)
    .sort((one, two) => one - two);
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return [];
  const middles = numbers.slice(1).map((number, place) => (number + (numbers[place] ?? number)) / 2);
  return [first - 1, ...numbers, ...middles, last + 1]
    .map(String)
    .filter((text) => readDecimal(text) !== undefined);
}

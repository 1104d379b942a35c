import { placesOf } from '../engine/places.ts';
import { readDecimal } from '../flow/decimal.ts';
import type { Flow } from '../flow/flow.ts';
import { callVariables, variablesIn } from '../flow/text.ts';
import { nodeType } from '../nodes/index.ts';
import type { Compared } from '../nodes/node.ts';
import type { Trials } from './known.ts';

/** Which variables decide the path of a call, and the values to try. */
export interface Deciding {
  /** The values of a variable to try, one for each way that comparisons can turn out. */
  readonly trials: Trials;
  /** Whether the value of a variable can decide something; if not, only whether it is set matters. */
  decides(variable: string): boolean;
  /** The callers to try: the default one (`undefined`), one for each outcome of comparisons, and a withheld number if it matters. */
  readonly callers: readonly (string | undefined)[];
}

/** The most values of a variable that are tried. */
const mostTrials = 24;

/** A value for comparisons that do not match. */
const other = 'other';

/** Finds the variables and values that decide the path of a call through these flows. */
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
  // Other variables can take over the value of such a variable, so it may occur in any comparison.
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

/** The constant values in comparisons of these kinds. */
function valuesOf(compared: readonly Compared[], ...kinds: readonly string[]): string[] {
  const found = compared.filter(({ is, value }) => kinds.includes(is) && !value.includes('${'));
  return [...new Set(found.map(({ value }) => value.trim()))];
}

/** A caller from another country than the default one. */
const someCaller = '+442071838750';

/** A prefix filled up to a phone number. */
function fullNumber(prefix: string): string {
  return /^\+\d*$/.test(prefix) ? prefix.padEnd(12, '0') : prefix;
}

/** The numbers, one below, one above, and one between each two. */
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

import { placesOf } from '../engine/places.ts';
import { readDecimal } from '../flow/decimal.ts';
import { isDialable } from '../flow/dial.ts';
import type { Flow } from '../flow/flow.ts';
import { callVariables, fill, variablesIn } from '../flow/text.ts';
import { nodeType } from '../nodes/index.ts';
import type { Compared } from '../nodes/node.ts';
import type { LeftOut } from './leftout.ts';
import { caller } from './player.ts';
import type { Tried } from './tried.ts';

/** Which variables decide the path of a call, and the values to try. */
export interface Deciding extends Tried {
  /** The callers to try: the default one (`undefined`), one for each outcome of comparisons, and a withheld number if it matters. */
  readonly callers: readonly (string | undefined)[];
  /** The numbers to call: the default one (`undefined`), and one for each outcome of comparisons. */
  readonly callees: readonly (string | undefined)[];
  /** Which values are not tried; `undefined` if all that can matter are. */
  readonly leftOut?: LeftOut;
}

/** The most values of a variable that are tried. */
const mostTrials = 1_000;

/** A value for comparisons that do not match. */
const other = 'other';

/** Finds the variables and values that decide the path of a call through these flows. */
export function decidingIn(flows: readonly Flow[]): Deciding {
  const compared = new Map<string, Compared[]>();
  const feeding = new Set<string>();
  const named = new Set<string>();
  const composed: string[] = [];
  // Whether two variables are equal is found with an entry that fills a node's digits.
  const filled = new Set<string>();
  for (const flow of flows) {
    for (const node of Object.values(flow.nodes)) {
      for (const each of nodeType(node.type)?.compares?.(node) ?? []) {
        compared.set(each.variable, [...(compared.get(each.variable) ?? []), each]);
        for (const name of variablesIn(each.value)) feeding.add(name);
      }
      for (const { field, value } of placesOf(node)) {
        if (field.field !== 'text' || typeof value !== 'string' || !value.includes('${')) continue;
        composed.push(value);
        for (const name of variablesIn(value)) feeding.add(name);
      }
      for (const name of variablesIn(JSON.stringify(node))) named.add(name);
      if (typeof node.maxDigits === 'number') filled.add('1'.repeat(node.maxDigits));
    }
  }
  // Other variables can take over the value of such a variable, so it may occur in any comparison.
  const all = [...compared.values()].flat();
  const parts = partsOf(composed, valuesOf(all, 'equal', 'not-equal', 'starts-with'));
  addDialable(composed, parts);
  const shared = [...filled, ...pairedValues(all)];
  const known = new Map<string, readonly string[]>();
  const makeTrials = (variable: string) => {
    const own = compared.get(variable) ?? [];
    const meets = feeding.has(variable) || own.some(namesVariable);
    const values = meets ? [...trialsOf(all), ...shared] : trialsOf(own);
    return [...new Set([...values, ...(parts.get(variable) ?? [])])];
  };
  const trials = (variable: string) => {
    const found = known.get(variable) ?? makeTrials(variable).slice(0, mostTrials);
    known.set(variable, found);
    return found;
  };
  const [callerNumber, calleeNumber] = callVariables;
  const isCompared = compared.has(callerNumber);
  const numbersOf = (variable: string) =>
    trials(variable)
      .map(fullNumber)
      .filter((each) => /^\+[1-9]\d{6,14}$/.test(each));
  const callers = [...numbersOf(callerNumber), ...(isCompared ? [someCaller] : [])];
  const many = [...compared.keys(), ...feeding].find((each) => makeTrials(each).length > mostTrials);
  const leftOut: LeftOut | undefined =
    many === undefined ? undefined : { says: 'trials', values: { variable: many, most: mostTrials } };
  return {
    trials,
    ...(leftOut && { leftOut }),
    decides: (variable) => compared.has(variable) || feeding.has(variable),
    callers: [
      undefined,
      ...(named.has(callerNumber) || isCompared ? ['anonymous'] : []),
      ...without(callers, caller.from),
    ],
    callees: [undefined, ...(compared.has(calleeNumber) ? without(numbersOf(calleeNumber), caller.to) : [])],
  };
}

function without(numbers: readonly string[], number: string): string[] {
  return [...new Set(numbers)].filter((each) => each !== number);
}

function trialsOf(compared: readonly Compared[]): readonly string[] {
  const whole = valuesOf(compared, 'equal', 'not-equal');
  const prefixes = valuesOf(compared, 'starts-with');
  const parts = valuesOf(compared, 'contains');
  const bounds = valuesOf(compared, ...inOrder);
  // A value can have to contain several parts; a long list of them is tried whole, and one by one.
  const pairs = parts.length > mostPaired ? [] : parts.flatMap((one) => parts.map((two) => one + two));
  const contents = [...parts, ...pairs, parts.join('')];
  return [
    ...new Set([
      ...[...whole, ...prefixes, ...contents.filter((text) => text !== '')],
      ...prefixes.flatMap((prefix) => contents.map((content) => prefix + content)),
      ...(bounds.length === 0 ? [] : between([...bounds, ...whole])),
      other,
    ]),
  ];
}

/** The comparisons of numbers. */
const inOrder = ['less', 'at-most', 'greater', 'at-least'] as const;

/** Whether a comparison is with another variable. */
function namesVariable({ value }: Compared): boolean {
  return value.includes('${');
}

/** The values with which each comparison of two variables can turn out either way. */
function pairedValues(compared: readonly Compared[]): string[] {
  const pairs = compared.filter(namesVariable);
  const names = new Set(pairs.flatMap(({ variable, value }) => [variable, ...variablesIn(value)]));
  const isOrdered = pairs.some(({ is }) => inOrder.some((each) => each === is));
  const [callerNumber, calleeNumber] = callVariables;
  return [
    ...(isOrdered ? between([...valuesOf(compared, ...inOrder, 'equal', 'not-equal'), '0', '1']) : []),
    ...(names.has(callerNumber) ? [caller.from] : []),
    ...(names.has(calleeNumber) ? [caller.to] : []),
  ];
}

/** Adds what variables hold if a text that names them, such as `${Manager}` or `+1555${Extension}`, is a number that can be dialled. */
function addDialable(texts: readonly string[], parts: Map<string, Set<string>>): void {
  for (const text of new Set(texts)) {
    const names = variablesIn(text);
    const first = text.startsWith('${') ? names[0] : undefined;
    for (const digits of ['5550199', '55501', '555', '5']) {
      const heldBy = (name: string) => (name === first ? `+1${digits}` : digits);
      if (!isDialable(fill(text, (name) => ({ text: heldBy(name) })).trim())) continue;
      // The numbers of the call are tried on their own.
      for (const name of names.filter((each) => !callVariables.some((own) => own === each)))
        parts.set(name, (parts.get(name) ?? new Set()).add(heldBy(name)));
      break;
    }
  }
}

/** By variable: what it holds if a text that it is a part of, such as `${Area}-${Branch}`, is one of these values. */
function partsOf(texts: readonly string[], values: readonly string[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const text of new Set(texts)) {
    const names = variablesIn(text);
    const between = text.split(/\$\{[^}]*\}/).map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    if (names.length !== between.length - 1 || between.length > mostPaired) continue;
    const pattern = new RegExp(`^${between.join('(.*?)')}$`, 's');
    for (const value of values) {
      for (const [place, part] of (pattern.exec(value)?.slice(1) ?? []).entries()) {
        const name = names[place] ?? '';
        found.set(name, (found.get(name) ?? new Set()).add(part));
      }
    }
  }
  return found;
}

/** The most parts of which each two are tried together. */
const mostPaired = 12;

/** The constant values in comparisons of these kinds. */
function valuesOf(compared: readonly Compared[], ...kinds: readonly string[]): string[] {
  const found = compared.filter((each) => kinds.includes(each.is) && !namesVariable(each));
  return [...new Set(found.map(({ value }) => value.trim()))];
}

/** A caller from another country than the default one. */
const someCaller = '+442071838750';

/** A prefix, or a part of a number, filled up to a phone number. */
function fullNumber(text: string): string {
  if (/^\+\d*$/.test(text)) return text.padEnd(12, '0');
  return /^\d{1,13}$/.test(text) ? `+1${text}`.padEnd(12, '0') : text;
}

/** The numbers, one below, one above, and one between each two: a whole one if there is one. */
function between(texts: readonly string[]): string[] {
  const numbers = [...new Set(texts.filter((text) => readDecimal(text) !== undefined).map(Number))].sort(
    (one, two) => one - two,
  );
  const [first] = numbers;
  const last = numbers.at(-1);
  if (first === undefined || last === undefined) return [];
  const middles = numbers.slice(1).map((number, place) => {
    const below = numbers[place] ?? number;
    const whole = Math.floor((number + below) / 2);
    return whole > below && whole < number ? whole : (number + below) / 2;
  });
  return [first - 1, ...numbers, ...middles, last + 1]
    .map(String)
    .filter((text) => readDecimal(text) !== undefined);
}

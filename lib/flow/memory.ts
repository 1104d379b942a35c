import { isRecord } from './json.ts';
import { isAtMost } from './length.ts';
import { jsonBytes } from './size.ts';
import type { Value } from './text.ts';

/** The shape of the name of a variable that nodes set. Names that begin with `System` are reserved. */
export const variableName = /^(?!System)[A-Za-z][A-Za-z0-9]{0,39}$/;

/** The longest value of a variable, in characters. */
export const longestValue = 256;

/** The most bytes of UTF-8 that all variables of a call may take as JSON, with their names. */
export const largestVariables = 1024;

/** The variables that the nodes of a call have set, by name. */
export type Variables = Readonly<Record<string, Value>>;

/** What a call remembers besides its position. `lib/calls` encrypts it into the callback URL. */
export interface Memory {
  readonly variables: Variables;
  /** The private state of the current node, as JSON. */
  readonly state?: unknown;
}

/** The memory of a new call. */
export const noMemory: Memory = { variables: {} };

/** A variable with its value. */
export interface VariableValue {
  readonly variable: string;
  readonly value: Value;
}

/**
 * Sets a variable. If the value is too long, or the variables would take more than `largestVariables`, the variable is removed
 * and `fits` is false.
 */
export function setVariable(
  variables: Variables,
  { variable, value }: VariableValue,
): { readonly variables: Variables; readonly fits: boolean } {
  const { [variable]: _, ...others } = variables;
  const changed = { ...others, [variable]: value };
  if (isAtMost(value.text, longestValue) && jsonBytes(plainTexts(changed)) <= largestVariables) {
    return { variables: changed, fits: true };
  }
  return { variables: others, fits: false };
}

/** Sets variables in order; `unset` are the names of those for which there is no room. */
export function setVariables(
  before: Variables,
  set: readonly VariableValue[],
): { readonly variables: Variables; readonly unset: readonly string[] } {
  let variables = before;
  const unset = set.flatMap((each) => {
    const { fits, ...after } = setVariable(variables, each);
    variables = after.variables;
    return fits ? [] : [each.variable];
  });
  return { variables, unset };
}

function plainTexts(variables: Variables): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, { text }]) => [name, text]));
}

/** The value of a variable; `undefined` if it is not set. */
export function variableOf(variables: Variables, name: string): Value | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

/** The variables without some of them. */
export function withoutNames(variables: Variables, names: readonly string[]): Variables {
  if (!names.some((name) => Object.hasOwn(variables, name))) return variables;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)));
}

/** The variables without the secret ones, which must not outlive a wait for the caller. */
export function withoutSecrets(variables: Variables): Variables {
  const kept = Object.entries(variables).filter(([, { secret }]) => secret !== true);
  return kept.length === Object.keys(variables).length ? variables : Object.fromEntries(kept);
}

/** Marks a secret value in the written form. */
const secretMark = 'secret';

/** Whether the memory is empty. */
export function isForgotten({ variables, state }: Memory): boolean {
  return state === undefined && Object.keys(variables).length === 0;
}

/** The memory as short JSON: `{"v":{"Tier":"gold","Account":["8800"]}}`. A list holds a value that is spoken digit by digit. */
export function writeMemory({ variables, state }: Memory): string {
  const values = Object.entries(variables).map(([name, { text, spokenAs, secret }]) => [
    name,
    spokenAs === undefined ? text : secret === true ? [text, secretMark] : [text],
  ]);
  return JSON.stringify({ v: Object.fromEntries(values), ...(state === undefined ? {} : { s: state }) });
}

/** Reads the text of `writeMemory`; `undefined` if it is not valid. */
export function readMemory(text: string): Memory | undefined {
  const found = parsed(text);
  if (!isRecord(found) || !isRecord(found.v)) return undefined;
  const variables: Record<string, Value> = {};
  for (const [name, written] of Object.entries(found.v)) {
    const value = readValue(written);
    if (value === undefined || !variableName.test(name)) return undefined;
    variables[name] = value;
  }
  return { variables, ...(found.s === undefined ? {} : { state: found.s }) };
}

function readValue(written: unknown): Value | undefined {
  if (typeof written === 'string') return { text: written };
  if (!Array.isArray(written) || typeof written[0] !== 'string') return undefined;
  return { text: written[0], spokenAs: 'digits', ...(written[1] === secretMark ? { secret: true } : {}) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { isRecord } from './json.ts';
import { isAtMost } from './length.ts';
import { jsonBytes } from './size.ts';
import type { Value } from './text.ts';

/** The shape of a variable's name, as a flow gives it; names that begin with `System` are the system's. */
export const variableName = /^(?!System)[A-Za-z][A-Za-z0-9]{0,39}$/;

/** How long a value may be, in characters. */
const longestValue = 256;

/** What the values of a call may take together, as JSON with their names, in bytes of UTF-8. */
export const largestVariables = 1024;

/** The values that the nodes of a call have set, by name. */
export type Variables = Readonly<Record<string, Value>>;

/** What a call remembers beside where it stands. It rides sealed in the callback URL; the engine neither reads nor writes it there. */
export interface Memory {
  readonly variables: Variables;
  /** What the node at which the call stands keeps for itself, as JSON. */
  readonly state?: unknown;
}

/** The memory of a call in which nothing was set. */
export const noMemory: Memory = { variables: {} };

/** A value for a variable. */
export interface VariableValue {
  readonly variable: string;
  readonly value: Value;
}

/**
 * The variables once a value was set. A value that is too long, or does not fit beside the others, leaves its name unset:
 * `fits` is false then.
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

function plainTexts(variables: Variables): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, { text }]) => [name, text]));
}

/** A value of a call's variables; `undefined` if it is not set. */
export function variableOf(variables: Variables, name: string): Value | undefined {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}

/** The variables that may be known when the caller is waited for: secrets may not. */
export function withoutSecrets(variables: Variables): Variables {
  const kept = Object.entries(variables).filter(([, { secret }]) => secret !== true);
  return kept.length === Object.keys(variables).length ? variables : Object.fromEntries(kept);
}

/** Stands behind a value that is secret. */
const secretMark = 'secret';

/** Whether there is nothing to remember. */
export function isForgotten({ variables, state }: Memory): boolean {
  return state === undefined && Object.keys(variables).length === 0;
}

/** The memory as text, short: `{"v":{"Tier":"gold","Account":["8800"]}}`, where a list holds what is spoken digit by digit. */
export function writeMemory({ variables, state }: Memory): string {
  const values = Object.entries(variables).map(([name, { text, spokenAs, secret }]) => [
    name,
    spokenAs === undefined ? text : secret === true ? [text, secretMark] : [text],
  ]);
  return JSON.stringify({ v: Object.fromEntries(values), ...(state === undefined ? {} : { s: state }) });
}

/** Reads what `writeMemory` wrote; `undefined` for any other text. */
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

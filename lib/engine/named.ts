import type { Flow } from '../flow/flow.ts';
import { firstCharacters } from '../flow/length.ts';
import type { Problem } from '../flow/problem.ts';
import { callVariables, variablesIn } from '../flow/text.ts';
import { placeholdersIn } from './placeholders.ts';
import { type FlowVariables, variablesOf } from './variables.ts';

/** What a text may name besides the variables of the call and of the flow. */
export interface Naming {
  /** Variables that only its setting knows. */
  readonly given: readonly string[];
  /** Variables that earlier entries of its list set. */
  readonly set: ReadonlySet<string>;
  /** The first word of a message about the text: `Spoken`. */
  readonly done: string;
  /** Whether it may name secrets. */
  readonly secrets?: boolean;
}

/** The most names that a message lists. */
const maxNames = 20;

/** Problems of the variables that a text names, and of placeholders such as `{{name}}`. */
export function* checkText(
  flow: Flow,
  node: string,
  field: string,
  text: string,
  { given, set, done, secrets = false }: Naming,
): Iterable<Problem> {
  const variables = variablesOf(flow);
  const names = new Set(variablesIn(text));
  for (const name of names) {
    const isSecret = variables.secrets.has(name);
    if (isSecret && !secrets) yield secret(field, name);
    if (isCallVariable(name) || given.includes(name) || set.has(name) || (isSecret && !secrets)) continue;
    if (!variables.names.has(name)) yield unknown(field, name, variables, knownAt(variables, node, given));
    else if (!variables.isSure(node, name)) yield isSecret ? maybeGone(field, name) : maybeUnset(field, name);
  }
  yield* checkPlaceholders(field, text, done, () => knownAt(variables, node, given));
}

/** Problems of the name of a tested variable. It may be unset: a test can ask for that. */
export function checkOperand(flow: Flow, field: string, name: string): Problem[] {
  const variables = variablesOf(flow);
  const { names, secrets } = variables;
  if (secrets.has(name)) return [secret(field, name)];
  return name === '' || isCallVariable(name) || names.has(name)
    ? []
    : [unknown(field, name, variables, [...names])];
}

function isCallVariable(name: string): boolean {
  return (callVariables as readonly string[]).includes(name);
}

/** The names that a text may use at a node. */
export function knownAt(variables: FlowVariables, node: string, given: readonly string[]): string[] {
  return [...new Set([...callVariables, ...given, ...variables.before(node)])];
}

function unknown(field: string, name: string, { open }: FlowVariables, known: readonly string[]): Problem {
  const names = [...new Set([...callVariables, ...known])]
    .slice(0, maxNames)
    .map((each) => `\`\${${each}}\``);
  const message = `\`\${${firstCharacters(name, 80)}}\` cannot be known here${open ? ', unless another flow sets it' : ''}: set it in a node, or use ${names.join(', ')}.`;
  return { rule: 'unknown-variable', severity: open ? 'warning' : 'error', field, message };
}

function secret(field: string, name: string): Problem {
  const message = `\`\${${name}}\` is secret: only the body of a request may name it.`;
  return { rule: 'secret-variable', severity: 'error', field, message };
}

function maybeUnset(field: string, name: string): Problem {
  const message = `\`\${${name}}\` is not set on every way that leads here, and is nothing then: set it before, or ask a condition first.`;
  return { rule: 'maybe-unset', severity: 'warning', field, message };
}

function maybeGone(field: string, name: string): Problem {
  const message = `\`\${${name}}\` may be nothing here: no node has set it, or it is gone, as a secret is once the caller is waited for. Use it right after the node that asks for it, or ask for it last.`;
  return { rule: 'maybe-unset', severity: 'warning', field, message };
}

function checkPlaceholders(
  field: string,
  text: string,
  done: string,
  known: () => readonly string[],
): Problem[] {
  const found = placeholdersIn(text, known);
  if (found === undefined) return [];
  const [written, fixes] = [found.written, found.fixes].map((each) =>
    each
      .slice(0, maxNames)
      .map((one) => `\`${one}\``)
      .join(', '),
  );
  const message = `${done} as written: ${written}. Variables are filled in only if they are written like this: ${fixes}.`;
  return [{ rule: 'looks-like-a-variable', severity: 'warning', field, message }];
}

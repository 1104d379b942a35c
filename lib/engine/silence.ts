import type * as v from 'valibot';
import { type Flow, type FlowNode, nodeOf, settingOf, targetOf } from '../flow/flow.ts';
import type { Problem } from '../flow/problem.ts';
import { parsePrompt, partsOf, textsOfPart } from '../flow/prompt.ts';
import { callVariables, fillSpoken, isSpeakable, variablesIn } from '../flow/text.ts';
import { nodeType } from '../nodes/index.ts';
import type { DefinedType, Silence } from '../nodes/node.ts';
import { fieldOf } from '../nodes/settings.ts';
import { reachedFrom, startsOf } from './graph.ts';

/** A caller who has heard nothing since the last wait for them. */
interface Caller {
  /** The subject of the message: what the caller did at the last wait, and where. */
  readonly who: string;
  /** The end of the message: another way to let them hear something. */
  readonly also: string;
}

/**
 * The nodes where a call may end with only the system's goodbye, because nothing was said since the last wait for the caller: one
 * warning for each node, for the first such caller.
 */
export function* checkSilence(flow: Flow): Iterable<Problem> {
  const starts = startsOf(flow);
  const arrived: Caller = { who: 'A caller who has just arrived', also: '' };
  const ahead = starts.map((id): [string, Caller] => [id, arrived]);
  const met = new Set(starts);
  const told = new Set<string>();

  function* follow(id: string, node: FlowNode, silence: Silence, caller: Caller): Iterable<Problem> {
    const target = silence.exit === undefined ? undefined : targetOf(node, silence.exit);
    if (target !== undefined && !met.has(target)) {
      met.add(target);
      ahead.push([target, caller]);
    }
    const problem = target === undefined ? silentEnd(id, node, silence, caller) : undefined;
    if (problem === undefined) return;
    const key = JSON.stringify([id, problem.field]);
    if (told.has(key)) return;
    told.add(key);
    yield problem;
  }

  for (const id of reachedFrom(flow, starts)) {
    const node = nodeOf(flow, id);
    if (node === undefined) continue;
    for (const silence of silencesOf(node)) {
      if (silence.who !== undefined) yield* follow(id, node, silence, callerAt(id, silence, silence.who));
    }
  }
  for (const [id, caller] of ahead) {
    const node = nodeOf(flow, id);
    if (node === undefined) continue;
    for (const silence of silencesOf(node)) {
      if (silence.who === undefined) yield* follow(id, node, silence, caller);
    }
  }
}

function callerAt(id: string, { prompt }: Silence, who: string): Caller {
  return {
    who: `${who} at \`${id}\``,
    also: prompt === undefined ? '' : `, or into \`${prompt}\` of \`${id}\``,
  };
}

/** The warning for a call that ends at a node; `undefined` if the exit is required, which is an error of its own. */
function silentEnd(id: string, node: FlowNode, { exit, prompt, who }: Silence, caller: Caller) {
  const isRequired = exit !== undefined && nodeType(node.type)?.exits(node)[exit]?.required === true;
  if (prompt === undefined || isRequired) return;
  const own = exit === undefined ? '' : `, or connect the exit \`${exit}\``;
  const also = who === undefined ? caller.also : own;
  const message = `${caller.who} hears only the system's goodbye when the call ends here: write your own words into \`${prompt}\`${also}.`;
  return { rule: 'silent-end', severity: 'warning', node: id, field: prompt, message } satisfies Problem;
}

function silencesOf(node: FlowNode): readonly Silence[] {
  const type = nodeType(node.type);
  if (type === undefined) return [];
  if (type.silences === undefined) return Object.keys(type.exits(node)).map((exit) => ({ exit }));
  const connected = (exit: string) => targetOf(node, exit) !== undefined;
  return type.silences({ says: (prompt) => says(type, node, prompt), connected });
}

/** Whether a prompt always says something. A required prompt that is missing or empty counts as set: that is an error of its own. */
function says(type: DefinedType, node: FlowNode, prompt: string): boolean {
  const value = settingOf(node, prompt);
  const schema = type.settings[prompt] as v.GenericSchema;
  if (value === undefined) return schema.type !== 'optional';
  const parsed = parsePrompt(value);
  if (!parsed.success) return true;
  const field = fieldOf(schema);
  const given = () => (field?.field === 'prompt' ? [...field.variables, ...namedBy(node, field.names)] : []);
  return partsOf(parsed.output).some(
    (part) => 'audio' in part || textsOfPart(part).every((text) => !mayBeNothing(text, given)),
  );
}

/** The variable that a setting of a node names. */
function namedBy(node: FlowNode, setting: string | undefined): string[] {
  const name = setting === undefined ? undefined : settingOf(node, setting);
  return typeof name === 'string' ? [name] : [];
}

/** The variables that have a value in every call. The caller's number is not one of them: it may be withheld. */
const alwaysKnown: readonly string[] = callVariables.filter((name) => name !== 'SystemCallerNumber');

/** Whether a text is empty if the variables that are not always known are missing. `given` returns the variables of its prompt. */
function mayBeNothing(text: string, given: () => readonly string[]): boolean {
  if (variablesIn(text).length === 0) return false;
  const known = new Set([...alwaysKnown, ...given()]);
  return !isSpeakable(fillSpoken(text, (name) => (known.has(name) ? { text: '1' } : undefined)));
}

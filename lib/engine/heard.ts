import * as v from 'valibot';
import { type ApologyLanguage, apology } from '../flow/apology.ts';
import type { Call } from '../flow/events.ts';
import { type Flow, nodeOf, settingOf } from '../flow/flow.ts';
import { goodbye } from '../flow/goodbye.ts';
import { noMemory, variableName } from '../flow/memory.ts';
import { Prompt } from '../flow/prompt.ts';
import type { Value, Values } from '../flow/text.ts';
import { isSound, type Sound } from '../flow/verbs.ts';
import { speak } from './speak.ts';
import { spokenValueOf } from './values.ts';
import { variablesOf } from './variables.ts';

/** The fields of a journal entry that say what was heard. */
export interface HeardEntry {
  readonly node: string;
  readonly language?: string;
  readonly heard?: readonly string[];
  readonly values?: Values;
  readonly goodbye?: ApologyLanguage;
  readonly fault?: string;
}

/**
 * The sounds that a caller heard at a journal entry, rebuilt from the version that the call used; `undefined` if the entry does not
 * say it or the flow is gone. A variable that a node has set is shown by its name, `‹Tier›`: its value is not stored.
 */
export function heardAt(flow: Flow | undefined, entry: HeardEntry, call: Call): Sound[] | undefined {
  const { node: id, heard, language = '', values } = entry;
  if (entry.fault !== undefined) return apology(language).filter(isSound);
  if (heard === undefined) return undefined;
  const said = entry.goodbye === undefined ? [] : [goodbye(entry.goodbye)];
  if (heard.length === 0) return said;
  const node = flow && nodeOf(flow, id);
  if (flow === undefined || node === undefined) return undefined;
  const { names, open } = variablesOf(flow);
  const lookup = (name: string): Value | undefined => {
    const own = values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
    if (own !== undefined) return { text: own };
    // The values that nodes set are stored nowhere readable. What this flow does not set, one that it enters or returns to does.
    if (names.has(name) || (open && variableName.test(name))) return { text: `‹${name}›`, spokenAs: 'text' };
    return spokenValueOf(name, call, noMemory.variables);
  };
  const sounds: Sound[] = [];
  for (const setting of heard) {
    const prompt = settingOf(node, setting);
    if (!v.is(Prompt, prompt)) return undefined;
    sounds.push(...speak(flow, prompt, language, lookup));
  }
  return [...sounds, ...said];
}

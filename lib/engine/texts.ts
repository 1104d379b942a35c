import type * as v from 'valibot';
import { defaultLanguage, type Flow, type FlowNode, nodeOf } from '../flow/flow.ts';
import { variableName } from '../flow/memory.ts';
import {
  isTranslated,
  longestText,
  type OneText,
  parsePrompt,
  partsOf,
  promptTexts,
  translationsOf,
} from '../flow/prompt.ts';
import { isSpeakable, pieces, variablesIn } from '../flow/text.ts';
import { nodeType } from '../nodes/index.ts';
import { fieldOf } from '../nodes/settings.ts';
import { placesOf } from './places.ts';
import { type Tongue, tongueOf } from './speak.ts';

/** A text of a flow as one `<Say>` speaks it. */
export interface SpokenText extends Tongue {
  readonly node: string;
  /** Where it stands in the node, with dots, as problems say it: `prompt.text`, `errorPrompt.1.text`. */
  readonly field: string;
  readonly text: string;
  /** The language that the flow says it is in (BCP 47); `language` is what the carrier calls that. */
  readonly tag: string;
  /** Whether the voice was named, by the text or by the flow; else it is the language's own. */
  readonly voiceNamed: boolean;
  /** Whether it names variables, so that each call speaks another text. */
  readonly varies: boolean;
}

/**
 * Every text that callers of a flow can hear, node by node, in the pieces in which it is spoken. A draft may be in any state: what
 * is no prompt holds no texts.
 */
export function textsOf(flow: Flow): SpokenText[] {
  return Object.entries(flow.nodes).flatMap(([node, settings]) =>
    Array.from(placesOf(settings)).flatMap(({ field, path, value }) =>
      field.field === 'prompt' ? textsIn(flow, node, path, value) : [],
    ),
  );
}

function textsIn(flow: Flow, node: string, field: string, value: unknown): SpokenText[] {
  const prompt = parsePrompt(value);
  if (!prompt.success) return [];
  return partsOf(prompt.output).flatMap((part, place) => {
    if (!('text' in part)) return [];
    const at = Array.isArray(prompt.output) ? `${field}.${place}.text` : `${field}.text`;
    return translationsOf(part, flow.language ?? defaultLanguage).flatMap(({ tag, ...text }) => {
      const own = isTranslated(part) ? `${at}.${tag}` : at;
      return textsOfPart(flow, text).map((said) => ({ node, field: own, ...said }));
    });
  });
}

function textsOfPart(flow: Flow, part: OneText): Omit<SpokenText, 'node' | 'field'>[] {
  const varies = variablesIn(part.text).length > 0;
  const texts = varies ? [part.text] : pieces(part.text, longestText).filter(isSpeakable);
  const how = {
    tag: part.language ?? flow.language ?? defaultLanguage,
    voiceNamed: part.voice !== undefined || (part.language === undefined && flow.voice !== undefined),
    varies,
    ...tongueOf(flow, part),
  };
  return texts.map((text) => ({ ...how, text }));
}

/** Whether a prompt of a node names a variable that nodes set, rather than those that the call or the node itself knows. */
export function namesVariables(flow: Flow, id: string): boolean {
  const node = nodeOf(flow, id);
  if (node === undefined) return false;
  return Array.from(placesOf(node)).some(({ field, value }) => {
    const prompt = field.field === 'prompt' ? parsePrompt(value) : undefined;
    if (field.field !== 'prompt' || prompt?.success !== true) return false;
    const names = promptTexts(prompt.output).flatMap(variablesIn);
    return names.some((name) => variableName.test(name) && !field.variables.includes(name));
  });
}

/** The settings of a node that are prompts. */
export function promptFields({ type }: FlowNode): string[] {
  return Object.entries(nodeType(type)?.settings ?? {}).flatMap(([name, schema]) =>
    fieldOf(schema as v.GenericSchema)?.field === 'prompt' ? [name] : [],
  );
}

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
import { type SpeechVoice, speechVoiceOf } from './speak.ts';

/** A text of a flow as one `<Say>` speaks it. */
export interface SpokenText extends SpeechVoice {
  readonly node: string;
  /** Its field in the node, as in problems: `prompt.text`, `errorPrompt.1.text`. */
  readonly field: string;
  readonly text: string;
  /** The language that the flow gives it (BCP 47); `language` is the carrier's code for that. */
  readonly tag: string;
  /** Whether the text or the flow names the voice; if not, it is the default of the language. */
  readonly voiceNamed: boolean;
  /** Whether it names variables, so that it differs from call to call. */
  readonly varies: boolean;
}

/**
 * Every text that callers of a flow can hear, node by node, split as it is spoken. The flow may be a broken draft: invalid prompts
 * are skipped.
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
    ...speechVoiceOf(flow, part),
  };
  return texts.map((text) => ({ ...how, text }));
}

/** Whether a prompt of a node names a variable that nodes set (`Tier`), not just those of the call or of the node itself. */
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

/** The names of a node's prompt settings. */
export function promptFields({ type }: FlowNode): string[] {
  return Object.entries(nodeType(type)?.settings ?? {}).flatMap(([name, schema]) =>
    fieldOf(schema as v.GenericSchema)?.field === 'prompt' ? [name] : [],
  );
}

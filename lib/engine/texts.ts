import type * as v from 'valibot';
import type { Flow } from '../flow/flow.ts';
import { longestText, type Prompt, partsOf } from '../flow/prompt.ts';
import { isSpeakable, pieces, variablesIn } from '../flow/text.ts';
import { nodeType } from '../nodes/index.ts';
import { fieldOf } from '../nodes/settings.ts';
import { type Tongue, tongueOf } from './speak.ts';

/** A text of a flow as one `<Say>` speaks it. */
export interface SpokenText extends Tongue {
  readonly node: string;
  /** The setting of the node that holds it, such as `errorPrompt`. */
  readonly field: string;
  readonly text: string;
  /** Whether it names variables, so that each call speaks another text. */
  readonly varies: boolean;
}

/** Every text that callers of a flow can hear, node by node, in the pieces in which it is spoken. */
export function textsOf(flow: Flow): SpokenText[] {
  return Object.entries(flow.nodes).flatMap(([node, settings]) =>
    promptFields(settings.type).flatMap((field) => {
      const prompt = settings[field] as Prompt | undefined;
      return prompt === undefined ? [] : textsIn(flow, prompt).map((said) => ({ ...said, node, field }));
    }),
  );
}

function textsIn(flow: Flow, prompt: Prompt): Omit<SpokenText, 'node' | 'field'>[] {
  return partsOf(prompt).flatMap((part) => {
    if (!('text' in part)) return [];
    const varies = variablesIn(part.text).length > 0;
    const texts = varies ? [part.text] : pieces(part.text, longestText).filter(isSpeakable);
    return texts.map((text) => ({ ...tongueOf(flow, part), text, varies }));
  });
}

/** The settings of a node type that are prompts. */
function promptFields(type: string): string[] {
  return Object.entries(nodeType(type)?.settings ?? {}).flatMap(([name, schema]) =>
    fieldOf(schema as v.GenericSchema)?.field === 'prompt' ? [name] : [],
  );
}

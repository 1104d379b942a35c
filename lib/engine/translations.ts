import { defaultLanguage, type Flow } from '../flow/flow.ts';
import { isSameLanguage, parsePrompt, partsOf, type TextPart, translationsOf } from '../flow/prompt.ts';
import { isSpeakable } from '../flow/text.ts';
import { placesOf } from './places.ts';

/** How much of a flow is translated into a language. */
export interface Completeness {
  /** BCP 47. */
  readonly language: string;
  /** The texts that are there in it. */
  readonly translated: number;
  /** The texts of the flow. */
  readonly total: number;
}

const known = new WeakMap<Flow, readonly string[]>();

/**
 * The languages that a flow speaks, its own first: those that its nodes set for a call, and those of its texts. A flow does not
 * change, so it is looked at once.
 */
export function languagesOf(flow: Flow): readonly string[] {
  const found = known.get(flow) ?? lookFor(flow);
  known.set(flow, found);
  return found;
}

function lookFor(flow: Flow): readonly string[] {
  const languages = [flow.language ?? defaultLanguage];
  const add = (language: string) => {
    if (!languages.some((each) => isSameLanguage(each, language))) languages.push(language);
  };
  for (const node of Object.values(flow.nodes)) {
    for (const { field, value } of placesOf(node)) {
      if (field.field === 'language' && typeof value === 'string') add(value);
      if (field.field !== 'prompt') continue;
      for (const part of textParts(value)) {
        for (const { tag } of translationsOf(part, '')) if (tag !== undefined) add(tag);
      }
    }
  }
  return languages;
}

/** How much of a flow is translated, language by language; the flow's own first. A text of one language counts for the flow's own. */
export function completenessOf(flow: Flow): Completeness[] {
  const own = flow.language ?? defaultLanguage;
  const parts = Object.values(flow.nodes).flatMap((node) =>
    Array.from(placesOf(node)).flatMap(({ field, value }) =>
      field.field === 'prompt' ? textParts(value) : [],
    ),
  );
  return languagesOf(flow).map((language) => {
    const has = (part: TextPart) =>
      translationsOf(part, own).some(
        ({ tag, language: named, text }) =>
          isSameLanguage(tag ?? named ?? own, language) && isSpeakable(text),
      );
    return { language, translated: parts.filter(has).length, total: parts.length };
  });
}

function textParts(value: unknown): TextPart[] {
  const prompt = parsePrompt(value);
  return prompt.success ? partsOf(prompt.output).filter((part) => 'text' in part) : [];
}

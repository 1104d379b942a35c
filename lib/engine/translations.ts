import { defaultLanguage, type Flow } from '../flow/flow.ts';
import { isSameLanguage, parsePrompt, partsOf, type TextPart, translationsOf } from '../flow/prompt.ts';
import { isSpeakable } from '../flow/text.ts';
import { placesOf } from './places.ts';

/** How many texts of a flow are translated into a language. */
export interface Completeness {
  /** BCP 47. */
  readonly language: string;
  /** The number of texts that have it. */
  readonly translated: number;
  /** The number of texts in the flow. */
  readonly total: number;
}

const known = new WeakMap<Flow, readonly string[]>();

/**
 * The languages of a flow, its own first: those that its nodes set for a call, and those of its texts. Flows are immutable, so the
 * result is cached.
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

/** How many texts are translated, by language, the flow's own first. A text without translations counts as the flow's own language. */
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

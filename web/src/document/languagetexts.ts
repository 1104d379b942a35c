import { isSameLanguage, type TextPart } from '../../../lib/flow/prompt.ts';

/** The texts of a part by their languages; `undefined` if it is one text. */
export function textsOf({ text }: TextPart): Readonly<Record<string, string>> | undefined {
  return typeof text === 'string' ? undefined : text;
}

/** The text of a part in a language; that of a part in one language is the same in all of them. */
export function textOf(part: TextPart, tag: string): string {
  return textsOf(part)?.[tag] ?? (typeof part.text === 'string' ? part.text : '');
}

/** A part whose text in a language is another. */
export function withText(part: TextPart, tag: string, text: string): TextPart {
  const texts = textsOf(part);
  return { ...part, text: texts === undefined ? text : { ...texts, [tag]: text } };
}

/** A part with a further language, whose text is to be written. What was one text is the one in `own`. */
export function withLanguage(part: TextPart, own: string, tag: string): TextPart {
  const texts = textsOf(part);
  if (texts !== undefined) return { ...part, text: { ...texts, [tag]: '' } };
  const { language = own, ...rest } = part;
  return { ...rest, text: { [language]: textOf(part, language), [tag]: '' } };
}

/** A part without one of its languages; with one language left, which is the flow's own, it is one text again. */
export function withoutLanguage(part: TextPart, own: string, tag: string): TextPart {
  const left = Object.entries(textsOf(part) ?? {}).filter(([each]) => each !== tag);
  const [[last, text] = ['', ''], ...more] = left;
  const isOne = more.length === 0 && isSameLanguage(last, own);
  return { ...part, text: isOne ? text : Object.fromEntries(left) };
}

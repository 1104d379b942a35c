import type { Prompt, PromptPart } from '../../../lib/flow/prompt.ts';

/** The parts as a prompt: one alone stands without a list, and a lone empty text is no prompt. */
export function promptOf(parts: readonly PromptPart[]): Prompt | undefined {
  const [only] = parts;
  if (only === undefined) return undefined;
  if (parts.length > 1) return [...parts];
  const empty = 'text' in only && only.text === '' && only.voice === undefined && only.language === undefined;
  return empty ? undefined : only;
}

/** The parts with another in one place. */
export function withPart(parts: readonly PromptPart[], index: number, part: PromptPart): PromptPart[] {
  return parts.map((each, at) => (at === index ? part : each));
}

/** The parts without one of them. */
export function without<Part>(parts: readonly Part[], index: number): Part[] {
  return parts.filter((_, at) => at !== index);
}

/** The parts with one of them moved to another place. */
export function moved<Part>(parts: readonly Part[], from: number, to: number): Part[] {
  const next = [...parts];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

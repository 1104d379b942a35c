import { same } from '../../../../lib/flow/same.ts';

/** What was typed into a field of JSON, and what the setting was set to by it. */
export interface TypedJson {
  readonly text: string;
  readonly value: unknown;
}

/** What is typed while a setting has a value: text that is not JSON yet leaves it as it is, no text takes it away. */
export function typeJson(text: string, before: unknown): TypedJson {
  return { text, value: text.trim() === '' ? undefined : isJson(text) ? JSON.parse(text) : before };
}

/** What the field shows of a value: what was typed, unless something else, such as undo, has set the value since. */
export function jsonText(typed: TypedJson | undefined, value: unknown): string {
  if (typed !== undefined && same(typed.value, value)) return typed.text;
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

import { wrong } from '../admin/input.ts';
import { codePointName } from '../flow/name.ts';
import { deepestNesting } from '../flow/size.ts';

/** The escape of a surrogate in JSON: `\ud83d`. A body in UTF-8 has them only as escapes. */
const surrogate = /\\u[dD][89a-fA-F]/;

/**
 * Refuses a body in which a text or a key holds a lone surrogate, half of a character. It has no form in UTF-8: the database may refuse
 * it, or store another text. `json` is the text of the body. What nests deeper than any body may is not looked at. Throws `bad-input`
 * with the field.
 */
export function refuseLoneSurrogates(json: string, body: unknown): void {
  if (surrogate.test(json)) refuseIn(body, []);
}

function refuseIn(value: unknown, path: readonly string[]): void {
  if (typeof value === 'string') refuseLone(value, path);
  if (typeof value !== 'object' || value === null || path.length > deepestNesting) return;
  for (const [key, inner] of Object.entries(value)) {
    const there = [...path, key];
    refuseLone(key, there);
    refuseIn(inner, there);
  }
}

function refuseLone(text: string, path: readonly string[]): void {
  if (text.isWellFormed()) return;
  const [lone = ''] = /[\ud800-\udfff]/u.exec(text) ?? [];
  const field = path.join('.').toWellFormed() || 'body';
  throw wrong(field, `holds ${codePointName(lone)}, half of a character: write the whole character`);
}

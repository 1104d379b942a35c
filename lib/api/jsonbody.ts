import { wrong } from '../admin/input.ts';
import { Failure } from '../errors.ts';
import { jsonFaultText, readJson } from '../flow/json.ts';
import { codePointName } from '../flow/name.ts';
import { deepestNesting } from '../flow/size.ts';

/** The escape of a surrogate in JSON: `\ud83d`. A body in UTF-8 has them only as escapes. */
const surrogate = /\\u[dD][89a-fA-F]/;

/**
 * Refuses a body that would be stored as another one than was sent: with a key that stands twice in an object, of which the parser keeps
 * the last, or with a lone surrogate, half of a character, in a text or a key: it has no form in UTF-8, and the database may refuse it
 * or store another text. `json` is the text of the body. Surrogates are not looked for deeper than any body may nest. Throws
 * `bad-input` with the fields.
 */
export function refuseLossy(json: string, body: unknown): void {
  const { faults = [] } = readJson(json);
  const problems = faults.flatMap((fault) =>
    fault.fault === 'duplicate-key'
      ? [{ rule: 'duplicate-key', severity: 'error', field: fault.path, message: jsonFaultText(fault) }]
      : [],
  );
  const [first] = problems;
  if (first !== undefined) throw new Failure('bad-input', first.message, problems);
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

import type { ApiRequest } from './serve.ts';

/** Equals no revision. */
const someOther = '';

/**
 * The revision that a request expects. `current` if `If-Match` lists it or is `*`; if not, a value that equals no revision; `undefined`
 * without `If-Match`. A weak ETag (`W/"…"`) counts as the strong one: proxies that compress an answer weaken its ETag, and a revision
 * always means one document.
 * (https://www.rfc-editor.org/rfc/rfc9110#name-if-match)
 */
export function expectedIn(headers: ApiRequest['headers'], current: string): string | undefined {
  const header = headers['if-match']?.trim();
  if (!header) return undefined;
  const named = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return header === '*' || named.includes(`"${current}"`) ? current : someOther;
}

import type { ApiRequest } from './serve.ts';

/** The name of no revision. */
const someOther = '';

/**
 * The revision that a request allows a draft to stand at: the one it stands at, where `If-Match` names that one among others
 * or takes any (`*`), else one that never is; `undefined` if the request has no `If-Match`. A weak ETag (`W/"…"`) names the
 * same revision as its strong form: proxies that compress an answer weaken its ETag, and a revision is never two documents.
 * (https://www.rfc-editor.org/rfc/rfc9110#name-if-match)
 */
export function expectedIn(headers: ApiRequest['headers'], current: string): string | undefined {
  const header = headers['if-match']?.trim();
  if (!header) return undefined;
  const named = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return header === '*' || named.includes(`"${current}"`) ? current : someOther;
}

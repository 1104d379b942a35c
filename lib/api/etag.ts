import type { Precondition } from '../admin/revision.ts';
import type { HeaderDocs } from './route.ts';
import type { ApiReply, ApiRequest } from './serve.ts';

/** Equals no revision. */
const someOther = '';

/**
 * The revision that a request expects. `current` if `If-Match` lists it or is `*`; if not, a value that equals no revision; `undefined`
 * without `If-Match`.
 */
export function expectedIn(headers: ApiRequest['headers'], current: string): string | undefined {
  const header = headers['if-match']?.trim();
  if (!header) return undefined;
  return names(header, current) ? current : someOther;
}

/** The headers of a call that saves settings under an id, as the API's description documents them. */
export const preconditions: Readonly<Record<string, HeaderDocs>> = {
  'If-Match': {
    about: 'The ETag of the settings that were read, so that nobody overwrites what they have not seen',
    optional: true,
  },
  'If-None-Match': { about: '`*` creates only, and replaces nothing', optional: true },
};

/** What a request says in `If-Match` and `If-None-Match` of what it may replace; `undefined` if it has neither. */
export function preconditionIn(headers: ApiRequest['headers']): Precondition | undefined {
  const match = headers['if-match']?.trim();
  const noneMatch = headers['if-none-match']?.trim();
  if (!match && !noneMatch) return undefined;
  return (revision) => (!match || names(match, revision)) && (!noneMatch || !names(noneMatch, revision));
}

/** The description of the ETag of settings. */
export const settingsTag = { ETag: 'Names the settings: give it as `If-Match` when you save' };

/** The answer with settings, and their revision as ETag. */
export function tagged(revision: string, body: object): ApiReply {
  return { status: 200, headers: { etag: `"${revision}"` }, body };
}

/**
 * Whether a header of ETags names a revision; `*` names all that is stored. A weak ETag (`W/"…"`) counts as the strong one: proxies that
 * compress an answer weaken its ETag, and a revision always means one document.
 * (https://www.rfc-editor.org/rfc/rfc9110#name-if-match)
 */
function names(header: string, revision: string | undefined): boolean {
  if (revision === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return header === '*' || tags.includes(`"${revision}"`);
}

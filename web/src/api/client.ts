import i18next from 'i18next';
import createClient, { type Client } from 'openapi-fetch';
import type { Session } from '../session/session.ts';
import type { Problem, paths } from './generated/types.ts';
import { Refusal } from './refusal.ts';

/** The API, typed by its own description. */
export type Api = Client<paths>;

/** The API in the name of who is signed in. A request that meets the end of the session waits for the next one. */
export function openApi(session: Session): Api {
  return createClient<paths>({
    baseUrl: window.location.origin,
    async fetch(request) {
      const token = await session.token();
      const response = await send(request.clone(), token);
      if (response.status !== 401) return response;
      return await send(request, await session.token(token));
    },
  });
}

async function send(request: Request, token: string): Promise<Response> {
  request.headers.set('authorization', `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch {
    throw new Error(i18next.t('saving.offline'));
  }
}

/** What an answer holds, and its ETag. Throws a Refusal where the API refused. */
export async function taken<Data>(
  answering: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<{ readonly data: Data; readonly etag: string }> {
  const { data, error, response } = await answering;
  if (!response.ok) throw new Refusal(response.status, error as Partial<Problem> | undefined);
  // An answer without a body, such as that to a delete, is typed as one without data.
  return { data: data as Data, etag: response.headers.get('etag') ?? '' };
}

/** All entries of a list, page by page. */
export async function whole<Entry>(
  page: (after: string | undefined) => Promise<{ items: readonly Entry[]; next?: string }>,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await page(after);
    entries.push(...items);
    after = next;
  } while (after !== undefined);
  return entries;
}

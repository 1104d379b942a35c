import type { Client } from 'openapi-fetch';
import type { FlowRow, Problem, paths } from './generated/types.ts';
import { Refusal } from './refusal.ts';

/** The API, typed by its own description. */
export type Api = Client<paths>;

/** What an answer holds, its headers, and its ETag. Throws a Refusal if the API refused. */
export async function unwrap<Data>(
  answering: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<{ readonly data: Data; readonly etag: string; readonly headers: Headers }> {
  const { data, error, response } = await answering;
  if (!response.ok) throw new Refusal(response.status, error as Partial<Problem> | undefined);
  // An answer without a body, such as that to a delete, is typed as one without data.
  const { headers } = response;
  return { data: data as Data, etag: headers.get('etag') ?? '', headers };
}

/** What the list says of a flow, from the headers that come with its draft; `undefined` if something on the way took it out. */
export function flowState(headers: Headers): FlowRow | undefined {
  const state = headers.get('flow-state');
  return state === null ? undefined : (JSON.parse(state) as FlowRow);
}

/** All entries of a list, page by page. */
export async function allPages<Entry>(
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

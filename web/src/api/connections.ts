import { type Api, allPages, unwrap } from './answers.ts';
import type { Connection } from './generated/types.ts';
import type { Replaces, Tagged } from './tagged.ts';

/** All connections; the values of their headers are hidden. */
export function listConnections(api: Api): Promise<Connection[]> {
  return allPages(async (after) => {
    const query = { limit: 100, ...(after === undefined ? {} : { after }) };
    return (await unwrap(api.GET('/api/connections', { params: { query } }))).data;
  });
}

/** A connection as it is stored; the values of its headers are hidden. Throws a Refusal. */
export function readConnection(api: Api, id: string): Promise<Tagged<Connection>> {
  return unwrap(api.GET('/api/connections/{id}', { params: { path: { id } } }));
}

/** Creates a connection, or sets all of it; a header whose value is `…` keeps its old one. Throws a Refusal. */
export async function putConnection(
  api: Api,
  id: string,
  body: Pick<Connection, 'name' | 'url' | 'headers'>,
  header: Replaces,
): Promise<Connection> {
  return (await unwrap(api.PUT('/api/connections/{id}', { params: { path: { id }, header }, body }))).data;
}

/** Makes one request. Throws a Refusal. */
export async function tryConnection(
  api: Api,
  id: string,
  body: { readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'; readonly path: string; readonly body?: unknown },
) {
  return (
    await unwrap(api.POST('/api/connections/{id}/try', { params: { path: { id } }, body: body as never }))
  ).data;
}

/** Deletes a connection. Throws a Refusal. */
export async function deleteConnection(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE('/api/connections/{id}', { params: { path: { id } } }));
}

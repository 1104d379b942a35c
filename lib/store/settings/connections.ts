import { Failure } from '../../errors.ts';
import { type Item, numberOf, textOf } from '../table/item.ts';
import { connectionKey, connectionsPk, keyOf } from '../table/keys.ts';
import { type Page, type Paging, type Partition, page } from '../table/page.ts';
import { changeIf, get, removeIf, type Table } from '../table/table.ts';

/** The shape of a connection's id. */
export const connectionId = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** An HTTP service that flows can send requests to. The values of its headers are secret. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  /** The base URL, without a slash at the end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A connection in the table. */
export interface StoredConnection extends Connection {
  /** Counts the changes, to detect concurrent ones. */
  readonly edit: number;
}

/** A connection (consistent read); `undefined` if there is none. */
export async function fetchConnection(
  table: Table,
  id: string,
  signal?: AbortSignal,
): Promise<StoredConnection | undefined> {
  const item = await get(table, connectionKey(id), { signal });
  return item === undefined ? undefined : connectionOf(item);
}

/** Creates a connection, or changes `before`. Throws `connection-raced` if it was changed since `before` was read. */
export async function storeConnection(
  table: Table,
  { id, name, url, headers }: Connection,
  before: StoredConnection | undefined,
): Promise<void> {
  const edit = (before?.edit ?? 0) + 1;
  const values = { name, url, headers: JSON.stringify(headers), edit, was: before?.edit };
  const write = {
    change: 'SET #name = :name, #url = :url, #headers = :headers, #edit = :edit',
    when: before === undefined ? 'attribute_not_exists(#pk)' : '#edit = :was',
    values,
  };
  const { done } = await changeIf(table, connectionKey(id), write, (item) => {
    return (
      numberOf(item ?? {}, 'edit') === edit &&
      (['name', 'url', 'headers'] as const).every((field) => item?.[field]?.S === values[field])
    );
  });
  if (!done) throw connectionRaced(id);
}

/** Deletes a connection. Throws `connection-raced` if it was changed meanwhile. */
export async function removeConnection(table: Table, before: StoredConnection): Promise<void> {
  const only = { when: '#edit = :edit', values: { edit: before.edit } };
  const { done } = await removeIf(table, connectionKey(before.id), only, (item) => item === undefined);
  if (!done) throw connectionRaced(before.id);
}

/** A page of connections, by id. Throws `cursor-foreign`. */
export function fetchConnections(table: Table, paging: Paging = {}): Promise<Page<StoredConnection>> {
  return page(table, list, connectionOf, paging);
}

const list: Partition = { name: 'connections', pk: connectionsPk, place: connectionId };

function connectionOf(item: Item): StoredConnection {
  return {
    id: keyOf(item).sk,
    name: textOf(item, 'name'),
    url: textOf(item, 'url'),
    headers: JSON.parse(textOf(item, 'headers')),
    edit: numberOf(item, 'edit') ?? 0,
  };
}

function connectionRaced(id: string): Failure {
  return new Failure(
    'connection-raced',
    `The connection ${id} was changed at the same time: read it and try again.`,
  );
}

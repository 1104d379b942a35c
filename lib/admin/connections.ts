import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { Failure, InternalError } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import { firstCharacters } from '../flow/length.ts';
import { isRequestPath } from '../flow/request.ts';
import { isNestedDeeper } from '../flow/size.ts';
import { hostOf, isLoopback, isPublic } from '../outbound/address.ts';
import {
  type Connection,
  fetchConnection,
  fetchConnections,
  removeConnection,
  type StoredConnection,
  storeConnection,
} from '../store/settings/connections.ts';
import { collectPage, type Page, type Paging } from '../store/table/page.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { wrong } from './input.ts';
import { type Precondition, refuseUnexpected, revisionOf } from './revision.ts';
import { type Usage, usageOf, usageText } from './usage.ts';

/** A connection as it is shown: the values of its headers are hidden. */
export interface ShownConnection extends Connection {
  /** The flows that use it. */
  readonly usedBy: readonly Usage[];
}

/** The answer of a service to an admin's trial request; `json` is left out if it was not JSON, or nests too deep. */
export interface TriedRequest {
  readonly status: number;
  readonly json?: unknown;
}

/** Shown in place of a header's value. Written back, it keeps the stored value. */
const hidden = '…';

/** The time limit of a trial request, in milliseconds. */
const tryMs = 8000;

/** The connections, by id. */
export async function listConnections(admin: Admin, paging: Paging = {}): Promise<Page<ShownConnection>> {
  const { items, ...rest } = await fetchConnections(admin.table, paging);
  const usages = await usageOf(admin, 'connections');
  return { items: items.map((each) => ({ ...shown(each), usedBy: usages.get(each.id) ?? [] })), ...rest };
}

/** A connection. Throws `connection-missing`. */
export async function readConnection(admin: Admin, id: string): Promise<ShownConnection> {
  const connection = await needConnection(admin, id);
  return { ...shown(connection), usedBy: (await usageOf(admin, 'connections')).get(id) ?? [] };
}

/** The revision of a connection as it is shown: values of headers do not count. */
export function connectionRevision(connection: Connection): string {
  return revisionOf(shown(connection));
}

/**
 * Creates or replaces a connection; a header whose value is `…` keeps the stored one. Throws `bad-input`, also if the URL points to
 * another place and a value is not given again; `settings-stale` or `settings-taken` if it may not replace what is stored;
 * `connection-raced`.
 */
export async function putConnection(
  admin: Admin,
  { id, name, url, headers }: Connection,
  mayReplace?: Precondition,
): Promise<ShownConnection> {
  refuseHeaders(headers);
  const before = await fetchConnection(admin.table, id);
  const normal = readUrl(url, admin.loopback === true);
  const after = { id, name, url: normal, headers: filledIn(headers, normal, before) };
  if (before === undefined || !isSame(before, after)) {
    refuseUnexpected(`connection ${id}`, before && connectionRevision(before), mayReplace);
    const intent: Intent = {
      did: before === undefined ? 'create' : 'change',
      what: `connection ${id}`,
      ...defined({ before: before === undefined ? undefined : shown(before) }),
      after: shown(after),
    };
    await audited(admin, intent, () => storeConnection(admin.table, after, before));
  }
  return await readConnection(admin, id);
}

/** Deletes a connection. Throws `connection-missing`; `connection-used` while a draft, or a version that callers may be in, uses it; `connection-raced`. */
export async function deleteConnection(admin: Admin, id: string): Promise<void> {
  const before = await needConnection(admin, id);
  const usages = (await usageOf(admin, 'connections')).get(id);
  if (usages !== undefined) {
    const message = `${id} is used by ${usageText(usages)}. Let these flows ask another connection first.`;
    throw new Failure('connection-used', message);
  }
  const intent: Intent = { did: 'delete', what: `connection ${id}`, before: shown(before) };
  await audited(admin, intent, () => removeConnection(admin.table, before));
}

/** Makes one trial request and returns the answer. The audit has its method and path. Throws `bad-input`, `connection-missing`, `connection-failed`. */
export async function tryConnection(
  admin: Admin,
  id: string,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body?: unknown },
): Promise<TriedRequest> {
  const connection = await needConnection(admin, id);
  const { outbound } = admin;
  if (!isRequestPath(path))
    throw unfit('path', 'must be a path such as /orders/1234, without spaces, backslash, `#` and `..`');
  if (outbound === undefined) throw new Failure('connection-failed', 'Nothing can be asked from here.');
  const request = {
    // A connection that the service closed meanwhile may have it sent again.
    ...{ method, path, idempotencyKey: randomUUID() },
    ...(body === undefined || method === 'GET' ? {} : { body: JSON.stringify(body) }),
  };
  const intent: Intent = { did: 'try', what: `connection ${id}`, after: { method, path } };
  const send = () => sent(() => outbound.send(connection, request, AbortSignal.timeout(tryMs)));
  const answer = await audited(admin, intent, send);
  // The audit keeps the trial: the service may have got the request.
  if ('fault' in answer) throw new Failure('connection-failed', answer.fault.message);
  return { status: answer.status, ...defined({ json: jsonOf(answer.text) }) };
}

/** The ids of all connections. */
export async function connectionIds({ table }: Admin): Promise<Set<string>> {
  const connections = await collectPage((paging) => fetchConnections(table, paging));
  return new Set(connections.map(({ id }) => id));
}

async function sent<Answer>(
  send: () => Promise<Answer>,
): Promise<Answer | { readonly fault: InternalError }> {
  try {
    return await send();
  } catch (fault) {
    if (!(fault instanceof InternalError)) throw fault;
    return { fault };
  }
}

/** The JSON of an answer; `undefined` if it is not JSON, or nests deeper than the API can answer. */
function jsonOf(text: string): unknown {
  try {
    // A flow reads what stands behind a byte order mark, too.
    const json: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return isNestedDeeper(json) ? undefined : json;
  } catch {
    return undefined;
  }
}

async function needConnection({ table }: Admin, id: string): Promise<StoredConnection> {
  const connection = await fetchConnection(table, id);
  if (connection === undefined) throw new Failure('connection-missing', `There is no connection "${id}".`);
  return connection;
}

function shown({ id, name, url, headers }: Connection): Connection {
  const names = Object.keys(headers).sort();
  return { id, name, url, headers: Object.fromEntries(names.map((each) => [each, hidden])) };
}

function isSame(one: Connection, other: Connection): boolean {
  const text = ({ name, url, headers }: Connection) =>
    JSON.stringify([name, url, Object.entries(headers).sort()]);
  return text(one) === text(other);
}

/** The headers, with stored values filled in for `…`: only if the URL points to the same place. */
function filledIn(
  headers: Connection['headers'],
  url: string,
  before: Connection | undefined,
): Record<string, string> {
  const old = new Map(
    Object.entries(before?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const isThere = before !== undefined && new URL(before.url).origin === new URL(url).origin;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (value !== hidden) return [name, value];
      const kept = old.get(name.toLowerCase());
      const field = `headers.${name}`;
      if (kept === undefined) throw unfit(field, 'has no value to keep: write it');
      if (!isThere)
        throw unfit(field, 'is not sent to another place: write its value again, as the URL has changed');
      return [name, kept];
    }),
  );
}

/** Headers that each request sets itself. */
const ownHeaders =
  /^(?:host|connection|content-length|content-type|transfer-encoding|te|trailer|upgrade|expect|idempotency-key|proxy-.*)$/i;

function refuseHeaders(headers: Connection['headers']): void {
  const names = Object.keys(headers);
  if (names.length > 20) throw unfit('headers', 'has more than 20 headers');
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length)
    throw unfit('headers', 'names a header twice: keep one of them');
  for (const [name, value] of Object.entries(headers)) {
    const field = `headers.${firstCharacters(name, 80)}`;
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name))
      throw unfit(field, 'is not the name of a header, such as Authorization');
    if (ownHeaders.test(name)) throw unfit(field, 'is a header that each request sets itself: leave it out');
    if (value !== hidden && !/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value))
      throw unfit(field, 'must be visible ASCII characters without a line break');
  }
}

/** The URL as it is stored, without a slash at its end. Throws `bad-input`. */
function readUrl(text: string, loopback: boolean): string {
  if (!URL.canParse(text) || /[\s\\\p{Cc}]/u.test(text)) {
    throw unfit('url', 'is not a URL: write it as in https://crm.example.com/v1');
  }
  const url = new URL(text);
  const host = hostOf(url);
  const isHere = loopback && (host === 'localhost' || isLoopback(host));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere))
    throw unfit('url', 'must begin with https://');
  if (isIP(host) !== 0 && !isHere && !isPublic(host))
    throw unfit('url', 'points to no public address: name another host');
  if (url.username !== '' || url.password !== '')
    throw unfit('url', 'holds a user or a password: write them into a header');
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text))
    throw unfit('url', 'has a query or a fragment: write the query into the path of the request');
  return url.href.replace(/\/+$/, '');
}

/** The error `bad-input` for a field that has the right shape but an invalid value. */
function unfit(field: string, message: string): Failure {
  return wrong(field, message, 'bad-connection');
}

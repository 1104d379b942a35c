import * as v from 'valibot';
import { ConnectionInput, TryInput } from '../../admin/connectionInput.ts';
import {
  connectionRevision,
  deleteConnection,
  listConnections,
  putConnection,
  readConnection,
  type ShownConnection,
  tryConnection,
} from '../../admin/connections.ts';
import { pageOf, paging } from '../../admin/input.ts';
import { connectionId } from '../../store/settings/connections.ts';
import { ConnectionSchema, TriedSchema } from '../connectionSchemas.ts';
import { preconditionIn, preconditions, settingsTag, tagged } from '../etag.ts';
import { defineRoute } from '../route.ts';
import type { ApiReply } from '../serve.ts';

const id = v.pipe(
  v.string('must be the id of a connection'),
  v.regex(
    connectionId,
    'must be 1 to 40 small letters, digits and hyphens, and begin with a letter or digit',
  ),
  v.description('The id of the connection'),
);

const example = {
  name: 'CRM',
  url: 'https://crm.example.com/v1',
  headers: { Authorization: 'Bearer s3cret' },
};
const exampleShown = { id: 'crm', ...example, headers: { Authorization: '…' }, usedBy: [] };

/** The calls for connections. */
export const connectionRoutes = [
  defineRoute('GET /api/connections', {
    id: 'listConnections',
    summary: 'The connections, by id',
    query: paging,
    answer: {
      status: 200,
      about: 'A page of connections',
      schema: pageOf(ConnectionSchema),
      example: { items: [exampleShown] },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await listConnections(admin, query) }),
  }),
  defineRoute('GET /api/connections/{id}', {
    id: 'readConnection',
    summary: 'A connection; the values of its headers are hidden',
    path: { id },
    missing: 'connection-missing',
    answer: {
      status: 200,
      about: 'The connection',
      schema: ConnectionSchema,
      example: exampleShown,
      headers: settingsTag,
    },
    errors: ['connection-missing'],
    run: async (admin, { path }) => shown(await readConnection(admin, path.id)),
  }),
  defineRoute('PUT /api/connections/{id}', {
    id: 'putConnection',
    summary: 'Create a connection, or replace all of one',
    about:
      'A header whose value is `…` keeps its old one. If scheme, host or port of the URL change, every value must be given again.',
    path: { id },
    headers: preconditions,
    body: { schema: ConnectionInput, example },
    answer: {
      status: 200,
      about: 'The stored connection',
      schema: ConnectionSchema,
      example: exampleShown,
      headers: settingsTag,
    },
    errors: ['settings-stale', 'settings-taken', 'connection-raced'],
    run: async (admin, { path, headers: sent, body: { headers = {}, ...body } }) =>
      shown(await putConnection(admin, { id: path.id, ...body, headers }, preconditionIn(sent))),
  }),
  defineRoute('DELETE /api/connections/{id}', {
    id: 'deleteConnection',
    summary: 'Delete a connection',
    about: 'Refused while a draft, or a version that callers may be in, uses it.',
    path: { id },
    missing: 'connection-missing',
    answer: { status: 204, about: 'It is deleted' },
    errors: ['connection-missing', 'connection-used', 'connection-raced'],
    async run(admin, { path }) {
      await deleteConnection(admin, path.id);
      return { status: 204 };
    },
  }),
  defineRoute('POST /api/connections/{id}/try', {
    id: 'tryConnection',
    summary: 'Make one request, and see what the service answers',
    about:
      'It has an `Idempotency-Key` of its own: over a connection that the service closes, it may be sent twice.',
    path: { id },
    missing: 'connection-missing',
    body: { schema: TryInput, example: { method: 'GET', path: '/orders/1234' } },
    answer: {
      status: 200,
      about: 'The answer of the service',
      schema: TriedSchema,
      example: { status: 200, json: { state: 'shipped' } },
    },
    errors: ['connection-missing', 'connection-failed'],
    run: async (admin, { path, body }) => ({ status: 200, body: await tryConnection(admin, path.id, body) }),
  }),
];

function shown(connection: ShownConnection): ApiReply {
  return tagged(connectionRevision(connection), connection);
}

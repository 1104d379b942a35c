import * as v from 'valibot';
import type { Admin } from '../../admin/admin.ts';
import { affectedBy } from '../../admin/affected.ts';
import { needFlow } from '../../admin/flows.ts';
import { count, counted, pageOf, paging } from '../../admin/input.ts';
import { listVersions, publish, Reason, readVersion, setLive, VersionNote } from '../../admin/publish.ts';
import { Failure } from '../../errors.ts';
import { FlowId } from '../../flow/flow.ts';
import { expectedIn } from '../etag.ts';
import { exampleFlow } from '../examples.ts';
import { PublishedSchema } from '../recordSchemas.ts';
import { defineRoute } from '../route.ts';
import { FlowSchema, VersionSchema } from '../schemas.ts';

const id = v.pipe(FlowId, v.description('The id of the flow'));
const number = count(1, 999_999_999);

/** The answer for a version that was made live. */
async function publishedOf(admin: Admin, id: string, version: number) {
  const affected = await affectedBy(admin, id);
  return affected.length === 0 ? { version } : { version, affected };
}

/** The calls that publish flows and make versions live. */
export const versionRoutes = [
  defineRoute('POST /api/flows/{id}/publish', {
    id: 'publishFlow',
    summary: 'Publish the draft as the next version and make it live',
    about:
      'Running calls keep their version. The call scripts of the draft, and of live flows that enter it, are played; if one fails, nothing is published, unless an admin gives a reason in `despite`.',
    path: { id },
    missing: 'flow-missing',
    headers: {
      'If-Match': {
        about:
          'The ETag of the draft that was read, so that only this draft is published; if left out, any draft',
        optional: true,
      },
    },
    body: {
      schema: v.optional(
        v.strictObject({
          note: v.exactOptional(VersionNote),
          despite: v.exactOptional(
            v.pipe(Reason, v.description('Why it is published even if call scripts fail; the admin’s')),
          ),
        }),
      ),
      example: { note: 'Opening hours for the summer' },
      optional: true,
    },
    answer: {
      status: 201,
      about: 'The version that is live now, and the live flows that have problems because of it',
      schema: PublishedSchema,
      example: { version: 2 },
      headers: { Location: 'The path of the version' },
    },
    errors: ['flow-missing', 'flow-invalid', 'draft-unchanged', 'publish-raced', 'draft-stale'],
    async run(admin, { path, headers, body, caller }) {
      const { note, despite } = body ?? {};
      if (despite !== undefined && caller?.roles.includes('admin') !== true) {
        throw new Failure('role-too-small', 'To publish although call scripts fail takes the role admin.');
      }
      const expected = expectedIn(headers, (await needFlow(admin, path.id)).draft.revision);
      const { version } = await publish(admin, path.id, { note, despite, expected });
      const location = `/api/flows/${path.id}/versions/${version}`;
      return { status: 201, headers: { location }, body: await publishedOf(admin, path.id, version) };
    },
  }),
  defineRoute('GET /api/flows/{id}/versions', {
    id: 'listVersions',
    summary: 'The versions of a flow, newest first',
    path: { id },
    missing: 'flow-missing',
    query: paging,
    answer: {
      status: 200,
      about: 'A page of versions',
      schema: pageOf(VersionSchema),
      example: {
        items: [
          {
            version: 2,
            at: '2026-07-01T09:30:00.000Z',
            by: 'ann',
            note: 'Opening hours for the summer',
            name: 'Front desk',
            language: 'en-GB',
            nodes: 3,
          },
        ],
        next: 'dmVyc2lvbnMgb2YgZnJvbnQtZGVzawoy',
      },
    },
    errors: ['flow-missing'],
    run: async (admin, { path, query }) => ({ status: 200, body: await listVersions(admin, path.id, query) }),
  }),
  defineRoute('GET /api/flows/{id}/versions/{n}', {
    id: 'readVersion',
    summary: 'A version as it was published',
    path: {
      id,
      n: v.pipe(counted(1, 999_999_999), v.description('The number of the version')),
    },
    missing: 'version-missing',
    answer: { status: 200, about: 'The frozen document', schema: FlowSchema, example: exampleFlow },
    errors: ['flow-missing', 'version-missing'],
    run: async (admin, { path }) => ({ status: 200, body: await readVersion(admin, path.id, path.n) }),
  }),
  defineRoute('PUT /api/flows/{id}/live', {
    id: 'setLive',
    summary: 'Make another version live: roll back or forward',
    path: { id },
    missing: 'flow-missing',
    body: { schema: v.strictObject({ version: number }), example: { version: 1 } },
    answer: {
      status: 200,
      about: 'The version that is live now, and the live flows that have problems because of it',
      schema: PublishedSchema,
      example: { version: 1 },
    },
    errors: ['flow-missing', 'version-missing', 'publish-raced'],
    async run(admin, { path, body }) {
      const { version } = await setLive(admin, path.id, body.version);
      return { status: 200, body: await publishedOf(admin, path.id, version) };
    },
  }),
];

import * as v from 'valibot';
import { listDeleted, restoreFlow } from '../../admin/deleted.ts';
import { factsOf } from '../../admin/facts.ts';
import {
  createFlow,
  type FlowRow,
  hideFlow,
  listFlows,
  needFlow,
  readDraft,
  saveDraft,
} from '../../admin/flows.ts';
import { pageOf, paging, wrong } from '../../admin/input.ts';
import { check } from '../../engine/check.ts';
import { Failure } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { FlowId, flowHead, longestFlowName } from '../../flow/flow.ts';
import { nameText } from '../../flow/name.ts';
import { Language } from '../../flow/prompt.ts';
import { expectedIn } from '../etag.ts';
import { exampleDraft, exampleFlow } from '../examples.ts';
import { DetailSchema } from '../recordSchemas.ts';
import { defineRoute } from '../route.ts';
import { DraftSchema as DraftDocument, FlowRowSchema } from '../schemas.ts';
import type { ApiReply } from '../serve.ts';

const id = v.pipe(FlowId, v.description('The id of the flow'));

const told = {
  ETag: 'Names the revision of the draft: give it as `If-Match` when you save',
  'Flow-State': 'The same as the list says of the flow, as JSON with `\\u` escapes for what is not ASCII',
};

/** The most flows in one answer: a row takes about 1 KB, and a function's answer may have 6 MB. */
const maxRows = 2000;

/**
 * The most bytes of a body with a flow: 1 MB of UTF-8 takes up to 3 MB if every character is escaped as `\u`. A function
 * accepts an event of 6 MB in all.
 */
const maxDocumentBytes = 4 * 1024 * 1024;

const exampleRow = {
  id: 'phone-experience',
  name: '电话体验IVR',
  revision: '00000002-5f0c1a2b3c4d',
  savedAt: '2026-07-01T09:30:00.000Z',
  savedBy: 'ann',
  live: 1,
  newest: 1,
  changed: true,
  errors: 0,
};

/** The calls for flows and drafts. */
export const flowRoutes = [
  defineRoute('GET /api/flows', {
    id: 'listFlows',
    summary: 'The flows, by id',
    about: 'With `all` there is one page of up to 2,000.',
    query: {
      ...paging,
      all: v.exactOptional(
        v.pipe(
          v.picklist(['true', 'false'], 'must be true or false'),
          v.description('All flows, up to 2,000, whatever `limit` says'),
        ),
      ),
      deleted: v.exactOptional(
        v.pipe(
          v.picklist(['true', 'false'], 'must be true or false'),
          v.description('List deleted flows that can be restored, instead of the others'),
        ),
      ),
    },
    answer: {
      status: 200,
      about: 'A page of flows',
      schema: pageOf(FlowRowSchema),
      example: {
        items: [exampleRow],
      },
    },
    errors: [],
    async run(admin, { query: { all, deleted, ...query } }) {
      const page = all === 'true' ? { ...query, limit: maxRows } : query;
      const list = deleted === 'true' ? listDeleted : listFlows;
      return { status: 200, body: await list(admin, page) };
    },
  }),
  defineRoute('POST /api/flows', {
    id: 'createFlow',
    summary: 'Create a draft with a start node',
    body: {
      schema: v.strictObject({
        name: nameText(longestFlowName),
        id: v.exactOptional(v.pipe(FlowId, v.description('Made from the name if left out'))),
        language: v.exactOptional(
          v.pipe(Language, v.description('Of its texts (BCP 47)')),
          flowHead.language.default,
        ),
      }),
      example: { name: 'Front desk', id: 'front-desk', language: 'en-GB' },
    },
    answer: {
      status: 201,
      about: 'The draft',
      schema: DraftDocument,
      example: exampleDraft,
      headers: { ...told, Location: 'The path of the flow' },
    },
    errors: ['flow-taken', 'flow-deleted', 'flow-invalid'],
    async run(admin, { body: { name, id: wanted, language } }) {
      const { document, ...row } = await createFlow(admin, {
        name,
        language,
        ...defined({ id: wanted }),
      });
      const { headers, body } = shown(row, document);
      return { status: 201, headers: { ...headers, location: `/api/flows/${row.id}` }, body };
    },
  }),
  defineRoute('GET /api/flows/{id}', {
    id: 'readFlow',
    summary: 'The draft of a flow',
    path: { id },
    missing: 'flow-missing',
    answer: { status: 200, about: 'The draft', schema: DraftDocument, example: exampleFlow, headers: told },
    errors: ['flow-missing'],
    async run(admin, { path }) {
      const { document, ...row } = await readDraft(admin, path.id);
      return shown(row, document);
    },
  }),
  defineRoute('PUT /api/flows/{id}', {
    id: 'saveFlow',
    summary: 'Save the draft of a flow',
    about: 'It may be incomplete. A document without the shape of a flow is refused with its problems.',
    path: { id },
    missing: 'flow-missing',
    headers: {
      'If-Match': {
        about: 'The ETag of the draft that was read, so that nobody overwrites what they have not seen',
      },
    },
    body: { schema: DraftDocument, example: exampleFlow, maxBytes: maxDocumentBytes },
    answer: {
      status: 200,
      about: 'The stored draft',
      schema: DraftDocument,
      example: exampleFlow,
      headers: told,
    },
    errors: ['flow-missing', 'flow-invalid', 'flow-too-large', 'match-missing', 'draft-stale'],
    async run(admin, { path, headers, body }) {
      const expected = expectedIn(headers, (await needFlow(admin, path.id)).draft.revision);
      if (expected === undefined) {
        throw new Failure('match-missing', 'Send the ETag of the draft that you read as `If-Match`.');
      }
      if (!isOf(body, path.id)) throw wrong('id', `must be "${path.id}", as in the path`);
      return shown(await saveDraft(admin, body, { expected }), body);
    },
  }),
  defineRoute('DELETE /api/flows/{id}', {
    id: 'deleteFlow',
    summary: 'Hide a flow',
    about:
      'New calls do not enter it. Its versions are kept for a while, for calls that began with them. If interrupted, repeat it.',
    path: { id },
    missing: 'flow-missing',
    answer: { status: 204, about: 'It is hidden' },
    errors: ['flow-missing', 'flow-bound', 'flow-used'],
    async run(admin, { path }) {
      await hideFlow(admin, path.id);
      return { status: 204 };
    },
  }),
  defineRoute('POST /api/flows/{id}/restore', {
    id: 'restoreFlow',
    summary: 'Restore a deleted flow',
    about: 'With its draft, versions and call script; no version is live. If interrupted, repeat it.',
    path: { id },
    missing: 'flow-missing',
    answer: {
      status: 200,
      about: 'The flow, as in the list',
      schema: FlowRowSchema,
      example: exampleRow,
    },
    errors: ['flow-missing', 'flow-taken', 'flow-expired'],
    run: async (admin, { path }) => ({ status: 200, body: await restoreFlow(admin, path.id) }),
  }),
  defineRoute('POST /api/flows/check', {
    id: 'checkFlow',
    summary: 'The problems of a flow, saved or not',
    body: { schema: DraftDocument, example: exampleDraft, maxBytes: maxDocumentBytes },
    answer: {
      status: 200,
      about: 'Its problems, errors first; with only warnings it can be published',
      schema: v.object({ problems: v.array(DetailSchema) }),
      example: {
        problems: [
          {
            rule: 'unconnected-exit',
            severity: 'error',
            node: 'start',
            field: 'exits.next',
            message: 'The exit `next` leads nowhere: connect it to a node.',
          },
        ],
      },
    },
    errors: [],
    run: async (admin, { body }) => ({
      status: 200,
      body: { problems: check(body, await factsOf(admin, body)) },
    }),
  }),
];

/** The answer with a draft and its list row. */
function shown(row: FlowRow, body: unknown): ApiReply {
  return { status: 200, headers: { etag: `"${row.revision}"`, 'flow-state': asciiJson(row) }, body };
}

/** JSON in ASCII for a header: names of people and flows may have any characters. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isOf(document: unknown, id: string): boolean {
  // A document without an id, or a value that is not an object, gets all its problems instead.
  return typeof document !== 'object' || document === null || !('id' in document) || document.id === id;
}

import * as v from 'valibot';
import type { Reply } from '../../api.ts';
import { Failure } from '../../errors.ts';
import { FlowId, flowHead } from '../../flow/flow.ts';
import { Language } from '../../flow/prompt.ts';
import { draft, flow } from '../examples.ts';
import { factsOf } from '../facts.ts';
import { createFlow, type Draft, hideFlow, listFlows, needFlow, readDraft, saveDraft } from '../flows.ts';
import { label, pageOf, paging, wrong } from '../input.ts';
import { expectedIn } from '../match.ts';
import { checkFlow } from '../parse.ts';
import { defineRoute } from '../route.ts';
import { Detail, Draft as DraftDocument, FlowRow } from '../schemas.ts';

const id = v.pipe(FlowId, v.description('The id of the flow'));

const etag = { ETag: 'Names the revision of the draft: give it as `If-Match` when you save' };

/** The calls that draw flows. */
export const flowRoutes = [
  defineRoute('GET /api/flows', {
    id: 'listFlows',
    summary: 'The flows, by id',
    query: paging,
    answer: {
      status: 200,
      about: 'A page of flows',
      schema: pageOf(FlowRow),
      example: {
        items: [
          {
            id: 'phone-experience',
            name: '电话体验IVR',
            revision: '00000002-5f0c1a2b3c4d',
            savedAt: '2026-07-01T09:30:00.000Z',
            savedBy: 'ann',
            live: 1,
            newest: 1,
            changed: true,
          },
        ],
      },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await listFlows(admin, query) }),
  }),
  defineRoute('POST /api/flows', {
    id: 'createFlow',
    summary: 'Create a draft that holds the node a call begins at',
    body: {
      schema: v.strictObject({
        name: label(100),
        id: v.exactOptional(v.pipe(FlowId, v.description('Made from the name where it is left out'))),
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
      example: draft,
      headers: { ...etag, Location: 'The path of the flow' },
    },
    errors: ['flow-taken', 'flow-invalid'],
    async run(admin, { body: { name, id: wanted, language } }) {
      const created = await createFlow(admin, {
        name,
        language,
        ...(wanted === undefined ? {} : { id: wanted }),
      });
      const { status, headers, body } = shown(created, 201);
      return { status, headers: { ...headers, location: `/api/flows/${created.id}` }, body };
    },
  }),
  defineRoute('GET /api/flows/{id}', {
    id: 'readFlow',
    summary: 'The draft of a flow',
    path: { id },
    missing: 'flow-missing',
    answer: { status: 200, about: 'The draft', schema: DraftDocument, example: flow, headers: etag },
    errors: ['flow-missing'],
    run: async (admin, { path }) => shown(await readDraft(admin, path.id)),
  }),
  defineRoute('PUT /api/flows/{id}', {
    id: 'saveFlow',
    summary: 'Save the draft of a flow',
    about: 'It may be incomplete. What does not have the shape of a flow is refused with its problems.',
    path: { id },
    missing: 'flow-missing',
    headers: {
      'If-Match': {
        about: 'The ETag of the draft that was read, so that nobody overwrites what they have not seen',
      },
    },
    body: { schema: DraftDocument, example: flow },
    answer: {
      status: 200,
      about: 'The draft as it is now',
      schema: DraftDocument,
      example: flow,
      headers: etag,
    },
    errors: ['flow-missing', 'flow-invalid', 'flow-too-large', 'match-missing', 'draft-stale'],
    async run(admin, { path, headers, body }) {
      const expected = expectedIn(headers, (await needFlow(admin, path.id)).draft.revision);
      if (expected === undefined) {
        throw new Failure('match-missing', 'Send the ETag of the draft that you read as `If-Match`.');
      }
      if (!isOf(body, path.id)) throw wrong('id', `must be "${path.id}", as in the path`);
      const { revision } = await saveDraft(admin, body, { expected });
      return { status: 200, headers: { etag: `"${revision}"` }, body };
    },
  }),
  defineRoute('DELETE /api/flows/{id}', {
    id: 'deleteFlow',
    summary: 'Hide a flow',
    about: 'No new call takes it. Its versions stay for a while, for the calls that began with them.',
    path: { id },
    missing: 'flow-missing',
    answer: { status: 204, about: 'It is hidden' },
    errors: ['flow-missing', 'flow-bound'],
    async run(admin, { path }) {
      await hideFlow(admin, path.id);
      return { status: 204 };
    },
  }),
  defineRoute('POST /api/flows/check', {
    id: 'checkFlow',
    summary: 'All that is wrong with a flow, saved or not',
    body: { schema: DraftDocument, example: draft },
    answer: {
      status: 200,
      about: 'Its problems, errors first; with none but warnings it can be published',
      schema: v.object({ problems: v.array(Detail) }),
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
      body: { problems: checkFlow(body, await factsOf(admin)) },
    }),
  }),
];

function shown({ document, revision }: Draft, status = 200): Reply {
  return { status, headers: { etag: `"${revision}"` }, body: document };
}

function isOf(document: unknown, id: string): boolean {
  // A document without an id, or none at all, is told all that is wrong with it.
  return typeof document !== 'object' || document === null || !('id' in document) || document.id === id;
}

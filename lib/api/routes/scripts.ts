import * as v from 'valibot';
import { readScriptOf, saveScriptOf } from '../../admin/scripts.ts';
import { FlowId } from '../../flow/flow.ts';
import type { KeptScript } from '../../store/flows/scripts.ts';
import { expectedIn } from '../etag.ts';
import { defineRoute } from '../route.ts';
import type { ApiReply } from '../serve.ts';

const id = v.pipe(FlowId, v.description('The id of the flow'));

const told = { ETag: 'Names the script: give it as `If-Match` when you save' };

const example = '# A wrong key\n> arrived\n< gather 8s …\n> pressed 9\n< …\n= goes on\n';

const ScriptText = v.pipe(v.string(), v.description('Calls as docs/calls-txt.md describes them'));

const answer = {
  status: 200,
  about: 'The script; empty if there is none',
  schema: ScriptText,
  type: 'text/plain',
  example,
  headers: told,
} as const;

/** The calls for the call scripts of drafts. */
export const scriptRoutes = [
  defineRoute('GET /api/flows/{id}/calls-txt', {
    id: 'readCallScript',
    summary: 'The call script kept with the draft',
    path: { id },
    missing: 'flow-missing',
    answer,
    errors: ['flow-missing'],
    run: async (admin, { path }) => shown(await readScriptOf(admin, path.id)),
  }),
  defineRoute('PUT /api/flows/{id}/calls-txt', {
    id: 'saveCallScript',
    summary: 'Keep a call script with the draft',
    about:
      'Replaces the script; an empty body deletes it. A publish plays it, and stores it with the version.',
    path: { id },
    missing: 'flow-missing',
    headers: {
      'If-Match': {
        about: 'The ETag of the script that was read, so that nobody overwrites what they have not seen',
        optional: true,
      },
    },
    body: { schema: ScriptText, type: 'text/plain', example, optional: true },
    answer: { ...answer, about: 'The stored script' },
    errors: ['flow-missing', 'script-stale'],
    async run(admin, { path, headers, body }) {
      const expected =
        headers['if-match'] === undefined
          ? undefined
          : expectedIn(headers, (await readScriptOf(admin, path.id)).revision);
      return shown(await saveScriptOf(admin, path.id, body ?? '', expected));
    },
  }),
];

function shown({ text, revision }: KeptScript): ApiReply {
  const bytes = { type: 'text/plain; charset=utf-8', content: Buffer.from(text) };
  return { status: 200, headers: { etag: `"${revision}"` }, bytes };
}

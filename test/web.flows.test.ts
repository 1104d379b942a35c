import createClient from 'openapi-fetch';
import { expect, test } from 'vitest';
import type { Api } from '../web/src/api/answers.ts';
import { createFlow, duplicateFlow, readDraft, remoteOf } from '../web/src/api/flows.ts';
import type { paths } from '../web/src/api/generated/types.ts';
import { Refusal } from '../web/src/api/refusal.ts';
import type { InvalidDocument } from '../web/src/document/invaliddocument.ts';
import { setUpApi } from './kit/api.ts';
import { drawing } from './kit/sampleflows.ts';

const office = setUpApi();

/** The API as the console has it; `lost` says which requests find no network, `changed` what becomes of an answer. */
async function open(
  lost: (request: Request) => boolean = () => false,
  changed?: (document: Record<string, unknown>) => unknown,
): Promise<Api> {
  const token = await office.token(['editor'], 'ed');
  return createClient<paths>({
    baseUrl: office.url(),
    async fetch(request) {
      if (lost(request)) throw new Error('No network.');
      request.headers.set('authorization', `Bearer ${token}`);
      const response = await fetch(request);
      if (changed === undefined || request.method !== 'GET') return response;
      const { status, headers } = response;
      return Response.json(changed((await response.json()) as Record<string, unknown>), { status, headers });
    },
  });
}

const plan = { id: 'try', name: 'Try', language: 'en-US', document: drawing };

test('a flow whose document cannot be saved is not left half created: the same can be tried again', async () => {
  const broken = await open(({ method }) => method === 'PUT');
  await expect(createFlow(broken, plan)).rejects.toThrow('No network.');
  const api = await open();
  await expect(readDraft(api, 'try')).rejects.toMatchObject({ status: 404 });
  await createFlow(api, plan);
  const draft = await readDraft(api, 'try');
  expect(draft.flow).toEqual({ ...drawing, language: 'en-US' });
  await duplicateFlow(api, 'try', { id: 'copy', name: 'Copy' });
  expect((await readDraft(api, 'copy')).flow).toEqual({ ...draft.flow, id: 'copy', name: 'Copy' });
});

test('a document that the editor cannot show is told of with its problems and handed on whole', async () => {
  const odd = await open(undefined, (document) => ({
    ...document,
    nodes: { a: { type: 'play', label: 5 } },
  }));
  await createFlow(await open(), { ...plan, id: 'odd' });
  const error = (await readDraft(odd, 'odd').catch((thrown: unknown) => thrown)) as InvalidDocument;
  expect(error.name).toBe('Misshapen');
  expect(error.problems.map(({ node, field }) => [node, field])).toEqual([['a', 'label']]);
  expect(error.document).toMatchObject({ id: 'odd', nodes: { a: { label: 5 } } });
  await expect(readDraft(odd, 'none')).rejects.toBeInstanceOf(Refusal);
});

test('a call script is read, saved with its ETag, and saved over nothing that was not seen', async () => {
  const api = await open();
  await createFlow(api, { ...plan, id: 'scripted' });
  const { scripts } = remoteOf(api, 'scripted');
  if (scripts === undefined) throw new Error('Scripts cannot be kept.');
  const none = await scripts.read();
  expect(none.text).toBe('');
  const first = await scripts.save('# 一\n> arrived\n', none.etag);
  expect(await scripts.read()).toEqual(first);
  await expect(scripts.save('# Two\n', none.etag)).rejects.toMatchObject({ status: 412 });
  expect((await scripts.save('', first.etag)).text).toBe('');
  expect(await scripts.live('scripted')).toBeUndefined();
});

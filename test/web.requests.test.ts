import createClient from 'openapi-fetch';
import { beforeAll, describe, expect, test } from 'vitest';
import { saveDraft } from '../lib/admin/flows.ts';
import { listFlows, readDraft, remoteOf } from '../web/src/api/flows.ts';
import type { paths } from '../web/src/api/generated/types.ts';
import { setUpApi } from './kit/api.ts';
import { greeting } from './kit/sampleflows.ts';

const { admin, token, url, ask } = setUpApi();

/** The console's client, and the requests that it has sent. */
async function counted() {
  const sent: string[] = [];
  const bearer = `Bearer ${await token(['editor'], 'Ängström 安娜')}`;
  const api = createClient<paths>({
    baseUrl: url(),
    fetch(request) {
      sent.push(`${request.method} ${new URL(request.url).pathname}`);
      request.headers.set('authorization', bearer);
      return fetch(request);
    },
  });
  return { api, sent };
}

beforeAll(async () => {
  for (let count = 0; count < 252; count += 1) {
    const { end, ...nodes } = greeting(`flow-${count}`).nodes;
    const whole = count % 2 === 0 && end !== undefined ? { ...nodes, end } : nodes;
    await saveDraft(admin(), { ...greeting(`flow-${count}`), nodes: whole });
  }
});

describe('the console asks once', () => {
  test('for a list of 252 flows, with the errors that each has', async () => {
    const { api, sent } = await counted();
    const rows = await listFlows(api);
    expect(sent).toEqual(['GET /api/flows']);
    expect(rows).toHaveLength(252);
    const errors = (id: string) => rows.find((row) => row.id === id)?.errors;
    expect([errors('flow-0'), errors('flow-1')]).toEqual([0, 1]);
  });

  test('to open a flow, and once to save it; both tell what the list tells', async () => {
    const { api, sent } = await counted();
    const opened = await readDraft(api, 'flow-7');
    expect(sent.splice(0)).toEqual(['GET /api/flows/flow-7']);
    const row = async () => (await listFlows(api)).find(({ id }) => id === 'flow-7');
    const { flow, etag, ...told } = opened;
    const listed = await row();
    expect([etag, told]).toEqual([`"${listed?.revision}"`, listed]);
    expect(flow).toEqual({ ...greeting('flow-7'), nodes: flow.nodes });

    sent.splice(0);
    const saved = await remoteOf(api, 'flow-7').save(greeting('flow-7', 'New.'), etag);
    expect(sent).toEqual(['PUT /api/flows/flow-7']);
    const now = await row();
    expect(saved).toEqual({ outcome: 'saved', revision: { ...now, etag: `"${now?.revision}"` } });
    expect(now).toMatchObject({ errors: 0, changed: true, savedBy: 'Ängström 安娜' });
  });

  test('and once more only to learn that a publish has landed before', async () => {
    const { api, sent } = await counted();
    const remote = remoteOf(api, 'flow-8');
    const { etag } = await readDraft(api, 'flow-8');
    expect(await remote.publish('', etag)).toEqual({ outcome: 'published', version: 1 });
    sent.splice(0);
    expect(await remote.publish('', etag)).toEqual({ outcome: 'published', version: 1 });
    expect(sent).toEqual(['POST /api/flows/flow-8/publish', 'GET /api/flows/flow-8']);
    expect(await readDraft(api, 'flow-8')).toMatchObject({ live: 1, newest: 1, changed: false });
  });
});

describe('the list of flows', () => {
  test('gives pages unless all are asked for', async () => {
    const lengthOf = async (query: string) => (await ask('GET', `/api/flows${query}`)).body.items.length;
    expect(await lengthOf('')).toBe(50);
    expect(await lengthOf('?all=false&limit=3')).toBe(3);
    expect(await lengthOf('?all=true&limit=3')).toBe(252);
    const { body } = await ask('GET', '/api/flows?limit=100');
    expect(await lengthOf(`?all=true&after=${body.next}`)).toBe(152);
    expect((await ask('GET', '/api/flows?all=yes')).status).toBe(422);
  });
});

import { describe, expect, test } from 'vitest';
import { createAdmin } from '../lib/api/app.ts';
import type { Request } from '../lib/http.ts';
import { setUpApi } from './kit/api.ts';
import { greeting } from './kit/sampleflows.ts';

const { ask, admin, lines, token, url } = setUpApi();

/** Creates a flow with a draft that can be published; answers the draft's ETag. */
async function drawn(id: string, text = 'Hello.'): Promise<string> {
  const created = await ask('POST', '/api/flows', { name: `Flow ${id}`, id });
  return await saved(id, text, created.headers.get('etag') ?? '');
}

async function saved(id: string, text: string, etag: string): Promise<string> {
  const { status, headers } = await ask('PUT', `/api/flows/${id}`, greeting(id, text), { 'if-match': etag });
  expect(status).toBe(200);
  return headers.get('etag') ?? '';
}

/** What the API says of an error: its status, and the end of its type. */
async function refused(...request: Parameters<typeof ask>): Promise<[number, string]> {
  const { status, headers, body } = await ask(...request);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  return [status, body.type.replace(/^urn:branchline:error:/, '')];
}

describe('drafts', () => {
  test('a new flow holds its start, and tells where it is and what to match', async () => {
    const created = await ask('POST', '/api/flows', { name: 'Front desk', language: 'en-GB' });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      ...{ schema: 1, id: 'front-desk', name: 'Front desk', language: 'en-GB' },
      nodes: { start: { type: 'start', exits: {} } },
    });
    expect(created.headers.get('location')).toBe('/api/flows/front-desk');
    const read = await ask('GET', '/api/flows/front-desk');
    expect(read.body).toEqual(created.body);
    expect(read.headers.get('etag')).toBe(created.headers.get('etag'));
    expect(read.headers.get('etag')).toMatch(/^"[^"]+"$/);
    expect(await refused('POST', '/api/flows', { name: 'x', id: 'front-desk' })).toEqual([409, 'flow-taken']);
  });

  test('a save needs the ETag that was read, and gives the next one', async () => {
    const first = await drawn('match');
    const put = (etag?: string) =>
      refused('PUT', '/api/flows/match', greeting('match', 'Two.'), etag ? { 'if-match': etag } : {});
    expect(await put()).toEqual([428, 'match-missing']);
    const second = await saved('match', 'Two.', first);
    expect(second).not.toBe(first);
    for (const stale of [first, `W/${first}`, `w/${second}`, second.slice(1, -1), '"nonsense"', '""']) {
      expect([stale, await put(stale)]).toEqual([stale, [412, 'draft-stale']]);
    }
    const { headers, body } = await ask('GET', '/api/flows/match');
    expect([headers.get('etag'), body]).toEqual([second, greeting('match', 'Two.')]);
    const third = await saved('match', 'Three.', `"other", ${second}`);
    const weak = await saved('match', 'Weak.', `W/${third}`);
    await saved('match', 'Weak, too.', `"other", W/${weak}`);
    await saved('match', 'Four.', '*');
    expect(await put(third)).toEqual([412, 'draft-stale']);
    expect(await refused('PUT', '/api/flows/none', greeting('none'), { 'if-match': first })).toEqual([
      ...[404, 'flow-missing'],
    ]);
  });

  test('a save of what stands there already keeps the ETag: twice is once', async () => {
    const etag = await drawn('twice');
    expect(await saved('twice', 'Hello.', etag)).toBe(etag);
  });

  test('what is incomplete is kept, what has not the shape of a flow is told piece by piece', async () => {
    const etag = await drawn('sketch');
    const incomplete = { ...greeting('sketch'), nodes: { start: { type: 'start' }, lost: { type: 'play' } } };
    const kept = await ask('PUT', '/api/flows/sketch', incomplete, { 'if-match': etag });
    expect([kept.status, kept.body]).toEqual([200, incomplete]);
    const now = { 'if-match': kept.headers.get('etag') ?? '' };
    const odd = { ...incomplete, nodes: [], name: 7 };
    const answered = await ask('PUT', '/api/flows/sketch', odd, now);
    expect(answered).toMatchObject({ status: 422, body: { type: 'urn:branchline:error:flow-invalid' } });
    expect(answered.body.problems.map(({ field }: { field: string }) => field).sort()).toEqual([
      'name',
      'nodes',
    ]);
    const other = await ask('PUT', '/api/flows/sketch', { ...incomplete, id: 'other' }, now);
    expect(other).toMatchObject({ status: 422, body: { problems: [{ field: 'id' }] } });
    for (const none of [null, 7, [], 'x']) {
      expect((await ask('PUT', '/api/flows/sketch', JSON.stringify(none), now)).status).toBe(422);
    }
  });

  test('of two admins who save at once one is told to read again', async () => {
    const etag = await drawn('raced');
    const saves = await Promise.all(
      ['One.', 'Two.', 'Three.'].map((text) =>
        ask('PUT', '/api/flows/raced', greeting('raced', text), { 'if-match': etag }),
      ),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const winner = saves.find(({ status }) => status === 200);
    const { headers, body } = await ask('GET', '/api/flows/raced');
    expect([headers.get('etag'), body]).toEqual([winner?.headers.get('etag'), winner?.body]);
  });

  test('a node may be called constructor, but not __proto__', async () => {
    const etag = await drawn('names');
    const nodes = { constructor: { type: 'start', exits: { next: 'toString' } }, toString: { type: 'end' } };
    const whole = { ...greeting('names'), nodes };
    const { status, body } = await ask('PUT', '/api/flows/names', whole, { 'if-match': etag });
    expect([status, body.nodes]).toEqual([200, nodes]);
    for (const [key, value] of [
      ['__proto__', '{"type":"end"}'],
      ['constructor', '{"prototype":{}}'],
    ] as const) {
      const json = `{"schema":1,"id":"names","name":"N","nodes":{"${key}":${value}}}`;
      const refusal = (await ask('PUT', '/api/flows/names', json, { 'if-match': '*' })).body;
      expect(refusal.type).toBe('urn:branchline:error:bad-input');
      expect(refusal.problems).toMatchObject([{ rule: 'unknown', field: key }]);
    }
  });

  test('a check tells the problems of a flow that nobody saved', async () => {
    const fine = await ask('POST', '/api/flows/check', greeting('nowhere'));
    expect([fine.status, fine.body]).toEqual([200, { problems: [] }]);
    const transfer = { type: 'transfer', skillGroup: 'nobody', exits: { next: 'end' } };
    const flow = greeting('nowhere');
    const nodes = { ...flow.nodes, hello: { ...transfer, maxWaitSeconds: 1 } };
    const { body } = await ask('POST', '/api/flows/check', { ...flow, nodes });
    expect(body.problems.map(({ rule, severity }: Record<string, string>) => `${severity} ${rule}`)).toEqual([
      'error bad-value',
      'warning unknown-group',
      'warning silent-end',
    ]);
    expect((await ask('POST', '/api/flows/check', [])).body.problems).toHaveLength(1);
  });
});

describe('versions', () => {
  test('publishing freezes the draft; the same again is refused; callers can be rolled back', async () => {
    const etag = await drawn('shop');
    const first = await ask('POST', '/api/flows/shop/publish', { note: 'the first' });
    expect([first.status, first.body]).toEqual([201, { version: 1 }]);
    expect(first.headers.get('location')).toBe('/api/flows/shop/versions/1');
    expect(await refused('POST', '/api/flows/shop/publish')).toEqual([409, 'draft-unchanged']);
    await saved('shop', 'Two.', etag);
    expect((await ask('POST', '/api/flows/shop/publish')).body).toEqual({ version: 2 });
    const { body } = await ask('GET', '/api/flows/shop/versions');
    expect(body.items).toMatchObject([{ version: 2 }, { version: 1, by: 'ann', note: 'the first' }]);
    expect((await ask('GET', '/api/flows/shop/versions/1')).body).toEqual(greeting('shop'));
    const back = await ask('PUT', '/api/flows/shop/live', { version: 1 });
    expect([back.status, back.body]).toEqual([200, { version: 1 }]);
    const { body: flows } = await ask('GET', '/api/flows?limit=100');
    const row = flows.items.find(({ id }: { id: string }) => id === 'shop');
    expect(row).toMatchObject({ live: 1, newest: 2, changed: false, name: 'Flow shop' });
    expect(await refused('PUT', '/api/flows/shop/live', { version: 3 })).toEqual([404, 'version-missing']);
    for (const wrong of ['3', '0', 'x', '1.5']) {
      expect(await refused('GET', `/api/flows/shop/versions/${wrong}`)).toEqual([404, 'version-missing']);
    }
  });

  test('a publish that names the draft it has seen publishes no other', async () => {
    const seen = { 'if-match': await drawn('seen') };
    const etag = await saved('seen', 'Two.', seen['if-match']);
    expect(await refused('POST', '/api/flows/seen/publish', {}, seen)).toEqual([412, 'draft-stale']);
    expect((await ask('POST', '/api/flows/seen/publish', {}, { 'if-match': etag })).status).toBe(201);
  });

  test('a flow with errors is not published, and says why', async () => {
    await ask('POST', '/api/flows', { name: 'Empty', id: 'empty' });
    const { status, body } = await ask('POST', '/api/flows/empty/publish', {});
    expect(status).toBe(422);
    expect(body.problems).toContainEqual(
      expect.objectContaining({ node: 'start', field: 'exits.next', severity: 'error' }),
    );
    expect((await ask('GET', '/api/flows/empty/versions')).body).toEqual({ items: [] });
  });

  test('of two admins who publish at once one wins, and there is one version', async () => {
    await drawn('rush');
    const both = await Promise.all([1, 2].map(() => ask('POST', '/api/flows/rush/publish')));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await ask('GET', '/api/flows/rush/versions')).body.items).toHaveLength(1);
  });

  test('a deleted flow is hidden, but not while a number points at it', async () => {
    await drawn('gone');
    await ask('PUT', '/api/numbers/+15550111', { flow: 'gone' });
    expect(await refused('DELETE', '/api/flows/gone')).toEqual([409, 'flow-bound']);
    await ask('DELETE', '/api/numbers/+15550111');
    expect((await ask('DELETE', '/api/flows/gone')).status).toBe(204);
    for (const [method, path] of [
      ['GET', '/api/flows/gone'],
      ['DELETE', '/api/flows/gone'],
      ['POST', '/api/flows/gone/publish'],
      ['GET', '/api/flows/gone/versions'],
    ] as const) {
      expect(await refused(method, path)).toEqual([404, 'flow-missing']);
    }
  });
});

describe('what goes wrong', () => {
  test('a path that is not there, and a method that a path does not take', async () => {
    expect(await refused('GET', '/api/nothing')).toEqual([404, 'path-missing']);
    expect(await refused('GET', '/api/flows/a/b/c/d')).toEqual([404, 'path-missing']);
    const { status, headers, body } = await ask('DELETE', '/api/flows');
    expect([status, body.type]).toEqual([405, 'urn:branchline:error:method-refused']);
    expect(headers.get('allow')).toBe('GET, HEAD, POST');
    expect((await ask('PATCH', '/api/numbers/+15550100')).headers.get('allow')).toBe(
      'GET, HEAD, PUT, DELETE',
    );
  });

  test('a body that is no JSON, is not declared as such, is missing or too large', async () => {
    const post = (body: string | undefined, type = 'application/json') =>
      refused('POST', '/api/flows', body, { 'content-type': type });
    expect(await post('{"name":')).toEqual([400, 'not-json']);
    expect(await post('name=x', 'application/x-www-form-urlencoded')).toEqual([415, 'not-declared-json']);
    expect(await post(undefined)).toEqual([400, 'not-json']);
    expect(await post('"x"')).toEqual([422, 'bad-input']);
    expect(await post(`{"name":"${'x'.repeat(1024 * 1024)}"}`)).toEqual([413, 'body-too-large']);
    expect(await post(`{"name":"${'x'.repeat(1024 * 1024 - 11)}"}`)).toEqual([422, 'bad-input']);
    expect(await refused('POST', '/api/flows/none/publish', undefined)).toEqual([404, 'flow-missing']);
  });

  test('a field that is missing, unknown or wrong is named', async () => {
    const { body } = await ask('POST', '/api/flows', { id: 'No', colour: 'red' });
    expect(body.problems).toEqual([
      { rule: 'missing', severity: 'error', field: 'name', message: '`name` is missing.' },
      expect.objectContaining({ rule: 'bad-value', field: 'id' }),
      expect.objectContaining({ rule: 'unknown', field: 'colour' }),
    ]);
    for (const path of ['/api/flows', '/api/flows/none/publish']) {
      expect((await ask('POST', path, [])).body.problems).toMatchObject([{ rule: 'shape' }]);
    }
    for (const limit of ['0', '101', 'x', '-1', '1.5', '', '1,2']) {
      const answered = await ask('GET', `/api/flows?limit=${limit}`);
      expect([limit, answered.status, answered.body.problems?.[0]?.field]).toEqual([limit, 422, 'limit']);
    }
  });

  test('nothing that was typed stands in the log', async () => {
    await ask('POST', '/api/flows', { name: 'my secret text', id: 'x y' });
    await ask('GET', '/api/flows/my-secret-text?limit=my-secret');
    expect(lines()).toEqual([]);
  });

  test('a body may come in base64, and is UTF-8', async () => {
    const app = createAdmin({
      table: admin().table,
      retainDays: 90,
      now: () => new Date(),
      report: () => {},
    });
    const claims = { username: 'ann', token_use: 'access', 'cognito:groups': '[editor]' };
    const http = { method: 'POST', path: '/api/flows' };
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const requestContext = { http, authorizer: { jwt: { claims } } };
    const sent = async (bytes: Buffer) => {
      const body = bytes.toString('base64');
      const event = { version: '2.0', headers, requestContext, body, isBase64Encoded: true };
      return await app(event as unknown as Request);
    };
    expect((await sent(Buffer.from('{"name":"您好","id":"base64"}'))).statusCode).toBe(201);
    expect((await ask('GET', '/api/flows/base64')).body.name).toBe('您好');
    const broken = Buffer.from('{"name":"é","id":"latin"}', 'latin1');
    expect(JSON.parse((await sent(broken)).body ?? '')).toMatchObject({
      status: 400,
      title: expect.stringMatching('not JSON'),
    });
    const authorization = `Bearer ${await token()}`;
    const init = { method: 'POST', headers: { ...headers, authorization }, body: broken };
    const { status } = await fetch(`${url()}/api/flows`, init);
    expect([status, (await ask('GET', '/api/flows/latin')).status]).toEqual([400, 404]);
  });

  test('without what the gateway read in a token nobody gets anywhere', async () => {
    const app = createAdmin({
      table: admin().table,
      retainDays: 90,
      now: () => new Date(),
      report: () => {},
    });
    const http = { method: 'GET', path: '/api/flows' };
    const event = { version: '2.0', headers: {}, requestContext: { http } };
    expect((await app(event as unknown as Request)).statusCode).toBe(401);
  });

  test('every answer tells browsers to take it for nothing but what it is, and nobody to keep it', async () => {
    for (const path of ['/api/flows', '/api/nothing', '/api/openapi.json']) {
      const { headers } = await ask('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });
});

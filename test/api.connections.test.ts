import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { putConnection, tryConnection } from '../lib/admin/connections.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { createOutbound } from '../lib/outbound/outbound.ts';
import { createSend } from '../lib/outbound/send.ts';
import { setUpApi } from './kit/api.ts';
import { startServer, type TestServer } from './kit/server.ts';
import { setUpVoice } from './kit/voice.ts';
import { call, hear } from './kit/webhook.ts';

const { ask, token, send, lines, admin } = setUpApi();
const voice = setUpVoice();

const secret = 'Bearer s3cret-value';
const crm = { name: 'CRM', url: 'https://crm.example.com/v1', headers: { Authorization: secret } };
const put = (body: unknown, id = 'crm') => ask('PUT', `/api/connections/${id}`, body);

describe('a connection', () => {
  test('is created, read, listed, changed and deleted; its secrets come back nowhere', async () => {
    const shown = { id: 'crm', ...crm, headers: { Authorization: '…' }, usedBy: [] };
    expect(await put({ ...crm, url: `${crm.url}/` })).toMatchObject({ status: 200, body: shown });
    expect((await ask('GET', '/api/connections/crm')).body).toEqual(shown);
    expect((await ask('GET', '/api/connections')).body).toEqual({ items: [shown] });
    expect((await put({ ...crm, headers: { authorization: '…', 'X-Key': 'k3y' } })).body.headers).toEqual({
      'X-Key': '…',
      authorization: '…',
    });
    const audit = await ask('GET', '/api/audit');
    expect(audit.body.items).toMatchObject([{ did: 'change' }, { did: 'create' }]);
    expect(JSON.stringify([audit.body, lines()])).not.toMatch(/s3cret|k3y/);
    expect((await ask('DELETE', '/api/connections/crm')).status).toBe(204);
    expect((await ask('GET', '/api/connections/crm')).status).toBe(404);
    expect((await ask('DELETE', '/api/connections/crm')).status).toBe(404);
  });

  test('keeps no secret when it points to another place', async () => {
    await put(crm);
    for (const url of ['https://evil.example/v1', 'https://crm.example.com:444/v1']) {
      const refused = await put({ ...crm, url, headers: { Authorization: '…' } });
      expect(refused).toMatchObject({
        status: 422,
        body: { problems: [{ field: 'headers.Authorization' }] },
      });
      expect(JSON.stringify(refused.body)).not.toContain('s3cret');
    }
    const moved = { ...crm, url: 'https://crm.example.com/v2', headers: { Authorization: '…' } };
    expect((await put(moved)).status).toBe(200);
    expect((await put({ ...crm, headers: { 'X-New': '…' } })).status).toBe(422);
  });

  test.each<[string, object, string]>([
    ['http', { url: 'http://crm.example.com' }, 'url'],
    ['loopback, where the stack does not listen on it', { url: 'http://127.0.0.1:1' }, 'url'],
    ['a private address', { url: 'https://169.254.169.254' }, 'url'],
    ['loopback in decimal', { url: 'https://2130706433' }, 'url'],
    ['loopback in IPv6', { url: 'https://[::ffff:127.0.0.1]' }, 'url'],
    ['a user', { url: 'https://a:b@crm.example.com' }, 'url'],
    ['a query', { url: 'https://crm.example.com?key=1' }, 'url'],
    ['an empty query', { url: 'https://crm.example.com?' }, 'url'],
    ['a line break', { url: 'https://crm.example\r\n.com' }, 'url'],
    ['no URL', { url: 'crm' }, 'url'],
    ['a header of the request itself', { headers: { Host: 'evil' } }, 'headers'],
    ['a header with a line break', { headers: { 'X-Key': 'a\r\nHost: evil' } }, 'headers'],
    ['a list of headers', { headers: ['a'] }, 'headers'],
    ['an empty list of headers', { headers: [] }, 'headers'],
    ['a header twice', { headers: { 'X-Key': 'a', 'x-key': 'b' } }, 'headers'],
  ])('is refused with %s', async (_, wrong, field) => {
    const { status, body } = await put({ ...crm, ...wrong });
    expect({ status, field: body.problems[0].field.split('.')[0] }).toEqual({ status: 422, field });
  });

  test('is an admin’s to change and to try, and everybody’s to see', async () => {
    await put(crm);
    const editor = { token: await token(['editor']) };
    expect((await send('GET', '/api/connections/crm', editor)).status).toBe(200);
    expect((await send('PUT', '/api/connections/crm', { ...editor, body: crm })).status).toBe(403);
    const body = { method: 'GET', path: '/' };
    expect((await send('POST', '/api/connections/crm/try', { ...editor, body })).status).toBe(403);
  });

  test('cannot be deleted while a flow asks it', async () => {
    await put(crm, 'used');
    await ask('POST', '/api/flows', { name: 'Asks', id: 'asks' });
    const { headers } = await ask('GET', '/api/flows/asks');
    const flow = { ...askingFlow('used'), id: 'asks' };
    await ask('PUT', '/api/flows/asks', flow, { 'if-match': headers.get('etag') ?? '' });
    expect((await ask('DELETE', '/api/connections/used')).body).toMatchObject({
      type: 'urn:branchline:error:connection-used',
    });
    expect((await ask('GET', '/api/connections/used')).body.usedBy).toMatchObject([{ flow: 'asks' }]);
    expect((await ask('POST', '/api/flows/check', askingFlow('nowhere'))).body.problems).toMatchObject([
      { rule: 'unknown-connection', severity: 'warning' },
    ]);
  });

  test('that answers nothing is told, without its secrets', async () => {
    await put({ ...crm, url: 'https://crm.invalid' });
    const tried = await ask('POST', '/api/connections/crm/try', { method: 'GET', path: '/' });
    expect(tried).toMatchObject({ status: 502, body: { type: 'urn:branchline:error:connection-failed' } });
    const outside = await ask('POST', '/api/connections/crm/try', { method: 'GET', path: '/../x' });
    expect(outside.status).toBe(422);
    expect(JSON.stringify([tried.body, lines()])).not.toContain('s3cret');
    // The service may have got the request. That it failed is no error of the system.
    const { items } = (await ask('GET', '/api/audit')).body;
    expect(items[0]).toMatchObject({
      did: 'try',
      what: 'connection crm',
      after: { method: 'GET', path: '/' },
    });
    expect(lines().filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  /** Tries a connection to a service on this machine. */
  async function triedHere(serve: (request: IncomingMessage, response: ServerResponse) => void) {
    const server = await startServer(serve);
    servers.push(server);
    const send = createSend({ loopback: true });
    const outbound = createOutbound({ send, now: () => new Date(), onFault() {} });
    const local = { ...admin(), loopback: true, outbound };
    await putConnection(local, { id: 'near', ...crm, url: server.url });
    return (method: string, path: string) => tryConnection(local, 'near', { method, path, body: {} });
  }

  test('is tried: JSON is shown behind a byte order mark, too, and what nests too deep or is other text is not', async () => {
    const tried = await triedHere((request, response) => {
      const deep = '['.repeat(20_000) + ']'.repeat(20_000);
      response.end({ '/bom': '\ufeff{"tier":"gold"}', '/deep': deep }[request.url ?? ''] ?? 'gold');
    });
    expect(await tried('GET', '/bom')).toEqual({ status: 200, json: { tier: 'gold' } });
    expect(await tried('GET', '/text')).toEqual({ status: 200 });
    expect(await tried('GET', '/deep')).toEqual({ status: 200 });
  });

  test('gets the same key if a trial is sent again, and another one for each trial', async () => {
    const keys: unknown[] = [];
    const tried = await triedHere((request, response) => {
      // The service has processed the second request, and closes the connection without an answer.
      if (keys.push(request.headers['idempotency-key']) === 2) request.socket.destroy();
      else response.end('{}');
    });
    await tried('POST', '/first');
    await tried('POST', '/second');
    const [first, ...second] = keys;
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toEqual([second[0], second[0]]);
    expect(second[0]).not.toBe(first);
  });
});

function askingFlow(connection: string, settings: object = {}) {
  return {
    ...{ schema: 1, id: 'asking', name: 'Asking', language: 'en-US' },
    nodes: {
      start: { type: 'start', exits: { next: 'ask' } },
      ask: {
        ...{ type: 'request', connection, path: '/tier', body: { number: '${SystemCallerNumber}' } },
        take: [{ variable: 'Tier', from: '/tier', default: 'standard' }],
        ...settings,
        exits: { next: 'known', failed: 'failed' },
      },
      known: { type: 'end', prompt: { text: 'You are ${Tier}.' } },
      failed: { type: 'end', prompt: { text: 'It failed, so you are ${Tier}.' } },
    },
  };
}

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** What a service does with a request. */
type Doing = (
  request: IncomingMessage,
  answer: (text: string) => void,
) => { status?: number; text: string } | undefined;

/** A call that asks a service on this machine: what the caller hears, and what the service saw. */
async function callAsking(doing: Doing, settings: object = {}) {
  const seen: { key: unknown; secret: unknown; body: string }[] = [];
  const server = await startServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { headers } = request;
    seen.push({ key: headers['idempotency-key'], secret: headers.authorization, body });
    const done = doing(request, (text) => response.end(text));
    if (done !== undefined) {
      response
        .writeHead(done.status ?? 200, { location: '/tier', 'content-type': 'text/html' })
        .end(done.text);
    }
  });
  servers.push(server);
  const { url } = server;
  const local = { ...voice.admin(), loopback: true };
  await putConnection(local, { id: 'here', ...crm, url });
  const flow = { ...askingFlow('here', settings), description: url };
  await voice.publishFlow(flow);
  await bindNumber(voice.admin(), '+15550177', 'asking');
  const handler = await voice.load({ HOST: '127.0.0.1' });
  const post = { ...call, To: '+15550177' };
  const heard = async () => await hear(handler, '/voice/incoming', post);
  return { heard, seen, close: server.close };
}

describe('a call that asks a service', () => {
  test('hears what it answers; a webhook that comes twice asks under the same key', async () => {
    const { heard, seen } = await callAsking(() => ({ text: '{"tier":"gold"}' }));
    expect(await heard()).toContain('You are gold.');
    await heard();
    const { CallSid } = call;
    const asked = { key: `${CallSid}-0-1`, secret, body: '{"number":"+15550123"}' };
    expect(seen).toEqual([asked, asked]);
    expect(voice.lines().join('')).not.toMatch(/s3cret|gold/);
  });

  test.each<[string, Doing]>([
    ['redirects', () => ({ status: 307, text: '{"tier":"gold"}' })],
    ['answers HTML', () => ({ text: '<html>gold</html>' })],
    ['answers 1 MB', () => ({ text: `"${'x'.repeat(1024 * 1024)}"` })],
    ['answers 500', () => ({ status: 500, text: '{"tier":"gold"}' })],
    ['answers 404', () => ({ status: 404, text: '{"tier":"gold"}' })],
    ['answers nothing', () => ({ text: '' })],
  ])('goes on by `failed` with the default if it %s', async (_, doing) => {
    const { heard, seen } = await callAsking(doing, { tries: 2, timeoutSeconds: 1 });
    expect(await heard()).toContain('It failed, so you are standard.');
    expect(seen).toHaveLength(2);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(1);
    expect(voice.journal().some(({ fault }) => fault !== undefined)).toBe(false);
  });

  test.each<[string, string, string]>([
    ['a number as text', '{"tier":"007"}', 'You are 007.'],
    ['a number of 20 digits', '{"tier":12345678901234567890}', 'You are 12345678901234567890.'],
    ['null', '{"tier":null}', 'You are standard.'],
    ['a list where a text was wanted', '{"tier":["gold"]}', 'You are standard.'],
    ['JSON that is nested deep', `{"tier":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'You are standard.'],
  ])('takes a value, or the default, of %s', async (_, text, expected) => {
    const { heard } = await callAsking(() => ({ text }));
    expect(await heard()).toContain(expected);
  });

  test('waits for an answer that takes longer than other webhooks may', async () => {
    const slow: Promise<void>[] = [];
    const { heard } = await callAsking(
      (_, answer) => {
        slow.push(
          new Promise((resolve) => {
            setTimeout(() => {
              answer('{"tier":"gold"}');
              resolve();
            }, 2600);
          }),
        );
        return undefined;
      },
      { timeoutSeconds: 4 },
    );
    expect(await heard()).toContain('You are gold.');
    await Promise.all(slow);
  });

  test('goes on by `failed` if nobody is there', async () => {
    const { heard, close } = await callAsking(() => undefined);
    await close();
    expect(await heard()).toContain('It failed, so you are standard.');
  });

  test('goes on by `failed` if it is slow', async () => {
    const { heard } = await callAsking(() => undefined, { timeoutSeconds: 1 });
    const before = performance.now();
    expect(await heard()).toContain('It failed');
    expect(performance.now() - before).toBeLessThan(1500);
  });

  test('is not held up by one that keeps failing', async () => {
    const { heard, seen } = await callAsking(() => ({ status: 500, text: '' }));
    for (let count = 1; count <= 7; count += 1) expect(await heard()).toContain('It failed');
    expect(seen).toHaveLength(5);
    expect(voice.lines().join('')).toContain('Connection here fails');
  });

  test('does not ask this machine where the stack does not listen on loopback', async () => {
    const { seen } = await callAsking(() => ({ text: '{"tier":"gold"}' }));
    const handler = await voice.load();
    const heard = await hear(handler, '/voice/incoming', { ...call, To: '+15550177' });
    expect(heard).toContain('It failed');
    expect(seen).toEqual([]);
  });
});

test('an admin tries a connection, and the audit tells of it', async () => {
  await putConnection(admin(), { id: 'crm', ...crm });
  await ask('POST', '/api/connections/crm/try', { method: 'POST', path: '/x?y=1', body: { pin: '4711' } });
  const { items } = (await ask('GET', '/api/audit')).body;
  expect(JSON.stringify(items)).not.toContain('4711');
});

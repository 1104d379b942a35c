import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { hostOf, isPublic } from '../lib/outbound/address.ts';
import { Breaker } from '../lib/outbound/breaker.ts';
import { createOutbound, urlOf } from '../lib/outbound/outbound.ts';
import { createSend, type Resolve } from '../lib/outbound/send.ts';
import { startServer, type TestServer } from './kit/server.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Serves on loopback until the test is over; answers the URL. */
async function serve(listener: RequestListener): Promise<string> {
  const server = await startServer(listener);
  servers.push(server);
  return server.url;
}

const here = createSend({ loopback: true });
const get = (url: string, signal = AbortSignal.timeout(2000)) => ({
  ...{ url: new URL(url), method: 'GET', headers: {}, signal },
});

describe('public addresses', () => {
  test.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0', '100.64.0.1'],
    ...['224.0.0.1', '255.255.255.255', '::', '::1', 'fc00::1', 'fd12::1', 'fe80::1', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '64:ff9b::7f00:1', '64:ff9b:1::1'],
    ...['2001:db8::1', '2002:7f00:1::', '2001::1', '::127.0.0.1', 'localhost', ''],
  ])('%s is none', (address) => expect(isPublic(address)).toBe(false));

  test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111'])('%s is one', (address) =>
    expect(isPublic(address)).toBe(true),
  );

  test.each([
    ...[
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0177.0.0.1/',
      'https://0x7f.1/',
      'https://[::1]/',
    ],
    ...[
      'https://[::ffff:127.0.0.1]/',
      'https://[64:ff9b::127.0.0.1]/',
      'https://169.254.169.254/',
      'https://0/',
    ],
    ...['https://127.1/', 'https://[fc00::1]/', 'http://8.8.8.8/', 'http://127.0.0.1/', 'http://localhost/'],
  ])('%s is not asked', async (url) => {
    const send = createSend({ loopback: false, resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
    await expect(send(get(url))).rejects.toMatchObject({ code: 'request-refused' });
  });

  test('a name is looked at when the socket is opened, each time and all of its addresses', async () => {
    const looked: string[] = [];
    const addresses = ['127.0.0.1', '169.254.169.254', '::1', 'fc00::1', '0.0.0.0', '::ffff:10.0.0.1'];
    for (const address of addresses) {
      const resolve: Resolve = async (name) => {
        looked.push(name);
        return [
          { address: '8.8.8.8', family: 4 },
          { address, family: address.includes(':') ? 6 : 4 },
        ];
      };
      const send = createSend({ loopback: false, resolve });
      await expect(send(get('https://crm.example.com/'))).rejects.toMatchObject({ code: 'request-refused' });
    }
    expect(looked).toEqual(addresses.map(() => 'crm.example.com'));
  });

  test('a name that was public and then is private is refused the second time', async () => {
    const found = ['8.8.8.8', '127.0.0.1'];
    const send = createSend({
      loopback: false,
      resolve: async () => [{ address: found.shift() ?? '', family: 4 }],
    });
    const url = 'https://crm.example.com:1/';
    await expect(send(get(url, AbortSignal.timeout(20)))).rejects.toMatchObject({ code: 'request-failed' });
    await expect(send(get(url))).rejects.toMatchObject({ code: 'request-refused' });
  });
});

describe('what a service does', () => {
  test('its status and its text come back', async () => {
    const seen: unknown[] = [];
    const url = await serve(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push([request.method, request.url, request.headers['x-key'], body]);
      response.writeHead(201).end('{"tier":"金"}');
    });
    const sent = { ...get(`${url}/a?b=c`), method: 'POST', headers: { 'X-Key': 's3cret' }, body: '{"a":1}' };
    expect(await here(sent)).toEqual({ status: 201, text: '{"tier":"金"}' });
    expect(seen).toEqual([['POST', '/a?b=c', 's3cret', '{"a":1}']]);
  });

  test('a connection that was closed while idle is opened again', async () => {
    const used = new Set<unknown>();
    const url = await serve((request, response) => {
      // As a service does that closes an idle connection at the moment in which it is used again.
      if (used.has(request.socket)) return void request.socket.destroy();
      used.add(request.socket);
      response.end('here');
    });
    const post = { ...get(url), method: 'POST', body: '{}' };
    for (const sent of [get(url), get(url), post]) expect(await here(sent)).toMatchObject({ text: 'here' });
    expect(used.size).toBe(3);
  });

  test('a redirect is not followed', async () => {
    let count = 0;
    const url = await serve((_, response) => {
      count += 1;
      response.writeHead(302, { location: '/other' }).end();
    });
    expect(await here(get(url))).toMatchObject({ status: 302 });
    expect(count).toBe(1);
  });

  test('an answer of 1 MB is cut off', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(1024 * 1024)));
    await expect(here(get(url))).rejects.toMatchObject({ code: 'request-failed', message: /64 KB/ });
  });

  test('no answer in time, and nobody there', async () => {
    const url = await serve(() => undefined);
    await expect(here(get(url, AbortSignal.timeout(20)))).rejects.toMatchObject({ code: 'request-failed' });
    await expect(here(get('http://127.0.0.1:1/'))).rejects.toMatchObject({
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

test.each([
  ['/orders/1', 'https://crm.example.com/v1/orders/1'],
  ['//evil.example/x', 'https://crm.example.com/v1//evil.example/x'],
  ['/../admin', undefined],
  ['/%2e%2e/admin', undefined],
  ['@evil.example/', undefined],
])('the path %s stays below the URL of its connection', (path, whole) => {
  expect(urlOf('https://crm.example.com/v1', path)?.href).toBe(whole);
});

test('a base without a path keeps its host', () => {
  expect(urlOf('https://crm.example.com', '//evil.example')?.host).toBe('crm.example.com');
  expect(hostOf(new URL('https://[::1]/'))).toBe('::1');
});

test('after 5 failures in 30 s a service is not asked for 30 s, then once', () => {
  let now = 0;
  const breaker = new Breaker(() => now);
  const fail = () => breaker.tell('crm', false);
  for (const at of [0, 1, 2, 3]) {
    now = at;
    expect(fail()).toBe(undefined);
  }
  now = 31_000;
  // The first four are too long ago.
  for (let count = 1; count < 5; count += 1) expect(fail()).toBe(undefined);
  expect(fail()).toBe('open');
  expect(breaker.admits('crm')).toBe(false);
  expect(breaker.admits('other')).toBe(true);
  now += 30_000;
  expect([breaker.admits('crm'), breaker.admits('crm')]).toEqual([true, false]);
  expect(fail()).toBe('open');
  now += 29_999;
  expect(breaker.admits('crm')).toBe(false);
  now += 1;
  expect(breaker.admits('crm')).toBe(true);
  expect(breaker.tell('crm', true)).toBe('closed');
  expect([breaker.admits('crm'), breaker.admits('crm')]).toEqual([true, true]);
});

test.each([
  [200, 'not json', false],
  [302, '', false],
  [404, '', false],
  [500, '', true],
  [503, '', true],
  [429, '', true],
])('a service that answers %i for 5 callers is asked no more: %s %j', async (status, text, paused) => {
  const url = await serve((_, response) => response.writeHead(status).end(text));
  const send = createSend({ loopback: true });
  const outbound = createOutbound({ send, now: () => new Date(0), onFault: () => undefined });
  const crm = { id: 'crm', url: `${url}/v1`, headers: {} };
  const ask = (path: string, url = crm.url) =>
    outbound.ask({ ...crm, url }, { method: 'GET', path }, AbortSignal.timeout(1000)).then(
      (answer) => answer.status,
      (error) => error.code,
    );
  for (let count = 0; count < 5; count += 1) {
    expect([await ask('/order/1'), await ask('/../1')]).toEqual([status, 'request-refused']);
  }
  expect(await ask('/order/1')).toBe(paused ? 'request-paused' : status);
  // Somebody has mended its URL.
  expect(await ask('/order/1', `${url}/v2`)).toBe(status);
});

test('a service that got less time than it may take is not paused for it, and a trial of it is not spent', async () => {
  let now = 0;
  const url = await serve((request, response) => {
    if (request.url !== '/slow') response.writeHead(request.url === '/down' ? 503 : 200).end('{}');
  });
  const outbound = createOutbound({
    send: createSend({ loopback: true }),
    now: () => new Date(now),
    onFault: () => undefined,
  });
  const ask = (path: string, hurried: boolean, signal = AbortSignal.timeout(1000)) =>
    outbound.ask({ id: 'crm', url, headers: {} }, { method: 'GET', path }, signal, { hurried }).then(
      ({ status }) => status,
      (error) => error.code,
    );
  for (let count = 0; count < 6; count += 1) {
    expect(await ask('/slow', true, AbortSignal.timeout(5))).toBe('request-failed');
  }
  expect(await ask('/fast', true)).toBe(200);
  // What it answers in a hurry counts.
  for (let count = 0; count < 5; count += 1) expect(await ask('/down', true)).toBe(503);
  expect(await ask('/fast', false)).toBe('request-paused');
  now = 30_000;
  expect(await ask('/slow', true, AbortSignal.timeout(5))).toBe('request-failed');
  expect(await ask('/fast', false)).toBe(200);
});

import { Agent, get, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { createGateway, type Gateway, type Handler } from '../local/aws/gateway.ts';
import { createPolly } from '../local/aws/polly.ts';
import type { Route } from '../local/aws/template.ts';
import { serve } from './kit/application.ts';

/** A gateway over one function, which answers any request under `/voice/`. */
async function gateway(handler: Handler, more: Partial<Gateway> = {}): Promise<string> {
  const routes: Route[] = [{ method: '*', path: '/voice/{proxy+}', name: 'voice', handler: 'voice.handler' }];
  const handlers = new Map([['voice.handler', handler]]);
  const publicUrl = new URL('https://phones.example.org');
  return await serve(createGateway({ routes, handlers, publicUrl, ...more }));
}

/** The event that a function gets for a request. */
async function eventFor(path: string, init: RequestInit = {}): Promise<APIGatewayProxyEventV2> {
  const url = await gateway(async (event) => event as unknown);
  const response = await fetch(url + path, init);
  return (await response.json()) as APIGatewayProxyEventV2;
}

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };

describe('the event', () => {
  test('names route, path, query and host as payload format 2.0 does', async () => {
    const event = await eventFor('/voice/a%20b/%E4%BD%A0?x=1&y=%20+&x=2');
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /voice/{proxy+}',
      rawPath: '/voice/a b/你',
      rawQueryString: 'x=1&y=%20+&x=2',
      queryStringParameters: { x: '1,2', y: '  ' },
      pathParameters: { proxy: 'a b/你' },
      isBase64Encoded: false,
      headers: { host: 'phones.example.org', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
      requestContext: {
        accountId: '000000000000',
        domainName: 'phones.example.org',
        domainPrefix: 'phones',
        routeKey: 'ANY /voice/{proxy+}',
        stage: '$default',
        http: { method: 'GET', path: '/voice/a b/你', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
      },
    });
    expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(Math.abs(Date.now() - event.requestContext.timeEpoch)).toBeLessThan(10_000);
  });

  test('leaves out what the request has not', async () => {
    const event = await eventFor('/voice/incoming');
    expect(event.rawQueryString).toBe('');
    for (const field of ['queryStringParameters', 'cookies', 'body']) expect(event).not.toHaveProperty(field);
  });

  test('carries form and binary bodies in base64', async () => {
    const sent = { method: 'POST', headers: form, body: 'CallSid=CA1&Digits=%23' };
    const event = await eventFor('/voice/incoming', sent);
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body ?? '', 'base64').toString()).toBe('CallSid=CA1&Digits=%23');
    const bytes = Buffer.from([0, 255, 1]);
    const binary = await eventFor('/voice/x', { method: 'POST', body: bytes });
    expect(Buffer.from(binary.body ?? '', 'base64')).toEqual(bytes);
    const headers = { 'content-type': 'application/json' };
    const broken = await eventFor('/voice/x', { method: 'POST', headers, body: bytes });
    expect(Buffer.from(broken.body ?? '', 'base64')).toEqual(bytes);
  });

  test.each(['application/json', 'text/plain; charset=utf-8', 'application/problem+json'])(
    'carries a body of %s as text',
    async (type) => {
      const sent = { method: 'PUT', headers: { 'content-type': type }, body: '{"x":"你"}' };
      const event = await eventFor('/voice/x', sent);
      expect(event).toMatchObject({ isBase64Encoded: false, body: '{"x":"你"}' });
    },
  );

  test('joins headers that came twice, and moves cookies to their own field', async () => {
    const url = new URL(await gateway(async (event) => event as unknown));
    const event = await new Promise<APIGatewayProxyEventV2>((resolve, reject) => {
      const headers = { 'X-Thing': ['a', 'b'], Cookie: 'k=1; l=2' };
      request({ host: url.hostname, port: url.port, path: '/voice/x', headers }, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve(JSON.parse(text));
      })
        .on('error', reject)
        .end();
    });
    expect(event.headers['x-thing']).toBe('a,b');
    expect(event.cookies).toEqual(['k=1', 'l=2']);
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test('keeps the port of a public URL that has its own', async () => {
    const publicUrl = new URL('http://127.0.0.1:4000');
    const url = await gateway(async (event) => event as unknown, { publicUrl });
    const event = (await (await fetch(`${url}/voice/x`)).json()) as APIGatewayProxyEventV2;
    expect(event.requestContext.domainName).toBe('127.0.0.1:4000');
    expect(event.headers).toMatchObject({ 'x-forwarded-proto': 'http', 'x-forwarded-port': '4000' });
  });
});

describe('the answer', () => {
  async function answer(handler: Handler, more: Partial<Gateway> = {}) {
    const url = await gateway(handler, { onError: () => undefined, ...more });
    const response = await fetch(`${url}/voice/x`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  test('has the status, headers, cookies and body that the function gave', async () => {
    const { status, headers, text } = await answer(async () => ({
      statusCode: 201,
      headers: { 'Content-Type': 'text/xml', 'x-count': 3 },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('<Response/>').toString('base64'),
      isBase64Encoded: true,
    }));
    expect({ status, text }).toEqual({ status: 201, text: '<Response/>' });
    expect(headers.get('content-type')).toBe('text/xml');
    expect(headers.get('x-count')).toBe('3');
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test('is JSON with 200 where the function names no status', async () => {
    expect(await answer(async () => ({ hello: 1 }))).toMatchObject({ status: 200, text: '{"hello":1}' });
    expect(await answer(async () => undefined)).toMatchObject({ status: 200, text: 'null' });
    const { headers } = await answer(async () => 'hello');
    expect(headers.get('content-type')).toBe('application/json');
  });

  test.each<[string, Handler]>([
    ['throws', async () => Promise.reject(new Error('no'))],
    ['names no number as its status', async () => ({ statusCode: 'ok' })],
    ['has a body that is no text', async () => ({ statusCode: 200, body: { a: 1 } })],
  ])('is 500 in AWS words when the function %s', async (_, handler) => {
    const failed: string[] = [];
    const answered = await answer(handler, { onError: (name) => failed.push(name) });
    expect(answered).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
    expect(failed).toEqual(['voice']);
  });

  test('is 500 when a header cannot be written', async () => {
    const handler: Handler = async () => ({ statusCode: 200, headers: { 'x-bad': 'a\nb' } });
    const written = { status: 500, text: '{"message":"Internal Server Error"}' };
    expect(await answer(handler)).toMatchObject(written);
    expect(await answer(async () => ({ statusCode: 1000 }))).toMatchObject(written);
  });

  test('is 503 when the function takes too long', async () => {
    const never: Handler = () => new Promise(() => undefined);
    expect(await answer(never, { limitMs: 5 })).toMatchObject({
      status: 503,
      text: '{"message":"Service Unavailable"}',
    });
  });
});

describe('what reaches no function', () => {
  test('a path without a route is 404, also beside or above one', async () => {
    const url = await gateway(async () => ({}));
    for (const path of ['/', '/voice', '/voices/x', '/Voice/x']) {
      const response = await fetch(url + path);
      expect([path, response.status, await response.text()]).toEqual([path, 404, '{"message":"Not Found"}']);
    }
  });

  test('a path that is not decodable is 400', async () => {
    const url = await gateway(async () => ({}));
    expect((await fetch(`${url}/voice/%E4%BD`)).status).toBe(400);
  });

  test('a body over 10 MB is 413, one of 10 MB is served', async () => {
    const url = await gateway(async (event) => Buffer.from(event.body ?? '', 'base64').length);
    const post = (bytes: number) =>
      fetch(`${url}/voice/x`, { method: 'POST', headers: form, body: Buffer.alloc(bytes) });
    const tooLarge = await post(10 * 1024 * 1024 + 1);
    expect([tooLarge.status, await tooLarge.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect(await (await post(10 * 1024 * 1024)).json()).toBe(10 * 1024 * 1024);
  });

  test('a connection stays open between two requests for longer than a proxy keeps it', async () => {
    const url = new URL(await gateway(async () => 'here'));
    const agent = new Agent({ keepAlive: true });
    const ports = new Set<number | undefined>();
    for (const _ of [1, 2]) {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get({ host: url.hostname, port: url.port, path: '/voice/x', agent }, resolve).on('error', reject);
      });
      expect(response.headers['keep-alive']).toBe('timeout=75');
      ports.add(response.socket.localPort);
      await text(response);
    }
    expect(ports.size).toBe(1);
    agent.destroy();
  });

  test('an odd target is 404, beside the bucket and the speaking service, too', async () => {
    const beside = { credentials: { accessKeyId: 'A', secretAccessKey: 'B' }, now: () => new Date() };
    const storage = { bucket: 'b', folder: '/nowhere', ...beside };
    const url = new URL(await gateway(async () => ({}), { storage, polly: createPolly(beside) }));
    for (const path of ['//', '//[', '/storage', '/polly']) {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get({ host: url.hostname, port: url.port, path }, resolve).on('error', reject);
      });
      expect([path, response.statusCode]).toEqual([path, 404]);
      response.resume();
    }
  });

  test('an error beside the functions is reported', async () => {
    const told: unknown[] = [];
    const cause = new Error('The disk is full.');
    const onError = (_: string, error: unknown) => told.push(error);
    const url = await gateway(async () => ({}), { polly: () => Promise.reject(cause), onError });
    await expect(fetch(`${url}/x`)).rejects.toThrow();
    expect(told).toEqual([cause]);
  });

  test('a sender who goes away in the middle harms nobody', async () => {
    const url = new URL(await gateway(async () => 'still here'));
    const gone = request({ host: url.hostname, port: url.port, path: '/voice/x', method: 'POST' });
    gone.on('error', () => undefined);
    await new Promise((resolve) => gone.write('a', resolve));
    gone.destroy();
    expect(await (await fetch(`${url}voice/x`)).json()).toBe('still here');
  });
});

import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { isLoopback } from '../local/aws/access.ts';
import { createGateway } from '../local/aws/gateway.ts';
import { clientId } from '../local/issuer/issuer.ts';
import { readStack, type Stack } from '../local/stack.ts';
import { serve } from './kit/application.ts';
import { type Sent, send } from './kit/send.ts';
import { setUpStack } from './kit/stack.ts';

const publicUrl = 'https://phone.tunnel.example';
const { dataDir, greeting, run } = setUpStack({ PUBLIC_URL: publicUrl });
const exposed = setUpStack({ HOST: '0.0.0.0' }, ['--expose']);

function stack(folder = dataDir()): Stack {
  const found = readStack(folder);
  if (found === undefined) throw new Error('no stack runs');
  return found;
}

/** What the gateway answers under a `Host`; its port is added if there is none. */
function under(host: string, path: string, sent: Sent = {}) {
  return send(stack().url + path, { ...sent, headers: { host, ...sent.headers } });
}

const ownPort = () => new URL(stack().url).port;
const everything = [
  ['GET', '/'],
  ['GET', '/console.json'],
  ['GET', '/flows/office'],
  ['GET', '/.well-known/openid-configuration'],
  ['GET', '/.well-known/jwks.json'],
  ['GET', '/oauth2/authorize'],
  ['POST', '/oauth2/authorize'],
  ['POST', '/oauth2/token'],
  ['GET', '/logout'],
  ['GET', '/api/openapi.json'],
  ['GET', '/api/flows'],
] as const;

describe('the gateway', () => {
  test('answers everything under loopback names with its own port', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
      const host = `${name}:${ownPort()}`;
      expect([host, (await under(host, '/api/openapi.json')).status]).toEqual([host, 200]);
      expect([host, (await under(host, '/.well-known/jwks.json')).status]).toEqual([host, 200]);
      expect([host, (await under(host, '/console.json')).status]).toEqual([host, 200]);
      expect([host, (await under(host, '/api/flows')).status]).toEqual([host, 401]);
    }
  });

  test.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost',
    'localhost.:PORT',
    '127.0.0.1.evil.example:PORT',
    'user@127.0.0.1:PORT',
    '0.0.0.0:PORT',
    '192.0.2.2:PORT',
    '2130706433:PORT',
  ])('answers nothing under "%s"', async (written) => {
    const host = written.replace('PORT', ownPort());
    for (const [method, path] of [...everything, ['GET', '/voice/incoming'], ['GET', '/audio/x.mp3']]) {
      const { status, body } = await under(host, path ?? '', { method: method ?? '' });
      expect([method, path, status]).toEqual([method, path, 403]);
      expect(JSON.parse(body).message).toContain('PUBLIC_URL');
    }
  });

  test('answers /voice and /audio alone under the public host', async () => {
    for (const host of ['phone.tunnel.example', 'phone.tunnel.example:443', 'Phone.Tunnel.Example']) {
      for (const [method, path] of everything) {
        const { status, body } = await under(host, path, { method });
        expect([host, path, status]).toEqual([host, path, 404]);
        expect(JSON.parse(body)).toEqual({ message: 'Only /voice and /audio are served under this name.' });
      }
      expect((await under(host, '/voice/incoming', { method: 'POST' })).body).toBe('Forbidden');
      const { status, headers } = await under(host, '/audio/hold-music-1.mp3');
      expect([status, headers['content-type']]).toEqual([200, 'audio/mpeg']);
    }
    expect((await under('phone.tunnel.example:8080', '/voice/incoming')).status).toBe(403);
  });

  test('a path that only looks like /voice reaches nothing else', async () => {
    const host = 'phone.tunnel.example';
    for (const path of [
      '/voice',
      '/voicemail',
      '/voice%2F..%2Fapi/flows',
      '//voice/incoming',
      '/%76oice/../',
    ]) {
      const { status, body } = await under(host, path);
      expect([path, status === 404 || body === 'Forbidden']).toEqual([path, true]);
    }
    expect((await under(host, '/%E4%BD')).status).toBe(404);
  });

  test('what a proxy forwards reaches /voice and /audio at most, though it sends our own name', async () => {
    const host = `localhost:${ownPort()}`;
    for (const name of ['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto']) {
      const headers = { [name]: 'x' };
      for (const [method, path] of everything) {
        expect([name, path, (await under(host, path, { method, headers })).status]).toEqual([
          name,
          path,
          404,
        ]);
      }
      expect((await under(host, '/voice/incoming', { method: 'POST', headers })).body).toBe('Forbidden');
    }
  });

  test('two hosts, or none, are nobody', async () => {
    const { hostname, port } = new URL(stack().url);
    const raw = (head: string) =>
      new Promise<string>((told) => {
        const socket = connect(Number(port), hostname, () => socket.end(head));
        void text(socket).then(told);
      });
    const own = `Host: 127.0.0.1:${port}`;
    expect(await raw(`GET /console.json HTTP/1.1\r\n${own}\r\nConnection: close\r\n\r\n`)).toMatch(/ 200 /);
    const two = `GET /console.json HTTP/1.1\r\nHost: evil.example\r\n${own}\r\nConnection: close\r\n\r\n`;
    expect(await raw(two)).not.toMatch(/ 200 /);
    expect(await raw('GET /console.json HTTP/1.0\r\n\r\n')).toMatch(/ 403 /);
  });

  test('a name that was rebound to loopback gets no code and no token', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const asked = {
      ...{ client_id: clientId, response_type: 'code', code_challenge_method: 'S256' },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    };
    const signIn = (redirect: string, headers: Record<string, string>) => {
      const body = new URLSearchParams({ ...asked, redirect_uri: redirect, user: 'mallory', role: 'admin' });
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const path = '/oauth2/authorize';
      return send(stack().url + path, {
        method: 'POST',
        body: body.toString(),
        headers: { ...type, ...headers },
      });
    };
    const rebound = { host: `evil.example:${ownPort()}`, origin: `http://evil.example:${ownPort()}` };
    expect((await signIn(`${stack().url}/`, rebound)).status).toBe(403);
    const { origin } = rebound;
    expect((await signIn(`${stack().url}/`, { origin })).status).toBe(403);
    expect((await signIn(`${stack().url}/.well-known/jwks.json`, {})).status).toBe(400);
    const granted = await signIn(`${stack().url}/`, { origin: stack().url });
    expect([granted.status, String(granted.headers.location)]).toEqual([
      303,
      expect.stringMatching(new RegExp(`^${stack().url}/\\?code=`)),
    ]);
    for (const [, path] of everything) {
      const { headers } = await send(stack().url + path, { headers: { origin } });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test('tells the console which origin is its home', async () => {
    const { body } = await under(`localhost:${ownPort()}`, '/console.json');
    expect(JSON.parse(body)).toMatchObject({ home: stack().url, issuer: stack().url });
  });

  test('answers under the address that it was told to listen at, and to no wildcard', async () => {
    const gateway = (host: string) =>
      serve(
        createGateway({
          routes: [{ method: '*', path: '/api/{proxy+}', name: 'admin', handler: 'admin' }],
          handlers: new Map([['admin', async () => 'here']]),
          publicUrl: new URL(publicUrl),
          host,
        }),
      );
    const url = await gateway('192.0.2.2');
    const { port } = new URL(url);
    for (const [host, status] of [
      [`192.0.2.2:${port}`, 200],
      [`127.0.0.1:${port}`, 200],
      [`192.0.2.3:${port}`, 403],
      ['192.0.2.2', 403],
    ] as const) {
      expect([host, (await send(`${url}/api/x`, { headers: { host } })).status]).toEqual([host, status]);
    }
    const other = await gateway('fd00::1');
    const host = `[fd00::1]:${new URL(other).port}`;
    expect((await send(`${other}/api/x`, { headers: { host } })).status).toBe(200);
  });
});

describe('HOST off loopback', () => {
  test('is refused in one line that names the flag', async () => {
    for (const host of ['0.0.0.0', 'phones.example.org']) {
      const { code, out, err } = await run('local/start.ts', [], { HOST: host, DATA_DIR: '/nowhere/at-all' })
        .ended;
      expect([code, out, err.trim().split('\n').length]).toEqual([1, '', 1]);
      expect(err).toMatch(/^HOST is ".*": .*without a password.*npm start -- --expose/);
    }
  });

  test.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['127.0.0.1.evil.example', false],
    ['10.0.0.1', false],
  ])('%s is loopback: %s', (host, loopback) => {
    expect(isLoopback(host)).toBe(loopback);
  });

  test('is taken with the flag: the stack says what it opens, and answers to its names alone', async () => {
    expect(greeting()).toContain(`Under ${publicUrl} only /voice and /audio answer.`);
    expect(greeting()).not.toContain('HOST is');
    expect(exposed.greeting()).toMatch(/HOST is 0\.0\.0\.0: everyone who reaches port \d+ there can sign in/);
    const { url } = stack(exposed.dataDir());
    const { port } = new URL(url);
    expect(url).toBe(`http://127.0.0.1:${port}`);
    for (const [host, status] of [
      [`0.0.0.0:${port}`, 200],
      [`localhost:${port}`, 200],
      [`192.0.2.2:${port}`, 403],
    ] as const) {
      const answer = await send(`${url}/api/openapi.json`, { headers: { host } });
      expect([host, answer.status]).toEqual([host, status]);
    }
  });

  test('an unknown flag is named', async () => {
    const { code, err } = await run('local/start.ts', ['--open']).ended;
    expect([code, err]).toEqual([2, expect.stringMatching(/^There is no option "--open"\.\n/)]);
  });
});

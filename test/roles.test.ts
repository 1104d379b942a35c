import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type CryptoKey, exportSPKI, importJWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { access, type Role, type RouteKey, roles } from '../lib/api/roles.ts';
import { routes } from '../lib/api/routes/index.ts';
import { setUpApi } from './kit/api.ts';
import { projectTemplate } from './kit/template.ts';

const { ask, send, token, issuer, url } = setUpApi();

/** What stands in a path in place of its variables. */
const names: Readonly<Record<string, string>> = {
  id: 'nobody-has-this',
  n: '1',
  e164: '+15550100',
  number: '+15550100',
  staffNo: '7',
  callSid: 'CA1',
  language: 'en-US',
};
const keys = Object.keys(access) as RouteKey[];
const guarded = keys.filter((key) => access[key] !== 'anyone');

function requestOf(key: RouteKey): [method: string, path: string] {
  const [method = '', path = ''] = key.split(' ');
  return [method, path.replace(/\{([^}]+)\}/g, (_, name: string) => names[name] ?? '')];
}

test('every route has its roles, and every role of the table has its route', () => {
  expect([...routes.map(({ key }) => key), 'GET /api/openapi.json'].sort()).toEqual(keys.toSorted());
});

test('on AWS one route behind the authorizer serves them all, and the user pool has a group for every role', () => {
  const { routes: deployed } = projectTemplate();
  const api = deployed.filter(({ name }) => name === 'admin');
  expect(api.map(({ method, path, authorizer }) => [method, path, authorizer])).toEqual([
    ['*', '/api/{proxy+}', 'admin'],
    ['GET', '/api/openapi.json', undefined],
    ['HEAD', '/api/openapi.json', undefined],
  ]);
  const groups = Array.from(
    readFileSync('serverless.yml', 'utf8').matchAll(/GroupName: (\w+)/g),
    ([, name]) => name,
  );
  expect(groups).toEqual(roles);
});

describe.each(guarded)('%s', (key) => {
  const [method, path] = requestOf(key);
  const allowed = access[key] as readonly Role[];

  test.each(allowed)('%s may', async (role) => {
    const { status } = await send(method, path, { token: await token([role], 'nobody') });
    // Nothing that the path names is there, and no body is sent: that is all there is to say.
    expect([200, 201, 404, 409, 415, 422, 428]).toContain(status);
  });

  test.each(roles.filter((role) => !allowed.includes(role)))('%s may not', async (role) => {
    const { status, body } = await send(method, path, { token: await token([role]) });
    expect([status, body.type]).toEqual([403, 'urn:branchline:error:role-too-small']);
  });

  test('who has no role, or an invalid one, may not', async () => {
    for (const given of [[], ['Admin'], ['root', 'admins'], ['ad', 'min']]) {
      expect((await send(method, path, { token: await token(given) })).status).toBe(403);
    }
  });

  test('no bad token gets anywhere', async () => {
    for (const [name, bad] of Object.entries(await badTokens())) {
      const { status, headers, body } = await send(method, path, bad === '' ? {} : { token: bad });
      expect([name, status, body]).toEqual([name, 401, { message: 'Unauthorized' }]);
      expect(headers.get('www-authenticate')).toBe('Bearer');
    }
  });
});

test('the description of the API is open to anyone', async () => {
  for (const bad of [undefined, 'nonsense']) {
    for (const method of ['GET', 'HEAD']) {
      const { status } = await send(method, '/api/openapi.json', bad === undefined ? {} : { token: bad });
      expect([method, status]).toEqual([method, 200]);
    }
  }
  expect((await send('GET', '/api/openapi.json/')).status).toBe(401);
});

describe('an agent', () => {
  beforeAll(async () => {
    const sales = await ask('PUT', '/api/skill-groups/sales', { name: 'Sales' });
    expect(sales.status).toBe(200);
    const agent = { name: 'Bob', endpoint: 'client:bob', skillGroups: ['sales'] };
    await ask('PUT', '/api/agents/1001', { ...agent, user: 'bob' });
    await ask('PUT', '/api/agents/1002', agent);
  });
  const say = async (staffNo: string, user: string, given: string[]) =>
    await send('PUT', `/api/agents/${staffNo}/presence`, {
      token: await token(given, user),
      body: { presence: 'break' },
    });

  test("sets their own presence, and nobody else's", async () => {
    expect(await say('1001', 'bob', ['agent'])).toMatchObject({
      status: 200,
      body: { staffNo: '1001', presence: 'break', state: 'break' },
    });
    expect((await say('1001', 'eve', ['agent'])).status).toBe(403);
    expect((await say('1002', 'bob', ['agent'])).status).toBe(403);
    expect((await say('1002', 'undefined', ['agent'])).status).toBe(403);
    expect((await say('1003', 'bob', ['agent'])).status).toBe(404);
    expect((await say('1001', 'bob', ['viewer', 'editor'])).status).toBe(403);
    expect((await say('1002', 'eve', ['agent', 'admin'])).status).toBe(200);
  });
});

test('several roles add up', async () => {
  const both = await token(['reviewer', 'editor']);
  expect((await send('POST', '/api/flows', { token: both, body: { name: 'Both' } })).status).toBe(201);
  expect((await send('GET', '/api/audit', { token: both })).status).toBe(403);
});

test('an id token is for the console, not for the API', async () => {
  const id = await issuer().idToken({ user: 'ann', roles: ['admin'] }, undefined);
  const { status, body } = await send('GET', '/api/flows', { token: id });
  expect([status, body]).toEqual([401, { message: 'Unauthorized' }]);
});

test('a token needs no word before it, and "Bearer" in any letters may stand there', async () => {
  for (const scheme of ['', 'Bearer ', 'bearer ']) {
    const headers = { authorization: `${scheme}${await token()}` };
    expect((await fetch(`${url()}/api/flows`, { headers })).status).toBe(200);
  }
  const headers = { authorization: `Basic ${await token()}` };
  expect((await fetch(`${url()}/api/flows`, { headers })).status).toBe(401);
});

/** Tokens that must not be taken, by what is wrong with them; the first is none. They are made once: a key takes long. */
function badTokens(): Promise<Record<string, string>> {
  made ??= makeBadTokens();
  return made;
}

let made: Promise<Record<string, string>> | undefined;

async function makeBadTokens(): Promise<Record<string, string>> {
  const good = await token();
  const [, payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const [known] = issuer().keys.keys;
  const now = Math.floor(Date.now() / 1000);
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const publicKey = (await importJWK(known ?? {}, 'RS256', { extractable: true })) as CryptoKey;
  const pem = await exportSPKI(publicKey);
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  const header = { alg: 'RS256', kid: known?.kid ?? '' };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const hmac = (secret: string | Buffer) => {
    const signed = `${encode({ alg: 'HS256', kid: header.kid })}.${payload}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const raised = encode({ ...claims, 'cognito:groups': ['admin'], username: 'eve' });
  const ours = (changed: object) => issuer().sign({ ...claims, ...changed });
  return {
    none: '',
    garbage: 'nonsense',
    expired: await ours({ exp: now - 1 }),
    'expires this second': await ours({ exp: now }),
    'without an end': await ours({ exp: undefined }),
    'not yet valid': await ours({ nbf: now + 3600 }),
    'made in the future': await ours({ iat: now + 3600 }),
    'another issuer': await ours({ iss: 'http://evil.test' }),
    'another client': await ours({ client_id: 'another' }),
    'no client': await ours({ client_id: undefined }),
    'another audience': await ours({ aud: 'another' }),
    forged: `${encode(header)}.${raised}.${signature}`,
    'no signature': `${encode(header)}.${payload}.`,
    'another key': await new SignJWT(claims).setProtectedHeader(header).sign(stranger),
    'an unknown key': await new SignJWT(claims)
      .setProtectedHeader({ ...header, kid: randomUUID() })
      .sign(stranger),
    'alg none': `${encode({ alg: 'none' })}.${payload}.`,
    'alg None with a signature': `${encode({ alg: 'None' })}.${payload}.${signature}`,
    'HS256 with the public key': hmac(pem),
    'HS256 with the public key as bytes': hmac(der),
  };
}

import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles as everyRole } from '../lib/api/roles.ts';
import { type Authorizer, createAuthorizer } from '../local/aws/authorizer.ts';
import { createGateway } from '../local/aws/gateway.ts';
import { clientId, type Issuer, openIssuer, tokenSeconds } from '../local/issuer/issuer.ts';
import { signInPage } from '../local/issuer/page.ts';
import { createSignIn } from '../local/issuer/signin.ts';
import { themeOf } from '../web/src/shell/tokens.ts';
import { serve } from './kit/application.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'branchline-issuer-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

let clock = new Date('2026-07-01T09:00:00Z');
const now = () => clock;
let issuer: Issuer;
let check: Authorizer;
beforeAll(async () => {
  issuer = await openIssuer(dataDir, 'http://127.0.0.1:4000', now);
  check = createAuthorizer({ issuer: issuer.url, client: clientId, keys: issuer.keys, now });
});

/** A gateway whose one route needs a token and tells what it read there, with sign-in pages beside it. */
async function gateway(): Promise<string> {
  const route = { method: '*', path: '/api/{proxy+}', name: 'admin', handler: 'admin.handler' };
  return await serve(
    createGateway({
      routes: [
        { ...route, authorizer: 'admin' },
        { ...route, path: '/other/{proxy+}', authorizer: 'unknown' },
      ],
      handlers: new Map([['admin.handler', async (event) => event.requestContext]]),
      publicUrl: new URL(issuer.url),
      authorizers: new Map([['admin', check]]),
      signIn: createSignIn(issuer, ['admin', 'viewer'], now),
    }),
  );
}

describe('the key', () => {
  test('is made once, kept for this user only, and never shown', async () => {
    const file = join(dataDir, 'issuer.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(file, 'utf8');
    const again = await openIssuer(dataDir, issuer.url, now);
    expect(again.keys).toEqual(issuer.keys);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(Object.keys(issuer.keys.keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  test.each(['{', '{}'])('a damaged file is named: %s', async (text) => {
    const other = mkdtempSync(join(tmpdir(), 'branchline-issuer-'));
    writeFileSync(join(other, 'issuer.json'), text);
    await expect(openIssuer(other, issuer.url, now)).rejects.toThrow(/issuer\.json is damaged: remove it/);
    rmSync(other, { recursive: true });
  });
});

describe('the authorizer', () => {
  test('hands every claim on as a text, lists and objects as API Gateway spells them', async () => {
    const claims = {
      ...{ iss: issuer.url, client_id: clientId, exp: 1_800_000_000, 'cognito:groups': ['admin', 'editor'] },
      ...{ fine: true, count: 3, nothing: null, nested: { b: [1, 2], a: 'x' } },
    };
    expect(await check(`Bearer ${await issuer.sign(claims)}`)).toEqual({
      ...{ iss: issuer.url, client_id: clientId, exp: '1800000000', 'cognito:groups': '[admin editor]' },
      ...{ fine: 'true', count: '3', nothing: 'null', nested: 'map[a:x b:[1 2]]' },
    });
  });

  test('takes `aud`, also as a list, before `client_id`', async () => {
    const base = { iss: issuer.url, exp: 1_800_000_000 };
    const taken = async (claims: object) =>
      (await check(await issuer.sign({ ...base, ...claims }))) !== undefined;
    expect(await taken({ aud: clientId, client_id: 'other' })).toBe(true);
    expect(await taken({ aud: ['other', clientId] })).toBe(true);
    expect(await taken({ aud: 'other', client_id: clientId })).toBe(false);
    expect(await taken({})).toBe(false);
  });

  test('takes no token that never ends', async () => {
    expect(await check(await issuer.sign({ iss: issuer.url, client_id: clientId }))).toBeUndefined();
  });

  test('takes a token to its last second and not beyond', async () => {
    const token = await issuer.accessToken({ user: 'ann', roles: ['admin'] });
    const made = clock;
    clock = new Date(made.getTime() + (tokenSeconds - 1) * 1000);
    expect(await check(token)).toMatchObject({ username: 'ann' });
    clock = new Date(made.getTime() + tokenSeconds * 1000);
    expect(await check(token)).toBeUndefined();
    clock = new Date(made.getTime() - 1000);
    expect(await check(token)).toBeUndefined();
    clock = made;
  });

  test('its claims reach the function; without it a route is shut', async () => {
    const url = await gateway();
    const headers = { authorization: await issuer.accessToken({ user: 'ann', roles: ['viewer'] }) };
    const told = (await (await fetch(`${url}/api/x`, { headers })).json()) as Record<string, unknown>;
    expect(told.authorizer).toMatchObject({
      jwt: { claims: { 'cognito:groups': '[viewer]' }, scopes: null },
    });
    expect((await fetch(`${url}/api/x`)).status).toBe(401);
    expect((await fetch(`${url}/other/x`, { headers })).status).toBe(401);
  });
});

test('the page bears the sign of the console, and the colours of its buttons', async () => {
  const page = signInPage({
    asked: new URLSearchParams({ redirect_uri: 'http://127.0.0.1:4000/' }),
    roles: everyRole,
    languages: 'zh',
  }).body.toString();
  const sign = (svg: string) => svg.match(/ d="[^"]+"|#4b5bd6|<circle cx="\d+"/g);
  expect(sign(page.match(/<svg.*<\/svg>/s)?.[0] ?? '')).toEqual(
    sign(readFileSync(new URL('../web/public/icon.svg', import.meta.url), 'utf8')),
  );
  for (const dark of [false, true]) {
    expect(page).toContain(`--brand: ${themeOf(dark, true).token?.colorPrimary}`);
  }
  // Each role has a name of its own in the language of the page.
  for (const role of everyRole) expect(page).not.toContain(`<span>${role}`);
});

describe('signing in', () => {
  const verifier = randomBytes(32).toString('base64url');
  const asked = {
    client_id: clientId,
    redirect_uri: 'http://127.0.0.1:4000/',
    response_type: 'code',
    scope: 'openid',
    state: 'a state"><script>',
    nonce: 'n1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const redeemed = { client_id: clientId, redirect_uri: asked.redirect_uri, code_verifier: verifier };

  const ask = (url: string, changed: Record<string, string> = {}) =>
    fetch(`${url}/oauth2/authorize?${new URLSearchParams({ ...asked, ...changed })}`, { redirect: 'manual' });
  async function grant(url: string, changed: Record<string, string> = {}): Promise<URL> {
    const body = new URLSearchParams({ ...asked, user: 'bob', role: 'viewer', ...changed });
    const { status, headers } = await fetch(`${url}/oauth2/authorize`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    expect(status).toBe(303);
    return new URL(headers.get('location') ?? '');
  }
  async function redeem(url: string, code: string, changed: Record<string, string> = {}) {
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, ...redeemed, ...changed });
    const response = await fetch(`${url}/oauth2/token`, { method: 'POST', body });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, string>,
    };
  }

  test('discovery and keys are there, also for HEAD, and no page of another origin may read them', async () => {
    const url = await gateway();
    const found = await fetch(`${url}/.well-known/openid-configuration`);
    expect(found.headers.get('access-control-allow-origin')).toBeNull();
    const head = await fetch(`${url}/.well-known/jwks.json`, { method: 'HEAD' });
    expect([head.status, head.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    const document = await found.json();
    expect(document).toMatchObject({ issuer: issuer.url, jwks_uri: `${issuer.url}/.well-known/jwks.json` });
    expect(await (await fetch(`${url}/.well-known/jwks.json`)).json()).toEqual(issuer.keys);
  });

  test('the page asks for a name and roles, in the language of the browser, and cannot be broken out of', async () => {
    const url = await gateway();
    const page = await ask(url);
    const html = await page.text();
    expect(html).toContain('Sign in to Branchline');
    expect(html).toContain('name="role" value="viewer"');
    expect(html).toContain('value="a state&quot;&gt;&lt;script&gt;"');
    expect(html).not.toContain('<script');
    expect(html).toContain('Viewer<small>looks, and changes nothing</small>');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const headers = { 'accept-language': 'zh-CN,zh;q=0.9' };
    const chinese = await fetch(`${url}/oauth2/authorize?${new URLSearchParams(asked)}`, { headers });
    expect(await chinese.text()).toContain('查看者<small>只能查看，不能修改</small>');
  });

  test('a code brings tokens for who was chosen, once', async () => {
    const url = await gateway();
    const back = await grant(url);
    expect(back.origin + back.pathname).toBe(asked.redirect_uri);
    expect(back.searchParams.get('state')).toBe(asked.state);
    const code = back.searchParams.get('code') ?? '';
    const { status, body } = await redeem(url, code);
    expect([status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', tokenSeconds]);
    expect(await check(body.access_token)).toMatchObject({
      ...{ username: 'bob', token_use: 'access', client_id: clientId, 'cognito:groups': '[viewer]' },
    });
    expect(decodeJwt(body.access_token ?? '')).not.toHaveProperty('aud');
    expect(decodeJwt(body.id_token ?? '')).toMatchObject({ aud: clientId, nonce: 'n1', token_use: 'id' });
    expect(await redeem(url, code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('a code is good for its own sign-in alone, and not for long', async () => {
    const url = await gateway();
    const fresh = async () => (await grant(url)).searchParams.get('code') ?? '';
    const refusal = { status: 400, body: { error: 'invalid_grant' } };
    expect(await redeem(url, await fresh(), { code_verifier: 'guess' })).toMatchObject(refusal);
    expect(await redeem(url, await fresh(), { redirect_uri: 'http://127.0.0.1:1/' })).toMatchObject(refusal);
    expect(await redeem(url, 'guess')).toMatchObject(refusal);
    const late = await fresh();
    const made = clock;
    clock = new Date(made.getTime() + 5 * 60_000);
    expect(await redeem(url, late)).toMatchObject(refusal);
    clock = made;
    const other = { client_id: 'other' };
    expect(await redeem(url, await fresh(), other)).toMatchObject({ body: { error: 'invalid_client' } });
    const type = { grant_type: 'password' };
    expect(await redeem(url, await fresh(), type)).toMatchObject({
      body: { error: 'unsupported_grant_type' },
    });
  });

  test('codes go to the page of the issuer and to no other', async () => {
    const url = await gateway();
    for (const redirect of [
      'https://evil.test/',
      'http://127.0.0.1.evil.test/',
      'http://localhost:4000/',
      'http://127.0.0.1:5173/',
      'http://127.0.0.1:4000',
      'http://127.0.0.1:4000/?x=1',
      'http://127.0.0.1:4000/#x',
      'http://127.0.0.1:4000/.well-known/jwks.json',
      'http://user@127.0.0.1:4000/',
      'javascript:alert(1)',
      '',
      '/x',
    ]) {
      const { status, headers } = await ask(url, { redirect_uri: redirect });
      expect([redirect, status, headers.get('location')]).toEqual([redirect, 400, null]);
    }
    expect((await ask(url, { client_id: 'other' })).status).toBe(400);
    const out = (target: string) =>
      fetch(`${url}/logout?${new URLSearchParams({ logout_uri: target })}`, { redirect: 'manual' });
    expect((await out('https://evil.test/')).status).toBe(400);
    expect((await out('http://localhost:4000/')).status).toBe(400);
    expect((await out('http://127.0.0.1:4000/')).headers.get('location')).toBe('http://127.0.0.1:4000/');
  });

  test('a form that a page of another origin sends is refused, that of its own page is not', async () => {
    const url = await gateway();
    const post = async (path: string, origin: string) => {
      const body = new URLSearchParams({ ...asked, user: 'bob', role: 'viewer' });
      const { status } = await fetch(url + path, {
        method: 'POST',
        body,
        headers: { origin },
        redirect: 'manual',
      });
      return status;
    };
    for (const origin of ['https://evil.test', 'null', 'http://localhost:4000']) {
      expect([origin, await post('/oauth2/authorize', origin)]).toEqual([origin, 403]);
      expect([origin, await post('/oauth2/token', origin)]).toEqual([origin, 403]);
    }
    expect(await post('/oauth2/authorize', issuer.url)).toBe(303);
  });

  test('without PKCE it goes back with an error', async () => {
    const url = await gateway();
    for (const [changed, error] of [
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ code_challenge: '' }, 'invalid_request'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
    ] as const) {
      const { status, headers } = await ask(url, changed);
      expect(status).toBe(303);
      const back = new URL(headers.get('location') ?? '');
      expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual([error, asked.state]);
    }
  });
});

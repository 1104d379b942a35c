import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { bodyOf } from '../aws/body.ts';
import { type Answer, json } from '../aws/payload.ts';
import { clientId, type Issuer, type Subject, tokenSeconds } from './issuer.ts';
import { refusalPage, signInPage } from './page.ts';

/** The sign-in; on AWS the pages of the user pool. */
export interface SignIn {
  /** The response for one of its paths; `undefined` for any other path. */
  serve(request: IncomingMessage, path: string, query: string): Promise<Answer | undefined>;
}

/** A sign-in whose code was not exchanged for tokens yet. */
interface Grant extends Subject {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
  readonly endsAt: number;
}

const codeMs = 5 * 60_000;
const mostGrants = 1000;
const longestForm = 16 * 1024;

/**
 * The part of OpenID Connect that the console needs: discovery, keys, and the authorization code flow with PKCE (S256 only). Users choose
 * their own name and roles, so it must be reachable from this machine only. Codes are sent only to the page at the issuer's origin, and
 * pages of other origins can neither read responses nor send forms.
 * (https://openid.net/specs/openid-connect-core-1_0.html, https://www.rfc-editor.org/rfc/rfc7636)
 */
export function createSignIn(issuer: Issuer, roles: readonly string[], now: () => Date): SignIn {
  const grants = new Map<string, Grant>();
  const desk: Desk = { issuer, roles, now, grants };
  return {
    async serve(request, path, query) {
      const { method = 'GET' } = request;
      const { origin } = request.headers;
      const call = `${method === 'HEAD' ? 'GET' : method} ${path}`;
      if (method === 'POST' && origin !== undefined && origin !== issuer.url && path.startsWith('/oauth2/')) {
        return refusalPage('This form was sent by a page of another origin.', 403);
      }
      switch (call) {
        case 'GET /.well-known/openid-configuration':
          return uncached(200, discovery(issuer));
        case 'GET /.well-known/jwks.json':
          return uncached(200, issuer.keys);
        case 'GET /oauth2/authorize':
          return ask(desk, new URLSearchParams(query), request.headers['accept-language']);
        case 'POST /oauth2/authorize':
          return grant(desk, await formOf(request));
        case 'POST /oauth2/token':
          return await redeem(desk, await formOf(request));
        case 'GET /logout':
          return leave(desk, new URLSearchParams(query));
        default:
          return undefined;
      }
    },
  };
}

interface Desk {
  readonly issuer: Issuer;
  readonly roles: readonly string[];
  readonly now: () => Date;
  readonly grants: Map<string, Grant>;
}

function discovery({ url }: Issuer): object {
  return {
    issuer: url,
    authorization_endpoint: `${url}/oauth2/authorize`,
    token_endpoint: `${url}/oauth2/token`,
    jwks_uri: `${url}/.well-known/jwks.json`,
    end_session_endpoint: `${url}/logout`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid'],
  };
}

/** The sign-in page. An invalid request gets an error page or, if that is safe, a redirect. */
function ask(desk: Desk, asked: URLSearchParams, languages: string | undefined): Answer {
  return refuse(desk, asked) ?? signInPage({ asked, roles: desk.roles, languages });
}

/** A user has chosen a name and roles: redirects them with a code. */
function grant(desk: Desk, form: URLSearchParams): Answer {
  const refusal = refuse(desk, form);
  if (refusal !== undefined) return refusal;
  const user = form.get('user')?.trim() ?? '';
  if (!/^[^\s<>"]{1,128}$/.test(user))
    return refusalPage('A user name has 1 to 128 characters and no blanks.');
  const code = randomBytes(24).toString('base64url');
  const { grants, now, roles } = desk;
  if (grants.size >= mostGrants) grants.clear();
  grants.set(code, {
    user,
    roles: roles.filter((role) => form.getAll('role').includes(role)),
    redirectUri: form.get('redirect_uri') ?? '',
    challenge: form.get('code_challenge') ?? '',
    nonce: form.get('nonce') ?? undefined,
    endsAt: now().getTime() + codeMs,
  });
  return back(form, { code });
}

/** Exchanges a code for tokens. A code is valid once. */
async function redeem({ issuer, grants, now }: Desk, form: URLSearchParams): Promise<Answer> {
  if (form.get('grant_type') !== 'authorization_code')
    return uncached(400, { error: 'unsupported_grant_type' });
  if (form.get('client_id') !== clientId) return uncached(400, { error: 'invalid_client' });
  const code = form.get('code') ?? '';
  const found = grants.get(code);
  grants.delete(code);
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  const fits =
    found !== undefined &&
    found.endsAt > now().getTime() &&
    found.challenge === challenge &&
    found.redirectUri === form.get('redirect_uri');
  if (!fits) return uncached(400, { error: 'invalid_grant' });
  return uncached(200, {
    access_token: await issuer.accessToken(found),
    id_token: await issuer.idToken(found, found.nonce),
    token_type: 'Bearer',
    expires_in: tokenSeconds,
    scope: 'openid',
  });
}

/** There are no sessions here, so nothing must be ended: redirects the user back. */
function leave({ issuer }: Desk, asked: URLSearchParams): Answer {
  const target = asked.get('logout_uri') ?? asked.get('post_logout_redirect_uri');
  if (target === null) return refusalPage('You are signed out.', 200);
  if (target !== pageOf(issuer)) return refusalPage(`\`logout_uri\` must be ${pageOf(issuer)}.`);
  const url = new URL(target);
  const state = asked.get('state');
  if (state !== null) url.searchParams.set('state', state);
  return redirect(url);
}

function refuse({ issuer }: Desk, asked: URLSearchParams): Answer | undefined {
  if (asked.get('client_id') !== clientId) return refusalPage(`\`client_id\` must be ${clientId}.`);
  if (asked.get('redirect_uri') !== pageOf(issuer)) {
    return refusalPage(`\`redirect_uri\` must be ${pageOf(issuer)}.`);
  }
  if (asked.get('response_type') !== 'code') return back(asked, { error: 'unsupported_response_type' });
  const safe =
    asked.get('code_challenge_method') === 'S256' &&
    /^[A-Za-z0-9_-]{43}$/.test(asked.get('code_challenge') ?? '');
  return safe ? undefined : back(asked, { error: 'invalid_request', error_description: 'PKCE with S256' });
}

/** The only redirect URI: the console. */
function pageOf({ url }: Issuer): string {
  return `${url}/`;
}

function back(asked: URLSearchParams, fields: Readonly<Record<string, string>>): Answer {
  const url = new URL(asked.get('redirect_uri') ?? '');
  const state = asked.get('state');
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return redirect(url);
}

function redirect(url: URL): Answer {
  const headers = { location: url.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  return { status: 303, headers, cookies: [], body: Buffer.alloc(0) };
}

function uncached(status: number, value: unknown): Answer {
  const answer = json(status, value);
  return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } };
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  // A form that is too long is refused as empty.
  const body = await bodyOf(request, longestForm);
  return new URLSearchParams(body?.toString('utf8'));
}

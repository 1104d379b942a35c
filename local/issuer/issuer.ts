import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { defined } from '../../lib/flow/defined.ts';
import { Obstacle } from '../obstacle.ts';

/** The id of the only client; on AWS that of the user pool's client. */
export const clientId = 'branchline-console';

/** How long a token is valid, in seconds: a working day. */
export const tokenSeconds = 12 * 60 * 60;

/** The user of a token. */
export interface Subject {
  readonly user: string;
  readonly roles: readonly string[];
}

/** Issues tokens like a Cognito user pool. */
export interface Issuer {
  /** The claim `iss` of every token: the stack's origin. */
  readonly url: string;
  /** The public key as a JWK set (https://www.rfc-editor.org/rfc/rfc7517#section-5). */
  readonly keys: { readonly keys: JWK[] };
  /** Signs claims unchanged. */
  sign(claims: JWTPayload): Promise<string>;
  /** An access token for the API, with `client_id` and `username`, and without `aud` and e-mail. */
  accessToken(subject: Subject): Promise<string>;
  /** An id token for the console; the API does not accept it. */
  idToken(subject: Subject, nonce: string | undefined): Promise<string>;
}

/** Opens the issuer of a stack with the key in its data directory. If there is none, it is created, readable by this user only. */
export async function openIssuer(dataDir: string, url: string, now: () => Date): Promise<Issuer> {
  const secret = readKey(dataDir) ?? (await makeKey(dataDir));
  const { kty, n, e, kid } = secret;
  if (kid === undefined || n === undefined || e === undefined) throw damaged(dataDir);
  const header = { alg: 'RS256', kid };
  const key = await importJWK(secret, 'RS256');
  const sign: Issuer['sign'] = (claims) => new SignJWT({ ...claims }).setProtectedHeader(header).sign(key);
  const told = ({ user, roles }: Subject) => {
    const iat = Math.floor(now().getTime() / 1000);
    const groups = roles.length === 0 ? {} : { 'cognito:groups': [...roles] };
    return {
      iss: url,
      sub: user,
      ...groups,
      auth_time: iat,
      iat,
      exp: iat + tokenSeconds,
      jti: randomUUID(),
    };
  };
  return {
    url,
    keys: { keys: [{ kty: kty ?? 'RSA', n, e, kid, alg: 'RS256', use: 'sig' }] },
    sign,
    accessToken(subject) {
      const client = { client_id: clientId, token_use: 'access', scope: 'openid' };
      return sign({ ...told(subject), ...client, username: subject.user });
    },
    idToken(subject, nonce) {
      const client = { aud: clientId, token_use: 'id', ...defined({ nonce }) };
      return sign({ ...told(subject), ...client, 'cognito:username': subject.user });
    },
  };
}

function readKey(dataDir: string): JWK | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(dataDir), 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
  try {
    return JSON.parse(text) as JWK;
  } catch {
    throw damaged(dataDir);
  }
}

async function makeKey(dataDir: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const secret: JWK = { ...(await exportJWK(privateKey)), kid: randomUUID() };
  const file = fileOf(dataDir);
  // Atomic: a process that dies in between leaves no incomplete file.
  writeFileSync(`${file}.new`, `${JSON.stringify(secret, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secret;
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'issuer.json');
}

function damaged(dataDir: string): Obstacle {
  return new Obstacle(`${fileOf(dataDir)} is damaged: remove it, and the next start creates a new key.`);
}

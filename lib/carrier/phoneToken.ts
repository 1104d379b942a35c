import { createHmac } from 'node:crypto';

/** The API key that signs tokens of browser phones, and its account. */
export interface PhoneKey {
  readonly accountSid: string;
  readonly sid: string;
  readonly secret: string;
}

/** An access token for a browser phone, and when it expires (ISO, UTC). */
export interface PhoneToken {
  readonly token: string;
  readonly expiresAt: string;
}

/** How long a token is valid. */
const validSeconds = 3600;

/**
 * Creates a token with which a browser can take, but not make, calls as `client:CLIENT` for an hour. It is a JWT signed with HS256
 * (https://www.twilio.com/docs/iam/access-tokens).
 */
export function phoneTokenFor(client: string, { accountSid, sid, secret }: PhoneKey, at: Date): PhoneToken {
  const iat = Math.floor(at.getTime() / 1000);
  const exp = iat + validSeconds;
  const grants = { identity: client, voice: { incoming: { allow: true } } };
  const payload = { jti: `${sid}-${iat}`, grants, iat, exp, iss: sid, sub: accountSid };
  const head = { cty: 'twilio-fpa;v=1', typ: 'JWT', alg: 'HS256' };
  const signed = [head, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = createHmac('sha256', secret).update(signed).digest('base64url');
  return { token: `${signed}.${signature}`, expiresAt: new Date(exp * 1000).toISOString() };
}

import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';

/** The claims of a valid token as a function gets them: every value is a string. */
export type Claims = Readonly<Record<string, string>>;

/** Returns the claims of an `Authorization` header; `undefined` if it has no valid token. */
export type Authorizer = (header: string | undefined) => Promise<Claims | undefined>;

/**
 * Checks tokens like the JWT authorizer of an HTTP API: an RS256 signature with a key of the issuer, `iss`, the client as `aud` or, if
 * that is missing, as `client_id`, and `exp`, `nbf` and `iat` without leeway.
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html)
 */
export function createAuthorizer({
  issuer,
  client,
  keys,
  now,
}: {
  readonly issuer: string;
  readonly client: string;
  readonly keys: JSONWebKeySet;
  readonly now: () => Date;
}): Authorizer {
  const keySet = createLocalJWKSet(keys);
  return async (header = '') => {
    const token = header.replace(/^Bearer /i, '');
    const currentDate = now();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keySet, {
        ...{ algorithms: ['RS256'], issuer, currentDate, requiredClaims: ['exp'] },
      });
      const { iat = 0 } = payload;
      const fits = protectedHeader.kid !== undefined && isFor(payload, client);
      return fits && iat * 1000 <= currentDate.getTime() ? flatten(payload) : undefined;
    } catch {
      // The sender of an invalid token gets no reason.
      return undefined;
    }
  };
}

function isFor({ aud, client_id: id }: JWTPayload, client: string): boolean {
  if (aud === undefined) return id === client;
  return Array.isArray(aud) ? aud.includes(client) : aud === client;
}

/** Every claim as a string, as API Gateway passes them on: a list as `[admin editor]`, an object as `map[key:value]`. */
function flatten(payload: JWTPayload): Claims {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, each]) => `${key}:${textOf(each)}`);
  return `map[${entries.toSorted().join(' ')}]`;
}

import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';

/** The claims of a good token as a function gets them: every value a text. */
export type Claims = Readonly<Record<string, string>>;

/** Reads the `Authorization` header of a request; `undefined` if it holds no good token. */
export type Authorizer = (header: string | undefined) => Promise<Claims | undefined>;

/**
 * Checks tokens as the JWT authorizer of an HTTP API does: signed by RS256 with a key of the issuer's, `iss`, the client as
 * `aud` or, without one, as `client_id`, `exp`, `nbf` and `iat`, all without any leeway.
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
      // Why a token is bad is nobody's business but its maker's.
      return undefined;
    }
  };
}

function isFor({ aud, client_id: id }: JWTPayload, client: string): boolean {
  if (aud === undefined) return id === client;
  return Array.isArray(aud) ? aud.includes(client) : aud === client;
}

/** Every claim as a text, as API Gateway hands them on: a list as `[admin editor]`, an object as `map[key:value]`. */
function flatten(payload: JWTPayload): Claims {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, each]) => `${key}:${textOf(each)}`);
  return `map[${entries.toSorted().join(' ')}]`;
}

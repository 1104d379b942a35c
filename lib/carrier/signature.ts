import { timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { hmacSha1 } from './hmac.ts';
import type { Fields } from './posts.ts';

/** What of a request is signed (https://www.twilio.com/docs/usage/webhooks/webhooks-security). */
export interface SignedRequest {
  /** The header that holds it, as `signatureOf` finds it. */
  readonly signature: string | undefined;
  /** The URLs that the carrier may have called, as it spelled them; its default port may be spelled or not. */
  readonly urls: readonly string[];
  /** The fields of a posted form; none for a GET, whose fields are part of the URL. */
  readonly fields: Fields;
  /** The names of the fields, each with its value behind it, in order of the names, if that is known already. */
  readonly sorted?: string | undefined;
}

/** Whether the carrier signed the request with one of the auth tokens. An empty token signs nothing. */
export function isSigned(request: SignedRequest, tokens: readonly string[]): boolean {
  return signingToken(request, tokens) !== undefined;
}

/** The auth token that the carrier signed the request with; `undefined` if none of these did. */
export function signingToken(
  { signature, urls, fields, sorted = sortedFields(fields) }: SignedRequest,
  tokens: readonly string[],
): string | undefined {
  if (signature === undefined || signature === '') return undefined;
  const plain = tokens.find(
    (token) => token !== '' && urls.some((url) => isPlainlySigned(token, signature, url, sorted)),
  );
  if (plain !== undefined) return plain;
  // The validator throws on a malformed URL, and a request can bring one by its host.
  const called = urls.filter((url) => URL.canParse(url));
  return tokens.find(
    (token) => token !== '' && called.some((url) => validateRequest(token, signature, url, fields)),
  );
}

/**
 * Whether the signature is over the URL as it stands and the fields by name: what carriers do if neither is odd, at a quarter of
 * the validator's time. It proves the signature; whatever it does not accept, the validator decides.
 */
function isPlainlySigned(token: string, signature: string, url: string, sorted: string | undefined): boolean {
  if (sorted === undefined) return false;
  const own = hmacSha1(token, url, sorted);
  if (own.length !== signature.length) return false;
  expected.write(own);
  // What is longer in bytes than in characters is no base64.
  return given.write(signature) === signatureBytes && timingSafeEqual(expected, given);
}

/** How long a signature is: 20 bytes in base64. Two of them are compared in these buffers, each time again. */
const signatureBytes = 28;
const expected = Buffer.alloc(signatureBytes);
const given = Buffer.alloc(signatureBytes);

/** The fields by name, as they are signed; `undefined` if one of them stands there twice. */
function sortedFields(fields: Fields): string | undefined {
  const names = Object.keys(fields).sort();
  if (names.some((name) => typeof fields[name] !== 'string')) return undefined;
  return names.map((name) => `${name}${fields[name]}`).join('');
}

/** The signature of a request: SignalWire signs as Twilio does, under a header of its own. */
export function signatureOf(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  return headers['x-twilio-signature'] || headers['x-signalwire-signature'];
}

/** The parts of a request that its public URL is made of. */
export type Received = Pick<APIGatewayProxyEventV2, 'rawPath' | 'rawQueryString' | 'headers'> & {
  readonly requestContext: Pick<APIGatewayProxyEventV2['requestContext'], 'domainName'>;
};

/**
 * The URLs that the carrier may have called: under `publicUrl` (no slash at its end), and under the host that the
 * request names. Path and query stay as they came: the signature is over their very spelling.
 */
export function publicUrls(
  { rawPath, rawQueryString, headers, requestContext }: Received,
  publicUrl: string,
): string[] {
  const asked = rawQueryString === '' ? rawPath : `${rawPath}?${rawQueryString}`;
  const scheme = headers['x-forwarded-proto'] === 'http' ? 'http' : 'https';
  const named = `${scheme}://${requestContext.domainName}`;
  return named === publicUrl ? [publicUrl + asked] : [publicUrl + asked, named + asked];
}

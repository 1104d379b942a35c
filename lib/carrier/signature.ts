import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import type { Fields } from './posts.ts';

/** What of a request is signed (https://www.twilio.com/docs/usage/webhooks/webhooks-security). */
export interface SignedRequest {
  /** The header that holds it, as `signatureOf` finds it. */
  readonly signature: string | undefined;
  /** The URLs that the carrier may have called, as it spelled them; its default port may be spelled or not. */
  readonly urls: readonly string[];
  /** The fields of a posted form; none for a GET, whose fields are part of the URL. */
  readonly fields: Fields;
}

/** Whether the carrier signed the request with one of the auth tokens. An empty token signs nothing. */
export function isSigned(request: SignedRequest, tokens: readonly string[]): boolean {
  return signingToken(request, tokens) !== undefined;
}

/** The auth token that the carrier signed the request with; `undefined` if none of these did. */
export function signingToken(
  { signature, urls, fields }: SignedRequest,
  tokens: readonly string[],
): string | undefined {
  if (signature === undefined || signature === '') return undefined;
  // The validator throws on a URL that is none, and a request can bring one by its host.
  const called = urls.filter((url) => URL.canParse(url));
  return tokens.find(
    (token) => token !== '' && called.some((url) => validateRequest(token, signature, url, fields)),
  );
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
  const configured = publicUrl + asked;
  const named = `${scheme}://${requestContext.domainName}${asked}`;
  return named === configured ? [configured] : [configured, named];
}

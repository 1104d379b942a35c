import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect } from 'vitest';
import type { HttpAnswer, HttpHandler } from '../../lib/http.ts';
import { faultsOf } from './grammar.ts';

/** The public URL that tests are set up with. */
export const publicUrl = 'https://phone.example.com';

/** The auth tokens that tests are set up with: webhooks signed by any of them are accepted. */
export const tokens = ['first-token-0123456789abcdef', 'second-token-0123456789abcde'];

/** A form post as the carrier makes it; a list is a field that stands there several times. */
export type Post = Readonly<Record<string, string | readonly string[]>>;

/** What every post of a call says. */
export const call: Post = {
  CallSid: 'CA0123456789abcdef0123456789abcdef',
  AccountSid: 'AC0123456789abcdef0123456789abcdef',
  From: '+15550123',
  To: '+15550100',
  CallStatus: 'in-progress',
  Direction: 'inbound',
  ApiVersion: '2010-04-01',
  FromCity: '',
  ToCity: '',
};

/** How a webhook is posted and signed. */
export interface How {
  readonly method?: 'POST' | 'GET';
  /** Whether the body arrives base64-encoded, as it does on AWS. */
  readonly base64?: boolean;
  readonly token?: string;
  /** The base of the URL that the carrier signs; the public one when left out. */
  readonly signedUrl?: string;
  readonly signature?: string | undefined;
}

/** The event of an HTTP API for a webhook that the carrier signs. `at` is the path with its query. */
export function eventOf(at: string, post: Post, how: How = {}): APIGatewayProxyEventV2 {
  const { method = 'POST', base64 = true, token = tokens[0] ?? '', signedUrl = publicUrl } = how;
  const form = new URLSearchParams(Object.entries(post).flatMap(([name, value]) => pairs(name, value)));
  const [path = '', asked = ''] = at.split('?');
  const query = method === 'GET' ? [asked, form.toString()].filter((part) => part !== '').join('&') : asked;
  const url = `${signedUrl}${path}${query === '' ? '' : `?${query}`}`;
  const signature = 'signature' in how ? how.signature : sign(url, method === 'GET' ? {} : post, token);
  const body = base64 ? Buffer.from(form.toString()).toString('base64') : form.toString();
  const headers = {
    host: new URL(publicUrl).host,
    ...(method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }),
    'x-forwarded-proto': 'https',
    ...(signature === undefined ? {} : { 'x-twilio-signature': signature }),
  };
  return {
    version: '2.0',
    routeKey: `${method} /voice/{proxy+}`,
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: new URL(publicUrl).host,
      domainPrefix: 'phone',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'TwilioProxy/1.1' },
      requestId: 'request',
      routeKey: `${method} /voice/{proxy+}`,
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1767225600000,
    },
    pathParameters: { proxy: path.replace('/voice/', '') },
    isBase64Encoded: method === 'POST' && base64,
    ...(method === 'GET' ? {} : { body }),
  };
}

function pairs(name: string, value: string | readonly string[]): [string, string][] {
  return typeof value === 'string' ? [[name, value]] : value.map((each) => [name, each]);
}

/** The signature as the carrier documents it (https://www.twilio.com/docs/usage/webhooks/webhooks-security). */
function sign(url: string, post: Post, token: string): string {
  const signed = Object.keys(post)
    .sort()
    .flatMap((name) =>
      [...new Set(pairs(name, post[name] ?? '').map(([, value]) => value))]
        .sort()
        .map((value) => name + value),
    )
    .join('');
  return createHmac('sha1', token)
    .update(url + signed, 'utf8')
    .digest('base64');
}

/** Sends a webhook and returns its TwiML, which a carrier must be able to play. */
export async function hear(
  handler: HttpHandler,
  at: string,
  post: Post = call,
  how: How = {},
): Promise<string> {
  return document(await handler(eventOf(at, post, how)));
}

/** The document of an answer, which a carrier must be able to play. */
export function document(answer: HttpAnswer): string {
  expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/xml; charset=utf-8' } });
  const body = answer.body ?? '';
  expect(faultsOf(body)).toEqual([]);
  return body;
}

/** The path and query that a document's Gather or Redirect sends the carrier to. */
export function actionOf(xml: string): string {
  const url = /action="([^"]*)"/.exec(xml)?.[1] ?? /<Redirect[^>]*>([^<]*)</.exec(xml)?.[1] ?? '';
  expect(url.startsWith(`${publicUrl}/voice/`)).toBe(true);
  return url.slice(publicUrl.length).replaceAll('&amp;', '&');
}

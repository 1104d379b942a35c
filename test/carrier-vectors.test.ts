import { readFileSync } from 'node:fs';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { setUpVoice } from './kit/voice.ts';
import { call, eventOf } from './kit/webhook.ts';

/** A signed request; the file that holds them says what its parts mean. */
interface Vector {
  readonly name: string;
  readonly method: 'POST' | 'GET';
  readonly url: string;
  readonly sentTo?: string;
  readonly params: readonly (readonly [string, string])[];
  readonly raw?: string;
  readonly ctype?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expect: boolean | null;
  readonly signature: string | Readonly<Record<string, string>>;
}

const file = new URL('vectors/signatures.json', import.meta.url);
const { token, cases }: { token: string; cases: Vector[] } = JSON.parse(readFileSync(file, 'utf8'));
const host = '127.0.0.1:4120';
const { load } = setUpVoice();

test.each(cases)('a request signed by the carrier: $name', async (vector) => {
  const handler = await load({ TWILIO_AUTH_TOKEN: token, PUBLIC_URL: `http://${host}` });
  const statusOf = async (signature: string) => (await handler(received(vector, signature))).statusCode;
  const { signature } = vector;
  const signatures = typeof signature === 'string' ? { node: signature } : signature;
  const expected = { true: [200], false: [403], null: [200, 403] }[`${vector.expect}`];
  expect(expected).toContain(await statusOf(signatures.node ?? ''));
  // Where the libraries sign differently, what counts is what the carrier's own library for Node takes.
  for (const each of Object.values(signatures)) {
    if (each !== signatures.node) expect([200, 403]).toContain(await statusOf(each));
    else expect(expected).toContain(await statusOf(each));
  }
});

/** What the gateway makes of the request. */
function received(vector: Vector, signature: string): APIGatewayProxyEventV2 {
  const { method, url, sentTo = url, params, raw, ctype, headers = {} } = vector;
  const { _extra: extra, ...more } = headers;
  const [, path = '', query = ''] = /^https?:\/\/[^/]*([^?]*)\??(.*)$/.exec(sentTo) ?? [];
  const event = eventOf(path, call);
  const form = new URLSearchParams(params.map(([name, value]): [string, string] => [name, value])).toString();
  const body = raw ?? [form, ...(extra === undefined ? [] : [extra])].join('&');
  const type = ctype ?? 'application/x-www-form-urlencoded';
  return {
    ...event,
    rawQueryString: query,
    headers: {
      ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name.toLowerCase(), value])),
      host,
      'x-forwarded-proto': sentTo.startsWith('https') ? 'https' : 'http',
      'content-type': type,
      'x-twilio-signature': signature,
    },
    requestContext: {
      ...event.requestContext,
      domainName: host,
      http: { ...event.requestContext.http, method },
    },
    body: Buffer.from(method === 'GET' ? '' : body).toString('base64'),
    isBase64Encoded: true,
  };
}

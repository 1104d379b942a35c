import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneRate } from '../lib/media/sound.ts';
import { readWav } from '../lib/media/wav.ts';
import { tonesOf } from '../local/aws/tones.ts';
import { type PackagedFunction, startFunction } from './kit/function.ts';
import { makePackage } from './kit/package.ts';
import { type PollyKit, startPolly } from './kit/polly.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
let polly: PollyKit;
let admin: PackagedFunction;
beforeAll(async () => {
  const { zips } = await makePackage();
  const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
  [table, polly] = await Promise.all([startTestTable(), startPolly({ now: Date.now, sleep })]);
  admin = await startFunction('admin', zips.admin, {
    AWS_REGION: table.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_POLLY: polly.endpoint,
    TABLE_NAME: table.name,
    AUDIO_BUCKET: 'audio',
    PUBLIC_URL: 'https://phone.example.com',
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: 'token',
  });
}, 60_000);
afterAll(async () => {
  admin.close();
  await Promise.all([table.close(), polly.close()]);
});

/** The event of a preview, as the gateway hands it over. */
function previewOf(query: Readonly<Record<string, string>>) {
  const path = '/api/speech/preview';
  return {
    ...{ version: '2.0', routeKey: 'ANY /api/{proxy+}', rawPath: path, isBase64Encoded: false },
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {},
    queryStringParameters: query,
    requestContext: {
      http: { method: 'GET', path },
      requestId: 'request',
      authorizer: { jwt: { claims: { token_use: 'access', username: 'ann', 'cognito:groups': '[viewer]' } } },
    },
  };
}

test('the packaged admin function speaks a text, in the base64 that the gateway wants of a binary body', async () => {
  const answer = await admin.invoke(previewOf({ text: 'Hello 1', language: 'en-US' }));
  expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: true });
  expect(answer.headers).toMatchObject({ 'content-type': 'audio/wav', 'cache-control': 'no-store' });
  const { channels, sampleRate } = readWav(Buffer.from(String(answer.body), 'base64'));
  expect([sampleRate, channels[0]?.length]).toEqual([phoneRate, tonesOf('Hello 1', phoneRate).length]);
  expect(polly.orders).toMatchObject([{ Text: 'Hello 1', VoiceId: 'Joanna', Engine: 'standard' }]);
});

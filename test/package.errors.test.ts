import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Admin } from '../lib/admin/admin.ts';
import { saveDraft } from '../lib/admin/flows.ts';
import { bindNumber } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { partKey } from '../lib/store/table/keys.ts';
import { put } from '../lib/store/table/table.ts';
import { type PackagedFunction, startFunction } from './kit/function.ts';
import { makePackage } from './kit/package.ts';
import { greeting } from './kit/sampleflows.ts';
import { type ParameterStore, startParameterStore } from './kit/ssm.ts';
import { startTestTable, type TestTable } from './kit/table.ts';
import { call, document, eventOf, publicUrl } from './kit/webhook.ts';

const parameter = '/branchline/test/twilio-auth-token';
const at = new Date('2026-01-01T00:00:00Z');

let table: TestTable;
let ssm: ParameterStore;
let sound: PackagedFunction;
let unreachable: PackagedFunction;
let tableless: PackagedFunction;
let tokenless: PackagedFunction;
let throwing: PackagedFunction;

beforeAll(async () => {
  const [{ zips }] = await Promise.all([makePackage(), setUp()]);
  const start = (changes = {}) => startFunction('voice', zips.voice, { ...environment(), ...changes });
  [sound, unreachable, tableless, tokenless, throwing] = await Promise.all([
    start(),
    start({ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' }),
    start({ TABLE_NAME: 'another' }),
    start({ TWILIO_AUTH_TOKEN: 'ssm:/branchline/other' }),
    startFunction('voice', zips.voice, environment(), breakPlay),
  ]);
}, 60_000);

afterAll(async () => {
  for (const each of [sound, unreachable, tableless, tokenless, throwing]) each.close();
  await Promise.all([table.close(), ssm.close()]);
});

/** A table with two flows, of one of which the live version is damaged. */
async function setUp() {
  [table, ssm] = await Promise.all([startTestTable(), startParameterStore()]);
  ssm.values.set(parameter, 'the-token');
  const admin: Admin = { table, who: 'test', now: () => at, retainDays: 90 };
  for (const [id, number] of [
    ['throws', '+15550101'],
    ['damaged', '+15550102'],
  ] as const) {
    await saveDraft(admin, greeting(id));
    await publish(admin, id);
    await bindNumber(admin, number, id);
  }
  await put(table, partKey('damaged', 1, 'flow', 0), { json: new TextEncoder().encode('not gzip') });
}

const environment = () => ({
  AWS_REGION: table.region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
  AWS_ENDPOINT_URL_SSM: ssm.endpoint,
  TABLE_NAME: table.name,
  PUBLIC_URL: publicUrl,
  AUDIO_URL: `${publicUrl}/audio`,
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: `ssm:${parameter}`,
});

/** A bug in the code of `play`: it calls what is not there. No other place in the bundle moves. */
function breakPlay(code: string): string {
  const broken = code.replace(/\.say(\(["'`]prompt["'`]\),\w+=Array\.from)/, '.sax$1');
  expect(broken).not.toBe(code);
  return broken;
}

const place = { level: 'error', path: '/voice/incoming', requestId: 'request' };
const ofCall = { ...place, callSid: call.CallSid };

describe('what broke in the packaged function can be read in one error line', () => {
  test.each<[string, () => PackagedFunction, string, object]>([
    ['the database is unreachable', () => unreachable, '+15550101', { ...ofCall, code: 'ECONNREFUSED' }],
    [
      'the table is gone',
      () => tableless,
      '+15550101',
      {
        ...ofCall,
        code: 'ResourceNotFoundException',
        message: expect.stringContaining('not found'),
      },
    ],
    [
      'the token cannot be read',
      () => tokenless,
      '+15550101',
      {
        ...place,
        ...{ error: 'InternalError', code: 'token-unreadable' },
        message: 'The parameter /branchline/other holds no token to read.',
        causes: [expect.objectContaining({ error: 'ParameterNotFound' })],
      },
    ],
    [
      'a node throws',
      () => throwing,
      '+15550101',
      {
        ...{ ...ofCall, error: 'InternalError', code: 'node-threw' },
        message: 'Node "hello" of throws, version 1, threw.',
        causes: [
          expect.objectContaining({
            error: 'TypeError',
            message: 'is not a function',
            frames: expect.arrayContaining([expect.stringMatching(/^lib\/nodes\/play\.ts:\d+$/)]),
          }),
        ],
      },
    ],
    ['a version is damaged', () => sound, '+15550102', { ...ofCall, code: 'Z_DATA_ERROR' }],
    [
      'a number is bound to no flow',
      () => sound,
      '+15550103',
      {
        ...{ ...ofCall, error: 'InternalError', code: 'unknown-number' },
        message: 'The number that was called is bound to no flow.',
      },
    ],
  ])('%s', async (_, broken, To, expected) => {
    const before = broken().log().length;
    const event = eventOf('/voice/incoming', { ...call, To }, { token: 'the-token' });
    expect(document(await broken().invoke(event))).toContain('<Hangup/>');
    const written = broken().log().slice(before);
    const errors = written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([expected]);
    const frames: string[] = [errors[0], ...(errors[0].causes ?? [])].flatMap((each) => each.frames ?? []);
    const ours = frames.filter((frame) => /^(lib|functions)\//.test(frame));
    expect(ours.length).toBeGreaterThan(0);
    for (const frame of ours) expect(lineAt(frame).trim(), frame).toMatch(/\w/);
  });
});

/** The line of our source that a frame names, such as `lib/calls/app.ts:40`. */
function lineAt(frame: string): string {
  const [file = '', row] = frame.split(':');
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').split('\n')[Number(row) - 1] ?? '';
}

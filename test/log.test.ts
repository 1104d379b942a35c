import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { createAdmin } from '../lib/api/app.ts';
import { InternalError } from '../lib/errors.ts';
import type { Request } from '../lib/http.ts';
import { createReport, errorLine } from '../lib/log.ts';
import { measureNothing } from '../lib/metrics.ts';
import { get, openTable } from '../lib/store/table/table.ts';
import { Misconfigured } from '../lib/variables.ts';
import { startServer } from './kit/server.ts';
import { credentials } from './kit/table.ts';

const at = new Date('2026-01-01T00:00:00.000Z');
const secret = '+15550123';
// biome-ignore lint/suspicious/noExplicitAny: the tests look into it as they like.
const told = (error: unknown): any => JSON.parse(errorLine(at, error));

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('an error line is one line of JSON that says what broke, and where', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:8000'), { code: 'ECONNREFUSED' });
  const error = new InternalError('table-busy', 'The table is too busy.', { cause });
  const line = errorLine(at, error, { path: '/voice/step', callSid: 'CA1', requestId: 'r-1' });
  expect(line).not.toContain('\n');
  expect(JSON.parse(line)).toEqual({
    level: 'error',
    at: '2026-01-01T00:00:00.000Z',
    path: '/voice/step',
    callSid: 'CA1',
    requestId: 'r-1',
    error: 'InternalError',
    code: 'table-busy',
    message: 'The table is too busy.',
    frames: expect.arrayContaining([expect.stringMatching(/test\/log\.test\.ts:\d+/)]),
    causes: [
      {
        error: 'Error',
        code: 'ECONNREFUSED',
        message: 'connect ECONNREFUSED 127.0.0.1:8000',
        frames: expect.any(Array),
      },
    ],
  });
});

describe('a message is whole', () => {
  test.each([
    ['of our own errors', new Misconfigured('PUBLIC_URL is not set.'), 'misconfigured', /^PUBLIC_URL is not/],
    [
      'of an answer of AWS',
      new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} }),
      'ConditionalCheckFailedException',
      /^The conditional request failed$/,
    ],
    [
      'of the system',
      Object.assign(new Error('getaddrinfo ENOTFOUND db.example'), { code: 'ENOTFOUND' }),
      'ENOTFOUND',
      /^getaddrinfo ENOTFOUND db.example$/,
    ],
  ])('%s', (_, error, code, message) => {
    expect(told(error)).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('but not of endless length', () => {
    expect(told(new Misconfigured('x'.repeat(10_000))).message).toHaveLength(500);
  });
});

describe('of any other message only the words of V8 are kept', () => {
  const nothing = undefined as unknown as Record<string, { length: number }>;
  const odd = secret as unknown as { (): void; x: number } & Iterable<string>;

  test.each([
    ['Cannot read properties of undefined', () => nothing[secret]?.length],
    ['Unexpected token … is not valid JSON', () => JSON.parse(`{"a": ${secret}}`)],
    ['Cannot convert … to a BigInt', () => BigInt(secret.slice(1).concat('x'))],
    [
      'Cannot create property',
      () => {
        odd.x = 1;
      },
    ],
    ['Invalid regular expression', () => new RegExp(`(${secret}`)],
    [
      'Maximum call stack size exceeded',
      function again(): unknown {
        return again();
      },
    ],
    [
      undefined,
      () => {
        throw new Error(`the caller ${secret}\n    at ${secret} (/voice.mjs:1:1)`);
      },
    ],
    [
      undefined,
      () => {
        throw Object.assign(new Error('odd'), { name: `${secret} <x>`, code: `code ${secret}` });
      },
    ],
  ])('%s', (message, work) => {
    const line = errorLine(at, thrownBy(work));
    expect(JSON.parse(line).message).toBe(message);
    expect(line).not.toContain(secret.slice(1));
    expect(JSON.parse(line).frames[0]).toMatch(/test\/log\.test\.ts:\d+|node:/);
  });

  test('what is thrown and no error is named by its type alone', () => {
    expect(told(secret)).toEqual({ level: 'error', at: at.toISOString(), error: 'string' });
  });
});

test('causes are told from the outside in, those of several addresses too, and no ring of them is endless', () => {
  const refused = ['one', 'two'].map((host) =>
    Object.assign(new Error(`connect ECONNREFUSED ${host}`), { code: 'ECONNREFUSED' }),
  );
  const fetched = new TypeError('fetch failed', { cause: new AggregateError(refused) });
  expect(told(fetched).causes.map(({ message }: { message: string }) => message)).toEqual([
    undefined,
    'connect ECONNREFUSED one',
    'connect ECONNREFUSED two',
  ]);
  const ring = new Error('ring');
  ring.cause = ring;
  expect(told(ring).causes).toHaveLength(5);
});

describe('an error of the table says who was waiting for it', () => {
  const key = { pk: 'flow#demo', sk: 'head' };
  const frames = [expect.stringMatching(/^get \(lib\/store\/table\/table\.ts:\d+\)$/)];

  test('when nothing listens', async () => {
    const table = openTable('t', {
      endpoint: 'http://127.0.0.1:1',
      region: 'r',
      credentials,
      maxAttempts: 1,
    });
    const error = await get(table, key).catch((cause: unknown) => cause);
    expect(told(error)).toMatchObject({ code: 'ECONNREFUSED', frames: expect.arrayContaining(frames) });
    table.client.destroy();
  });

  test('when it answers what is no JSON, which is not quoted', async () => {
    const { url: endpoint, close } = await startServer((_, response) =>
      response.setHeader('x-amzn-requestid', 'R1').end(`<html>${secret}</html>`),
    );
    const table = openTable('t', { endpoint, region: 'r', credentials, maxAttempts: 1 });
    const error = await get(table, key).catch((cause: unknown) => cause);
    expect(told(error)).toMatchObject({
      error: 'SyntaxError',
      code: 'http-200',
      message: 'Unexpected token … is not valid JSON',
      frames: expect.arrayContaining(frames),
    });
    expect(errorLine(at, error)).not.toContain(secret);
    table.client.destroy();
    await close();
  });
});

test('an error of the API is a problem without what broke, and one line of the log that names the call of the API', async () => {
  const written: string[] = [];
  const table = openTable('t', { endpoint: 'http://127.0.0.1:1', region: 'r', credentials, maxAttempts: 1 });
  const report = createReport({
    write: (line) => written.push(line),
    now: () => at,
    measure: measureNothing,
  });
  const app = createAdmin({ table, retainDays: 90, now: () => at, report });
  const claims = { username: 'ann', token_use: 'access', 'cognito:groups': '[admin]' };
  const http = { method: 'GET', path: `/api/calls/${secret.slice(1)}` };
  const requestContext = { http, requestId: 'r-1', authorizer: { jwt: { claims } } };
  const event = { version: '2.0', headers: {}, requestContext } as unknown as Request;
  const { statusCode, body = '' } = await app(event);
  expect([statusCode, JSON.parse(body).type]).toEqual([500, 'urn:branchline:error:internal']);
  expect(written.map((line) => JSON.parse(line))).toMatchObject([
    {
      level: 'error',
      path: 'GET /api/calls/{callSid}',
      requestId: 'r-1',
      code: 'ECONNREFUSED',
      frames: expect.arrayContaining([
        expect.stringMatching(/^fetchCall \(lib\/store\/calls\/calls\.ts:\d+\)$/),
      ]),
    },
  ]);
  expect(written.join('') + body).not.toContain(secret.slice(1));
  expect(body).not.toContain('ECONNREFUSED');
  table.client.destroy();
});

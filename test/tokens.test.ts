import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createVoice } from '../lib/calls/app.ts';
import type { Library } from '../lib/calls/library.ts';
import { createTokens } from '../lib/carrier/tokens.ts';
import { readQueueConfig, readVoiceConfig } from '../lib/config.ts';
import { createQueue } from '../lib/queue/queue.ts';
import { openTable } from '../lib/store/table/table.ts';
import { type ParameterStore, startParameterStore } from './kit/ssm.ts';
import { call, eventOf, hear, publicUrl } from './kit/webhook.ts';

const parameter = '/branchline/test/twilio-auth-token';
const environment = { TABLE_NAME: 'table', PUBLIC_URL: publicUrl, TWILIO_AUTH_TOKEN: 'secret' };
const has = (token: string) => (tokens: readonly string[]) => tokens.includes(token);
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);

let ssm: ParameterStore;
beforeAll(async () => {
  ssm = await startParameterStore();
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', ssm.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
});
afterAll(async () => {
  await ssm.close();
  vi.unstubAllEnvs();
});
beforeEach(() => {
  ssm.values.clear();
  ssm.reads.splice(0);
  ssm.trouble = undefined;
});

describe('where the tokens come from', () => {
  const source = (value: string) => readVoiceConfig({ ...environment, TWILIO_AUTH_TOKEN: value }).authTokens;

  test('the environment holds them, or names the parameter that does', () => {
    expect(source('one')).toEqual(['one']);
    expect(source('one, two')).toEqual(['one', 'two']);
    expect(source(`ssm:${parameter}`)).toEqual({ parameter });
  });

  test.each(['ssm:', 'ssm:name', 'ssm:/', 'ssm:/a b'])('%s names no parameter', (value) => {
    expect(() => source(value)).toThrow(/^TWILIO_AUTH_TOKEN must name its parameter as ssm:\//);
  });

  test.each([',', 'one,', ' ,two'])('"%s" holds an empty token', (value) => {
    expect(() => source(value)).toThrow(/^TWILIO_AUTH_TOKEN must be a token, or several/);
  });

  test('tokens of the environment are at hand: there is nothing to wait for', () => {
    const tokens = createTokens(['one', 'two'], { onFault: () => expect.unreachable() });
    expect(tokens.fit(at(0), has('two'))).toBe(true);
    expect(tokens.fit(at(0), has('three'))).toBe(false);
    expect(tokens.first(at(0))).toBe('one');
  });
});

describe('tokens in a parameter', () => {
  const faults: unknown[] = [];
  const open = () => createTokens({ parameter }, { onFault: (error) => faults.push(error) });
  beforeEach(() => {
    faults.splice(0);
    ssm.values.set(parameter, 'one,two');
  });

  test('are read when they are first asked for, decrypted, and then at hand for five minutes', async () => {
    const tokens = open();
    expect(ssm.reads).toEqual([]);
    expect(await tokens.fit(at(0), has('two'))).toBe(true);
    expect(ssm.reads).toEqual([{ name: parameter, decrypted: true }]);
    expect(tokens.fit(at(299), has('one'))).toBe(true);
    const later = tokens.fit(at(300), has('one'));
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toBe(true);
    expect(ssm.reads).toHaveLength(2);
  });

  test('come with the one that REST uses', async () => {
    const tokens = open();
    expect(await tokens.first(at(0))).toBe('one');
    ssm.values.set(parameter, 'three');
    expect(tokens.first(at(299))).toBe('one');
    expect(await tokens.first(at(300))).toBe('three');
  });

  test('are read again where they do not fit, once a minute at most', async () => {
    const tokens = open();
    expect(await tokens.fit(at(0), has('one'))).toBe(true);
    ssm.values.set(parameter, 'three');
    expect(tokens.fit(at(59), has('three'))).toBe(false);
    expect(await tokens.fit(at(60), has('three'))).toBe(true);
    expect(tokens.fit(at(61), has('one'))).toBe(false);
    expect(await tokens.fit(at(120), has('four'))).toBe(false);
    expect(tokens.fit(at(121), has('four'))).toBe(false);
    expect(ssm.reads).toHaveLength(3);
  });

  test('are read once for all who wait at the same time', async () => {
    const tokens = open();
    const fits = await Promise.all(Array.from({ length: 20 }, () => tokens.fit(at(0), has('one'))));
    expect(fits).toEqual(Array.from({ length: 20 }, () => true));
    expect(ssm.reads).toHaveLength(1);
  });

  test('stay as they were while SSM fails, and the fault is told', async () => {
    const tokens = open();
    await tokens.fit(at(0), has('one'));
    ssm.trouble = 'error';
    expect(await tokens.fit(at(300), has('one'))).toBe(true);
    expect(faults).toHaveLength(1);
    const tried = ssm.reads.length;
    expect(tokens.fit(at(359), has('one'))).toBe(true);
    expect(ssm.reads).toHaveLength(tried);
    ssm.trouble = undefined;
    ssm.values.set(parameter, 'three');
    expect(await tokens.fit(at(360), has('three'))).toBe(true);
  });

  test('stay as they were where the parameter holds an empty token', async () => {
    const tokens = open();
    await tokens.fit(at(0), has('one'));
    ssm.values.set(parameter, 'three,');
    expect(await tokens.fit(at(300), has('one'))).toBe(true);
    expect(faults).toMatchObject([
      {
        code: 'token-unreadable',
        cause: { message: `The parameter ${parameter} must be a token, or several with commas between.` },
      },
    ]);
  });

  test('that were never read are asked for each time, since nothing can be checked without them', async () => {
    const tokens = open();
    ssm.values.clear();
    await expect(tokens.fit(at(0), has('one'))).rejects.toThrow(
      expect.objectContaining({
        code: 'token-unreadable',
        cause: expect.objectContaining({ name: 'ParameterNotFound' }),
      }),
    );
    ssm.values.set(parameter, 'one');
    expect(await tokens.fit(at(1), has('one'))).toBe(true);
    expect(faults).toEqual([]);
  });

  test('are waited for no longer than a second', async () => {
    ssm.trouble = 'silence';
    const begun = performance.now();
    await expect(open().fit(at(0), has('one'))).rejects.toThrow();
    expect(performance.now() - begun).toBeLessThan(1500);
  });
});

describe('a webhook whose tokens are in a parameter', () => {
  const lines: string[] = [];
  const library: Library = {
    reachedBy: async () => undefined,
    liveVersionOf: async () => undefined,
    versionOf: async () => undefined,
  };
  const config = readVoiceConfig({ ...environment, TWILIO_AUTH_TOKEN: `ssm:${parameter}` });
  const queue = createQueue(readQueueConfig({ ...environment, TWILIO_ACCOUNT_SID: 'AC1' }), {
    table: openTable('table'),
    now: () => at(0),
    onFault: () => undefined,
  });
  const open = () =>
    createVoice({
      ...{ config, library, queue, now: queue.now },
      tokens: createTokens(config.authTokens, { onFault: () => expect.unreachable() }),
      write: (line) => lines.push(line),
    });
  beforeEach(() => lines.splice(0));

  test('is answered with TwiML when one of them signed it, and refused when none did', async () => {
    ssm.values.set(parameter, 'next,current');
    const handler = open();
    await hear(handler, '/voice/incoming', call, { token: 'next' });
    await hear(handler, '/voice/incoming', call, { token: 'current' });
    const refused = await handler(eventOf('/voice/incoming', call, { token: 'other' }));
    expect(refused.statusCode).toBe(403);
    expect(ssm.reads).toHaveLength(1);
  });

  const cursor = 'cursor=1&flow=demo&version=1&node=menu&waiting=1&step=1&language=zh-CN';
  test.each([
    ['/voice/incoming', /<Say[^>]*>We are sorry[^<]+<\/Say><Hangup\/>/],
    [`/voice/step?${cursor}`, /<Say[^>]*>非常抱歉[^<]+<\/Say><Hangup\/>/],
    [`/voice/wait?${cursor}&group=sales`, /<Play>/],
    ['/voice/status', /<Response\/>$/],
  ])('%s is answered while no token can be read, and nothing of it is written down', async (path, heard) => {
    expect(await hear(open(), path)).toMatch(heard);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        ...{ level: 'error', at: at(0).toISOString(), path: path.split('?')[0], requestId: 'request' },
        ...{ error: 'InternalError', code: 'token-unreadable' },
        message: `The parameter ${parameter} holds no token to read.`,
        frames: expect.any(Array),
        causes: [expect.objectContaining({ error: 'ParameterNotFound' })],
      },
    ]);
    expect(lines.join()).not.toMatch(/15550123|CA0123/);
  });

  test('never has a token in its log', async () => {
    ssm.values.set(parameter, 'very-secret,');
    await hear(open(), '/voice/incoming', call, { token: 'very-secret' });
    expect(lines.join('\n')).toContain('"error":"Misconfigured"');
    expect(lines.join('\n')).not.toContain('very-secret');
  });
});

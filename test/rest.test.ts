import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRest, type Rest } from '../lib/carrier/rest.ts';
import { type Account, startAccount } from './kit/account.ts';

let account: Account;
let rest: Rest;
beforeAll(async () => {
  account = await startAccount();
  rest = restAt(account.url);
});
afterAll(() => account.close());
beforeEach(() => {
  for (const list of [account.requests, account.rings, account.cancels]) list.splice(0);
});

const restAt = (apiUrl: string, token = () => 'secret') =>
  createRest({ apiUrl, accountSid: account.sid, token });
const ring = {
  from: '+15550100',
  to: 'sip:ann@example.com?x=1&y=2',
  timeoutSeconds: 20,
  answered: 'https://phone.example.com/voice/answered?agent=1001&lease=1',
  fallback: 'https://phone.example.com/voice/fallback',
  status: 'https://phone.example.com/voice/leg?agent=1001&lease=1',
};

test("a ring is asked for in the carrier's own form", async () => {
  expect(await rest.ring(ring)).toEqual({ outcome: 'rung', leg: 'CAleg1' });
  const [request] = account.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: `/2010-04-01/Accounts/${account.sid}/Calls.json`,
    authorization: `Basic ${Buffer.from(`${account.sid}:secret`).toString('base64')}`,
  });
  expect([...(request?.form ?? [])]).toEqual([
    ['From', ring.from],
    ['To', ring.to],
    ['Timeout', '20'],
    ['Url', ring.answered],
    ['Method', 'POST'],
    ['FallbackUrl', ring.fallback],
    ['FallbackMethod', 'POST'],
    ['StatusCallback', ring.status],
    ['StatusCallbackMethod', 'POST'],
    ['StatusCallbackEvent', 'initiated'],
    ['StatusCallbackEvent', 'completed'],
  ]);
});

describe('what comes of a ring', () => {
  test.each([
    [400, 'refused'],
    [404, 'refused'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [201, 'unknown'],
  ])('%i is %s', async (status, outcome) => {
    account.rings.push({ status, body: {} });
    expect(await rest.ring(ring)).toEqual({ outcome });
  });

  test('no answer within 2 s is not known', async () => {
    account.rings.push('silence');
    const begun = performance.now();
    expect(await rest.ring(ring)).toEqual({ outcome: 'unknown' });
    expect(performance.now() - begun).toBeGreaterThan(1900);
  });

  test('no connection is unavailable, one that breaks is not known', async () => {
    const server = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const broken = restAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await broken.ring(ring)).toEqual({ outcome: 'unknown' });
    await new Promise((resolve) => server.close(resolve));
    expect(await broken.ring(ring)).toEqual({ outcome: 'unavailable' });
  });

  test('no token is unavailable, and nothing is asked', async () => {
    const without = restAt(account.url, () => {
      throw new Error('no token');
    });
    expect(await without.ring(ring)).toEqual({ outcome: 'unavailable' });
    expect(account.requests).toEqual([]);
  });
});

describe('a leg', () => {
  test('is cancelled and asked after', async () => {
    expect(await rest.cancel('CA1')).toBe('canceled');
    expect(await rest.read('CA1')).toBe('in-progress');
    const path = `/2010-04-01/Accounts/${account.sid}/Calls/CA1.json`;
    expect(account.requests.map(({ method, path: at, form }) => [method, at, String(form)])).toEqual([
      ['POST', path, 'Status=canceled'],
      ['GET', path, ''],
    ]);
  });

  test.each([
    [200, { status: 'in-progress' }, 'in-progress'],
    [200, { status: 'ringing' }, 'ringing'],
    [200, { status: 'dancing' }, 'unknown'],
    [400, { code: 21220 }, 'gone'],
    [404, { code: 20404 }, 'gone'],
    [400, { code: 20001 }, 'unknown'],
    [429, {}, 'unknown'],
    [500, {}, 'unknown'],
  ])('answered with %i %j is %s', async (status, body, told) => {
    account.cancels.push({ status, body });
    expect(await rest.cancel('CA1')).toBe(told);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRest, type Rest } from '../lib/carrier/rest.ts';
import type { InternalError } from '../lib/errors.ts';
import { errorLine } from '../lib/log.ts';
import { type Account, startAccount } from './kit/account.ts';
import { startServer } from './kit/server.ts';

let account: Account;
let rest: Rest;
const faults: InternalError[] = [];
beforeAll(async () => {
  account = await startAccount();
  rest = restAt(account.url);
});
afterAll(() => account.close());
beforeEach(() => {
  for (const list of [account.requests, account.rings, account.cancels, faults]) list.splice(0);
});

const restAt = (apiUrl: string, token = () => 'secret') =>
  createRest({ apiUrl, accountSid: account.sid, token, onFault: (fault) => faults.push(fault) });

/** The messages in the error lines of the faults. */
const messages = () => faults.map((fault) => JSON.parse(errorLine(new Date(0), fault)).message);
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
  test.each([21201, 21211, 21214, 21217, 13223, 13224, '21217'])(
    '400 with %s speaks of the endpoint: refused, which is no fault',
    async (code) => {
      account.rings.push({ status: 400, body: { code } });
      expect(await rest.ring(ring)).toEqual({ outcome: 'refused' });
      expect(faults).toEqual([]);
    },
  );

  test.each([
    [400, 21215, 'declined', 'HTTP 400, code 21215'],
    [404, 21215, 'unavailable', 'HTTP 404, code 21215'],
    [400, 10004, 'unavailable', 'HTTP 400, code 10004'],
    [400, 22005, 'unavailable', 'HTTP 400, code 22005'],
    [400, undefined, 'unavailable', 'HTTP 400'],
    [401, 20003, 'unavailable', 'HTTP 401, code 20003'],
    [402, undefined, 'unavailable', 'HTTP 402'],
    [403, 20005, 'unavailable', 'HTTP 403, code 20005'],
    [404, 20404, 'unavailable', 'HTTP 404, code 20404'],
    // A code of the endpoint counts with a 400 only.
    [404, 21211, 'unavailable', 'HTTP 404, code 21211'],
    [301, undefined, 'unavailable', 'HTTP 301'],
    [302, undefined, 'unavailable', 'HTTP 302'],
    [408, undefined, 'unavailable', 'HTTP 408'],
    [429, 20429, 'unavailable', 'HTTP 429, code 20429'],
    [500, undefined, 'unavailable', 'HTTP 500'],
    [503, undefined, 'unavailable', 'HTTP 503'],
    // It may have begun to ring.
    [201, undefined, 'unknown', 'HTTP 201'],
  ])('%i with %s is %s, and the fault names both', async (status, code, outcome, named) => {
    account.rings.push({ status, body: { code } });
    expect(await rest.ring(ring)).toEqual({ outcome });
    expect(messages()).toEqual([`The carrier answered POST Calls.json with ${named}.`]);
  });

  test('a redirect is not followed, and takes no credentials elsewhere', async () => {
    const asked: unknown[] = [];
    const elsewhere = await startServer((request, response) => {
      asked.push(request.url);
      response.end('{"sid":"CA1"}');
    });
    const location = `${elsewhere.url}/`;
    const server = await startServer((_, response) => response.writeHead(307, { location }).end());
    const moved = restAt(server.url);
    expect(await moved.ring(ring)).toEqual({ outcome: 'unavailable' });
    expect(asked).toEqual([]);
    await Promise.all([server.close(), elsewhere.close()]);
  });

  test('no answer within 2 s is not known', async () => {
    account.rings.push('silence');
    const begun = performance.now();
    expect(await rest.ring(ring)).toEqual({ outcome: 'unknown' });
    expect(performance.now() - begun).toBeGreaterThan(1900);
    expect(messages()).toEqual(['The carrier gave no answer to POST Calls.json: TimeoutError.']);
  });

  test('no connection is unavailable, one that breaks is not known', async () => {
    const { url, close } = await startServer((request) => request.socket.destroy());
    const broken = restAt(url);
    expect(await broken.ring(ring)).toEqual({ outcome: 'unknown' });
    await close();
    expect(await broken.ring(ring)).toEqual({ outcome: 'unavailable' });
    expect(messages()).toEqual([
      'The carrier gave no answer to POST Calls.json: UND_ERR_SOCKET.',
      'The carrier gave no answer to POST Calls.json: ECONNREFUSED.',
    ]);
  });

  test('no token is unavailable, and nothing is asked', async () => {
    const without = restAt(account.url, () => {
      throw new Error('no token');
    });
    expect(await without.ring(ring)).toEqual({ outcome: 'unavailable' });
    expect(account.requests).toEqual([]);
    expect(messages()).toEqual(['The carrier gave no answer to POST Calls.json: Error.']);
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
    [200, { status: 'in-progress' }, 'in-progress', []],
    [200, { status: 'ringing' }, 'ringing', []],
    [200, { status: 'dancing' }, 'unknown', ['HTTP 200']],
    [400, { code: 21220 }, 'gone', []],
    [404, { code: 20404 }, 'gone', []],
    [404, {}, 'unknown', ['HTTP 404']],
    [400, { code: 20001 }, 'unknown', ['HTTP 400, code 20001']],
    [401, { code: 20003 }, 'unknown', ['HTTP 401, code 20003']],
    [302, {}, 'unknown', ['HTTP 302']],
    [429, {}, 'unknown', ['HTTP 429']],
    [500, {}, 'unknown', ['HTTP 500']],
  ])('answered with %i %j is %s', async (status, body, told, named) => {
    account.cancels.push({ status, body });
    expect(await rest.cancel('CA1')).toBe(told);
    expect(messages()).toEqual(named.map((each) => `The carrier answered POST Calls/CA1.json with ${each}.`));
  });

  test('that cannot be asked after is not known', async () => {
    const { url, close } = await startServer(() => undefined);
    await close();
    const nowhere = restAt(url);
    expect(await nowhere.read('CA1')).toBe('unknown');
    expect(messages()).toEqual(['The carrier gave no answer to GET Calls/CA1.json: ECONNREFUSED.']);
  });
});

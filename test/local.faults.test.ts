import { describe, expect, test } from 'vitest';
import { createCarrierServer } from '../local/carrier/server.ts';
import { type Page, serve } from './kit/application.ts';
import { exchange } from './kit/exchange.ts';
import type { Holder } from './kit/handsets.ts';

const pages: Record<string, Page> = {
  '/': '<Pause length="3600"/>',
  '/agent': '<Say>Hello.</Say><Hangup/>',
  '/status': { status: 204 },
};

const answer: Holder = ({ event }, call) => {
  if (event === 'ringing') call.answer();
};

/** Orders a call to an agent's phone that tells of every event, or of some. */
function ring(
  { rest, origin }: Awaited<ReturnType<typeof exchange>>,
  events: string[] = ['initiated', 'ringing', 'answered', 'completed'],
) {
  return rest('POST', 'Calls.json', {
    ...{ To: 'client:one', From: '+15550100', Url: `${origin}/agent` },
    StatusCallback: `${origin}/status`,
    StatusCallbackEvent: events,
  });
}

describe('what goes wrong when a test wants it', () => {
  test('status callbacks come late, twice, out of order or never', async () => {
    const delays: Record<string, number[]> = {
      initiated: [4000],
      ringing: [],
      'in-progress': [0, 0],
      completed: [2000],
    };
    const office = await exchange(pages, {
      faults: { callback: ({ CallStatus = '' }) => delays[CallStatus] ?? [0] },
    });
    office.register('one', 'client:one', answer);
    ring(office);
    await office.clock.settled();
    expect(office.fieldsOf('/status').map(({ CallStatus }) => CallStatus)).toEqual([
      'in-progress',
      'in-progress',
      'completed',
      'initiated',
    ]);
  });

  test('a status callback that is answered badly fails the call loudly', async () => {
    const office = await exchange({ ...pages, '/status': { status: 500 } });
    office.register('one', 'client:one', answer);
    ring(office, ['completed']);
    await office.clock.settled();
    expect(office.of('one')).toContain('failed 11200');
  });
});

describe('the REST API over HTTP', () => {
  /** Posts the order of a call as lib's client does, and answers the status and the body. */
  async function post(
    url: string,
    fields: Record<string, string>,
    authorization = `Basic ${btoa('AC1:secret')}`,
  ) {
    const response = await fetch(`${url}/2010-04-01/Accounts/AC1/Calls.json`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(200),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  test('wants the account and its token', async () => {
    const office = await exchange(pages);
    const url = await serve(createCarrierServer(office.carrier, 'test'));
    const form = { To: 'client:one', From: '+15550100', Url: `${office.origin}/agent` };
    expect(await post(url, form)).toMatchObject({ status: 201, body: { status: 'queued' } });
    for (const wrong of ['', `Basic ${btoa('AC1:other')}`]) {
      expect(await post(url, form, wrong)).toMatchObject({ status: 401, body: { code: 20003 } });
    }
  });

  test('refuses, does not answer, or does what it is asked and does not answer', async () => {
    const faults = [{ status: 429, code: 20429 }, 'hung', 'lost'] as const;
    const left = [...faults];
    const office = await exchange(pages, { faults: { rest: () => left.shift() } });
    office.register('one', 'client:one', answer);
    const url = await serve(createCarrierServer(office.carrier, 'test'));
    const form = { To: 'client:one', From: '+15550100', Url: `${office.origin}/agent` };
    expect(await post(url, form)).toMatchObject({ status: 429, body: { code: 20429 } });
    await expect(post(url, form)).rejects.toThrow('timeout');
    await office.clock.settled();
    expect(office.log).toEqual([]);
    await expect(post(url, form)).rejects.toThrow('timeout');
    await office.clock.settled();
    expect(office.of('one')).toContain('say Hello.');
  });
});

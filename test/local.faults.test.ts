import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createCarrier } from '../local/carrier/carrier.ts';
import { VirtualClock } from '../local/carrier/clock.ts';
import { KeptCalls } from '../local/carrier/kept.ts';
import { createCarrierServer } from '../local/carrier/server.ts';
import { account, application, type Page, parties, serve } from './kit/application.ts';
import { exchange } from './kit/exchange.ts';
import { type Holder, later, phonesOn } from './kit/handsets.ts';

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

describe('the end of a carrier', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'branchline-calls-'));
    return () => rmSync(folder, { recursive: true });
  });

  /** A carrier whose calls stand in a queue, and an agent's phone that takes them. */
  async function open(status: Page = { status: 204 }, clock = new VirtualClock()) {
    const { origin, asked } = await application({
      '/': '<Enqueue waitUrl="/wait">sales</Enqueue>',
      '/wait': '<Pause length="10"/>',
      '/agent': '<Dial><Queue>sales</Queue></Dial>',
      '/status': status,
    });
    const others = { voiceUrl: `${origin}/`, statusCallback: `${origin}/status` };
    const carrier = createCarrier({
      ...{ account, numbers: new Map(), others, clock, kept: new KeptCalls(folder, origin) },
    });
    const phones = phonesOn(carrier, clock);
    phones.register('one', 'client:one', answer);
    phones.register('two', 'client:two');
    const ring = (To = 'client:one') => {
      const form = { To, From: '+15550100', Url: `${origin}/agent` };
      const fields = new URLSearchParams({ ...form, StatusCallback: others.statusCallback });
      const path = `/2010-04-01/Accounts/AC1/Calls.json`;
      carrier.rest({ method: 'POST', path, fields }, `Basic ${btoa('AC1:secret')}`);
    };
    const statuses = () => asked.filter(({ url }) => url === '/status').map(({ fields }) => fields);
    return { carrier, clock, phones, ring, statuses, call: () => phones.dial('ann', parties, () => {}) };
  }
  const ends = (told: Record<string, string>[]) =>
    told.map(({ Direction, CallStatus, CallDuration }) => `${Direction} ${CallStatus} ${CallDuration}`);
  const three = ['inbound completed 20', 'inbound completed 20', 'outbound-api completed 15'];

  test('in order hangs up all: callers first, so that nobody is rung for them meanwhile', async () => {
    const { carrier, clock, call, ring, statuses } = await open();
    const calls = [call(), call()];
    later(clock, 5, () => [ring(), ring('client:two')]);
    await clock.sleep(20_000);
    expect(readdirSync(folder)).toHaveLength(4);
    await carrier.close();
    const told = ends(statuses());
    expect([told.slice(0, 3).toSorted(), told.slice(3)]).toEqual([three, ['outbound-api canceled 0']]);
    expect(await Promise.all(calls.map(({ ended }) => ended))).toMatchObject([
      { reason: 'hangup' },
      { reason: 'hangup' },
    ]);
    expect(readdirSync(folder)).toEqual([]);
    await carrier.close();
  });

  test('waits 5 s at most for an application that does not answer', async () => {
    const hanging = Promise.withResolvers<string>();
    const clock = new VirtualClock({ byHand: true });
    const { carrier, call } = await open(() => hanging.promise, clock);
    call();
    let isClosed = false;
    const closing = carrier.close().then(() => {
      isClosed = true;
    });
    await clock.turn(4999);
    expect(isClosed).toBe(false);
    await clock.turn(1);
    await closing;
    hanging.resolve('');
  });

  test('by force is told by the next carrier, callers first, under its own address', async () => {
    const killed = await open(undefined, new VirtualClock({ byHand: true }));
    killed.call();
    killed.call();
    await killed.clock.settled();
    await killed.clock.turn(5000);
    killed.ring();
    await killed.clock.settled();
    writeFileSync(join(folder, 'CA1.json'), '{"sid":"CA1"');
    writeFileSync(join(folder, 'CA2.json'), '{"sid":"CA2","from":"+15550199"}');
    writeFileSync(join(folder, 'CA3.json.new'), '');
    const { carrier, statuses, clock } = await open(undefined, new VirtualClock({ startsAt: 20_000 }));
    await carrier.tellLeft();
    expect(ends(statuses()).toSorted()).toEqual(three);
    expect(statuses()[2]).toMatchObject({ To: 'client:one', CallSid: expect.stringMatching(/^CA.{32}$/) });
    expect(killed.statuses()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    await carrier.tellLeft();
    await clock.settled();
    expect(statuses()).toHaveLength(3);
  });
});

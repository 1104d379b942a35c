import { describe, expect, test } from 'vitest';
import type { Page } from './kit/application.ts';
import { exchange } from './kit/exchange.ts';
import { type Holder, later } from './kit/handsets.ts';

const pages: Record<string, Page> = {
  '/': '<Pause length="3600"/>',
  '/agent': '<Say>Hello.</Say><Hangup/>',
  '/status': { status: 204 },
};

type Office = Awaited<ReturnType<typeof exchange>>;

/** Orders a call to an agent's phone that tells of every event. */
function ring(office: Office, fields: Record<string, string | string[]> = {}) {
  const events = ['initiated', 'ringing', 'answered', 'completed'];
  return office.rest('POST', 'Calls.json', {
    To: 'client:one',
    From: '+15550100',
    Url: `${office.origin}/agent`,
    StatusCallback: `${office.origin}/status`,
    StatusCallbackEvent: events,
    Timeout: '20',
    ...fields,
  });
}

const answer: Holder = ({ event }, call) => {
  if (event === 'ringing') call.answer();
};

const statuses = (office: Office) => office.fieldsOf('/status').map(({ CallStatus }) => CallStatus);

describe('making a call', () => {
  test('rings a phone, plays the document once it is answered, and tells how the call is', async () => {
    const office = await exchange(pages);
    office.register('one', 'client:one', ({ event }, call) => {
      if (event === 'ringing') later(office.clock, 7, () => call.answer());
    });
    const { status, body } = ring(office);
    expect([status, body]).toMatchObject([
      201,
      {
        sid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
        status: 'queued',
        direction: 'outbound-api',
        to: 'client:one',
        from: '+15550100',
        account_sid: 'AC1',
        start_time: null,
      },
    ]);
    await office.clock.settled();
    expect(office.log).toEqual(['0 one ringing', '7 one say Hello.', '7 one ended hangup 0']);
    expect(office.fieldsOf('/agent')).toMatchObject([
      {
        CallSid: body.sid,
        CallStatus: 'in-progress',
        Direction: 'outbound-api',
        To: 'client:one',
        From: '+15550100',
      },
    ]);
    const told = office.fieldsOf('/status');
    expect(told.map(({ CallStatus, SequenceNumber }) => [CallStatus, SequenceNumber])).toEqual([
      ['initiated', '0'],
      ['ringing', '1'],
      ['in-progress', '2'],
      ['completed', '3'],
    ]);
    expect(told[0]?.CallDuration).toBeUndefined();
    expect(told[3]).toMatchObject({
      CallSid: body.sid,
      CallDuration: '0',
      Timestamp: 'Thu, 01 Jan 1970 00:00:07 +0000',
      CallbackSource: 'call-progress-events',
    });
    expect(office.rest('GET', `Calls/${body.sid}.json`)).toMatchObject({
      status: 200,
      body: { status: 'completed', duration: '0', start_time: 'Thu, 01 Jan 1970 00:00:07 +0000' },
    });
  });

  test('tells of the end alone where nothing is said', async () => {
    const office = await exchange(pages);
    office.register('one', 'client:one', answer);
    const form = { To: 'client:one', From: '+15550100', Url: `${office.origin}/agent` };
    office.rest('POST', 'Calls.json', { ...form, StatusCallback: `${office.origin}/status` });
    await office.clock.settled();
    expect(office.fieldsOf('/status')).toMatchObject([{ CallStatus: 'completed', SequenceNumber: '0' }]);
  });

  test.each<[string, Record<string, string>, string, string]>([
    ['a phone that is not answered', {}, 'no-answer', '20'],
    ['a telephone without a phone here', { To: '+15550111', Timeout: '5' }, 'no-answer', '5'],
    ['a SIP phone that is not registered', { To: 'sip:a@b.example' }, 'failed', '0'],
  ])('%s', async (_, fields, status, seconds) => {
    const office = await exchange(pages);
    office.register('one', 'client:one');
    ring(office, fields);
    await office.clock.settled();
    expect(statuses(office).at(-1)).toBe(status);
    expect(office.clock.now()).toBe(Number(seconds) * 1000);
    expect(office.fieldsOf('/agent')).toEqual([]);
  });

  test('a phone that declines is busy; so is one that hangs up instead', async () => {
    for (const act of ['decline', 'hangup'] as const) {
      const office = await exchange(pages);
      office.register('one', 'client:one', ({ event }, call) => {
        if (event === 'ringing') call[act]();
      });
      ring(office);
      await office.clock.settled();
      expect(statuses(office)).toEqual(['initiated', 'ringing', 'busy']);
      expect(office.of('one').at(-1)).toMatch(/^ended (busy|phone) 0/);
    }
  });

  test('several a second wait for their turn, and one cancelled meanwhile tells nobody', async () => {
    const office = await exchange(pages, { callsPerSecond: 1 });
    office.register('one', 'client:one', answer);
    office.register('two', 'client:two', answer);
    office.register('three', 'client:three', answer);
    ring(office);
    const { sid } = ring(office, { To: 'client:two' }).body;
    ring(office, { To: 'client:three' });
    expect(office.rest('POST', `Calls/${sid}.json`, { Status: 'canceled' }).body.status).toBe('canceled');
    await office.clock.settled();
    expect(office.log.filter((line) => line.endsWith('ringing'))).toEqual([
      '0 one ringing',
      '2 three ringing',
    ]);
    expect(office.fieldsOf('/status').filter(({ CallSid }) => CallSid === sid)).toEqual([]);
  });

  test('asks the fallback where its document fails', async () => {
    const office = await exchange({ ...pages, '/agent': { status: 500 }, '/fallback': '<Say>Sorry.</Say>' });
    office.register('one', 'client:one', answer);
    ring(office, { FallbackUrl: `${office.origin}/fallback` });
    await office.clock.settled();
    expect(office.of('one')).toContain('say Sorry.');
    expect(office.fieldsOf('/fallback')).toMatchObject([{ ErrorCode: '11200' }]);
  });

  test.each<[number, Record<string, string>]>([
    [21201, { To: '' }],
    [21211, { To: 'nobody' }],
    [21213, { From: '' }],
    [21212, { From: 'client:one' }],
    [21205, { Url: 'nowhere' }],
    [21609, { StatusCallback: '/status' }],
    [21626, { StatusCallbackEvent: 'answered completed' }],
    [20001, { Timeout: '4' }],
    [20001, { Timeout: 'long' }],
    [20001, { Method: 'PUT' }],
    [20001, { Ringtone: 'loud' }],
  ])('is refused with %i: %j', async (code, fields) => {
    const office = await exchange(pages);
    expect(ring(office, fields)).toMatchObject({ status: 400, body: { code, status: 400 } });
    await office.clock.settled();
    expect(office.asked).toEqual([]);
  });

  test('is refused without a document, and with one that is too long', async () => {
    const office = await exchange(pages);
    const form = { To: 'client:one', From: '+15550100' };
    expect(office.rest('POST', 'Calls.json', form).body.code).toBe(21205);
    expect(office.rest('POST', 'Calls.json', { ...form, Twiml: 'x'.repeat(4001) }).body.code).toBe(32018);
  });
});

describe('changing a call', () => {
  test('a ring is cancelled; an answered one is not touched by that', async () => {
    const office = await exchange({ ...pages, '/agent': '<Pause length="60"/>' });
    office.register('one', 'client:one');
    office.register('two', 'client:two', answer);
    const ringing = ring(office).body.sid;
    const talking = ring(office, { To: 'client:two' }).body.sid;
    const cancel = (sid: unknown) => office.rest('POST', `Calls/${sid}.json`, { Status: 'canceled' });
    later(office.clock, 5, () => {
      expect(cancel(ringing)).toMatchObject({ status: 200, body: { status: 'canceled' } });
      expect(cancel(talking)).toMatchObject({ status: 200, body: { status: 'in-progress' } });
      expect(cancel(ringing)).toMatchObject({ status: 400, body: { code: 21220 } });
    });
    await office.clock.settled();
    expect(office.of('one')).toEqual(['ringing', 'ended canceled 0']);
    expect(office.of('two')).toEqual(['ringing', 'ended finished 60']);
    expect(
      office
        .fieldsOf('/status')
        .find(({ CallSid, SequenceNumber }) => CallSid === ringing && SequenceNumber === '2'),
    ).toMatchObject({ CallStatus: 'canceled' });
  });

  test('a call is ended, or goes on with another document', async () => {
    const office = await exchange({
      ...pages,
      '/': '<Say>Hi.</Say><Pause length="60"/>',
      '/new': '<Say>New.</Say>',
    });
    const [ann, bob] = [office.call('ann'), office.call('bob')];
    later(office.clock, 5, () => {
      office.rest('POST', `Calls/${ann.sid}.json`, { Status: 'completed' });
      office.rest('POST', `Calls/${bob.sid}.json`, { Url: `${office.origin}/new` });
    });
    await Promise.all([ann.ended, bob.ended]);
    expect(office.of('ann')).toEqual(['say Hi.', 'ended hangup 5']);
    expect(office.of('bob')).toEqual(['say Hi.', 'say New.', 'ended finished 5']);
  });

  test('of two documents in a row the last one is played, also while an action is asked for', async () => {
    const office = await exchange({
      ...pages,
      '/': '<Enqueue action="/left" waitUrl="/wait">sales</Enqueue>',
      '/wait': '<Pause length="10"/>',
      '/left': () => {
        office.rest('POST', `Calls/${ann.sid}.json`, { Url: `${office.origin}/two` });
        return '';
      },
      '/one': '<Say>One.</Say>',
      '/two': '<Say>Two.</Say>',
    });
    const ann = office.call('ann');
    later(office.clock, 5, () =>
      office.rest('POST', `Calls/${ann.sid}.json`, { Url: `${office.origin}/one` }),
    );
    await ann.ended;
    expect(office.of('ann')).toEqual(['queued sales', 'say Two.', 'ended finished 5']);
  });

  test('a call that nobody has answered cannot go on with another document', async () => {
    const office = await exchange(pages);
    office.register('one', 'client:one');
    const { sid } = ring(office).body;
    expect(office.rest('POST', `Calls/${sid}.json`, { Url: `${office.origin}/new` })).toMatchObject({
      status: 400,
      body: { code: 21220 },
    });
    expect(office.rest('POST', `Calls/${sid}.json`, { Status: 'held' })).toMatchObject({ status: 400 });
  });

  test.each<[string, string, number, number]>([
    ['GET', 'Calls/CA0.json', 404, 20404],
    ['POST', 'Calls/CA0.json', 404, 20404],
    ['GET', 'Conferences.json', 404, 20404],
    ['GET', 'Calls.json', 405, 20004],
  ])('%s %s: %i, %i', async (method, path, status, code) => {
    const office = await exchange(pages);
    expect(office.rest(method, path)).toMatchObject({ status, body: { code, status } });
  });
});

import { describe, expect, test } from 'vitest';
import type { Page } from './kit/application.ts';
import { exchange } from './kit/exchange.ts';
import { type Holder, later } from './kit/handsets.ts';

const number = '<Number statusCallback="/number" statusCallbackEvent="answered completed">+15550123</Number>';

const pages: Record<string, Page> = {
  '/': `<Say>Hold.</Say><Dial action="/done" timeout="20" timeLimit="300" callerId="+15550100">${number}</Dial>`,
  '/number': { status: 204 },
  '/done': '<Say>Bye.</Say>',
};

/** An office with a phone outside, held by somebody. */
async function outside(hold: Holder, more: Record<string, Page> = {}) {
  const office = await exchange({ ...pages, ...more });
  office.register('out', '+15550123', hold);
  return office;
}

const answers: Holder = ({ event }, call) => {
  if (event === 'ringing') call.answer();
};

describe('a Dial of a number', () => {
  test('joins the two until the other side hangs up, and tells of the answer and the end', async () => {
    const office = await outside(({ event }, call) => {
      if (event === 'ringing') call.answer();
      if (event === 'bridged') later(office.clock, 60, () => call.hangup());
    });
    const ann = office.call('ann', ({ event }, call) => {
      if (event === 'bridged') call.say('Hello?');
    });
    await ann.ended;
    expect(office.of('ann')).toEqual([
      'say Hold.',
      'dialling',
      'bridged',
      'parted',
      'say Bye.',
      'ended finished 61',
    ]);
    expect(office.of('out')).toEqual(['ringing', 'bridged', 'said Hello?', 'parted', 'ended phone 60']);
    const [first, last] = office.fieldsOf('/number');
    expect(first).toMatchObject({
      ...{ ParentCallSid: ann.sid, CallStatus: 'in-progress', Direction: 'outbound-dial' },
      ...{ From: '+15550100', To: '+15550123' },
    });
    expect(last).toMatchObject({ CallStatus: 'completed', CallDuration: '60' });
    expect(office.fieldsOf('/done')).toMatchObject([
      { CallSid: ann.sid, CallStatus: 'in-progress', DialCallStatus: 'completed', DialCallDuration: '60' },
    ]);
  });

  test('tells that it begins before the caller says what it does', async () => {
    const told = number.replace('answered completed', 'initiated completed');
    const office = await outside(() => undefined, { '/': `<Dial>${told}</Dial>` });
    await office.call('ann', ({ event }, call) => void (event === 'dialling' && call.other('busy'))).ended;
    expect(office.fieldsOf('/number').map(({ CallStatus }) => CallStatus)).toEqual(['initiated', 'busy']);
  });

  test.each<[string, Holder, number]>([
    ['busy', ({ event }, call) => void (event === 'ringing' && call.decline()), 0],
    ['no-answer', () => undefined, 20],
  ])('is told to be %s', async (status, hold) => {
    const office = await outside(hold);
    await office.call('ann').ended;
    expect(office.fieldsOf('/done')).toMatchObject([{ DialCallStatus: status, DialBridged: 'false' }]);
    expect(office.of('ann')).toContain('say Bye.');
  });

  test('rings on in vain where nobody has a phone', async () => {
    const office = await exchange(pages);
    await office.call('ann').ended;
    expect(office.fieldsOf('/done')).toMatchObject([{ DialCallStatus: 'no-answer' }]);
  });

  test('stops ringing where the caller hangs up', async () => {
    const office = await outside(() => undefined);
    const ann = office.call('ann', ({ event }, call) => {
      if (event === 'dialling') later(office.clock, 5, () => call.hangup());
    });
    await ann.ended;
    expect(office.of('out')).toEqual(['ringing', 'ended canceled 0']);
    expect(office.fieldsOf('/done')).toMatchObject([{ CallStatus: 'completed', DialCallStatus: 'canceled' }]);
  });

  test('ends the talk where the caller hangs up in it', async () => {
    const office = await outside(answers);
    const ann = office.call('ann', ({ event }, call) => {
      if (event === 'bridged') later(office.clock, 30, () => call.hangup());
    });
    await ann.ended;
    expect(office.of('out').at(-1)).toBe('ended hangup 30');
    expect(office.fieldsOf('/done')).toMatchObject([
      { CallStatus: 'completed', DialCallStatus: 'completed' },
    ]);
  });

  test('parts the two at the time limit', async () => {
    const office = await outside(answers);
    await office.call('ann').ended;
    expect(office.fieldsOf('/done')).toMatchObject([
      { DialCallDuration: '300', DialCallStatus: 'completed' },
    ]);
  });

  test.each([
    ['13223', '<Dial><Number>110</Number></Dial>'],
    ['13214', '<Dial callerId="office"><Number>+15550123</Number></Dial>'],
    ['13215', `<Dial>${number}<Queue>sales</Queue></Dial>`],
  ])('is refused with %s for what it may not be', async (code, page) => {
    const office = await exchange({ ...pages, '/': page });
    await office.call('ann').ended;
    expect(office.of('ann')).toContain(`failed ${code}`);
  });
});

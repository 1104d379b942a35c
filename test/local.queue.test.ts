import { describe, expect, test } from 'vitest';
import type { Page } from './kit/application.ts';
import { exchange } from './kit/exchange.ts';
import { type Holder, later } from './kit/handsets.ts';

const enqueue = '<Enqueue action="/left" waitUrl="/wait">sales</Enqueue>';

/** An application with a queue. */
const pages: Record<string, Page> = {
  '/': `<Say>Hold.</Say>${enqueue}`,
  '/wait': '<Pause length="10"/>',
  '/left': '<Say>Bye.</Say>',
};

describe('waiting in a queue', () => {
  test('asks for the wait document again and again, and says how long the caller has waited', async () => {
    const office = await exchange(pages);
    const call = office.call('ann');
    later(office.clock, 25, () => call.hangup());
    await call.ended;
    const waits = office.fieldsOf('/wait');
    expect(waits.map(({ QueueTime }) => QueueTime)).toEqual(['0', '10', '20']);
    expect(waits[2]).toMatchObject({
      CallSid: call.sid,
      CallStatus: 'in-progress',
      QueuePosition: '1',
      QueueSid: expect.stringMatching(/^QU[0-9a-f]{32}$/),
      AvgQueueTime: '20',
      CurrentQueueSize: '1',
      MaxQueueSize: '1000',
    });
  });

  test('ends where the caller hangs up: the action is told, and nothing of its answer is heard', async () => {
    const office = await exchange(pages);
    const call = office.call('ann');
    later(office.clock, 25, () => call.hangup());
    await call.ended;
    expect(office.fieldsOf('/left')).toMatchObject([
      { QueueResult: 'hangup', QueueTime: '24', CallStatus: 'completed', CallSid: call.sid },
    ]);
    expect(office.of('ann')).toEqual(['say Hold.', 'queued sales', 'ended phone 25']);
  });

  test('ends at a Leave; without an action the next verb follows', async () => {
    const turns = ['<Pause length="3"/>', '<Say>Too long.</Say><Leave/>'];
    const office = await exchange({
      ...pages,
      '/': '<Enqueue waitUrl="/wait">sales</Enqueue><Say>Sorry.</Say>',
      '/wait': () => turns.shift() ?? '',
    });
    await office.call('ann').ended;
    expect(office.of('ann')).toEqual(['queued sales', 'say Too long.', 'say Sorry.', 'ended finished 4']);
  });

  test('returns to the wait document after a Redirect and a Gather', async () => {
    const turns = ['<Redirect>/ad</Redirect>', '<Gather numDigits="1" action="/key"/>', '<Leave/>'];
    const office = await exchange({
      ...pages,
      '/wait': () => turns.shift() ?? '',
      '/ad': '<Say>Buy!</Say>',
      '/key': ({ fields }) => `<Say>${fields.Digits}</Say>`,
    });
    const hold: Holder = ({ event }, call) => {
      if (event === 'gathering') call.press('7');
    };
    await office.call('ann', hold).ended;
    expect(office.of('ann').slice(2)).toEqual([
      'say Buy!',
      'gathering 5',
      'say 7',
      'say Bye.',
      'ended finished 3',
    ]);
    expect(office.fieldsOf('/ad')[0]).toMatchObject({ QueueTime: '0', QueuePosition: '1' });
    expect(office.fieldsOf('/left')[0]).toMatchObject({ QueueResult: 'leave' });
  });

  test('is hung up by a Hangup', async () => {
    const office = await exchange({ ...pages, '/wait': '<Hangup/>' });
    await office.call('ann').ended;
    expect(office.fieldsOf('/left')).toMatchObject([{ QueueResult: 'hangup', CallStatus: 'completed' }]);
    expect(office.of('ann').at(-1)).toMatch(/^ended hangup/);
  });

  test('a wait document that plays nothing lasts a second', async () => {
    const office = await exchange({ ...pages, '/wait': '' });
    const call = office.call('ann');
    later(office.clock, 3.5, () => call.hangup());
    await call.ended;
    expect(office.fieldsOf('/wait').map(({ QueueTime }) => QueueTime)).toEqual(['0', '1', '2', '3']);
  });

  test.each([
    ['a verb that has no place there', '<Enqueue waitUrl="/">x</Enqueue>', 12200],
    ['a status of 500', { status: 500 }, 11200],
  ])('fails at %s, and the action is told', async (_, page, code) => {
    const office = await exchange({ ...pages, '/wait': page });
    await office.call('ann').ended;
    expect(office.of('ann')).toContain(`failed ${code}`);
    expect(office.fieldsOf('/left')).toMatchObject([{ QueueResult: 'error' }]);
    expect(office.of('ann')).toContain('say Bye.');
  });

  test('is refused at once where the queue is full', async () => {
    const office = await exchange({
      ...pages,
      '/': '<Enqueue action="/left" waitUrl="/wait" maxQueueSize="1">sales</Enqueue>',
    });
    const [first, second] = [office.call('ann'), office.call('bob')];
    await second.ended;
    expect(office.fieldsOf('/left')).toMatchObject([{ QueueResult: 'queue-full', CallSid: second.sid }]);
    first.hangup();
    await first.ended;
  });

  test('ends where the REST API redirects the caller', async () => {
    const office = await exchange({ ...pages, '/new': '<Say>New.</Say>' });
    const call = office.call('ann');
    later(office.clock, 12, () =>
      office.rest('POST', `Calls/${call.sid}.json`, { Url: `${office.origin}/new` }),
    );
    await call.ended;
    expect(office.fieldsOf('/left')).toMatchObject([
      { QueueResult: 'redirected', CallStatus: 'in-progress' },
    ]);
    expect(office.of('ann').slice(2)).toEqual(['say New.', 'ended finished 12']);
  });
});

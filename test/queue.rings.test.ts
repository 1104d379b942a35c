import { describe, expect, test } from 'vitest';
import { setUpCentre } from './kit/centre.ts';
import type { Caller } from './kit/phones.ts';

const centre = setUpCentre();
const { caller, leg, rungFor } = centre;
const ann = ['1001', 'client:ann'] as const;
const bob = ['1002', 'client:bob'] as const;
const music = '<Play>https://phone.example.com/audio/hold-music-1.mp3</Play>';
const nobody = 'nobody else is waiting';

/** A group with agents, and a caller who waits. */
async function waiting(...agents: readonly (readonly [string, string])[]): Promise<Caller> {
  await centre.group({ id: 'sales' });
  await centre.online('sales', ...agents);
  const one = caller('CA1');
  await one.wait();
  return one;
}

describe('a ring that is not answered', () => {
  test.each(['busy', 'no-answer', 'failed', 'completed'])(
    'but %s is a miss: the next agent rings',
    async (end) => {
      await waiting(ann, bob);
      expect(rungFor()).toEqual(['client:ann']);
      await leg(0).status(end);
      expect(rungFor()).toEqual(['client:ann', 'client:bob']);
      expect(await centre.agent('1001')).toMatchObject({ misses: 1 });
      await leg(0).status(end);
      expect(await centre.agent('1001')).toMatchObject({ misses: 1 });
    },
  );

  test('is not tried again by the match that follows, but by the next one', async () => {
    const one = await waiting(ann);
    await leg(0).status('busy');
    expect(rungFor()).toHaveLength(1);
    expect(await one.ask()).toContain(music);
    expect(rungFor()).toEqual(['client:ann', 'client:ann']);
  });

  test('puts the agent behind the others', async () => {
    const one = await waiting(ann, bob);
    await leg(0).status('busy');
    centre.pass(5);
    await leg(1).status('busy');
    await one.ask();
    expect(rungFor()).toEqual(['client:ann', 'client:bob', 'client:ann']);
  });

  test('three times in a row sends the agent on a break, and the caller out of the queue', async () => {
    const one = await waiting(ann);
    for (const index of [0, 1, 2]) {
      await leg(index).status('no-answer');
      if (index < 2) await one.ask();
    }
    expect(await centre.state('1001')).toBe('break');
    expect(await one.ask()).toContain('<Leave/>');
    await centre.presence('1001', 'online');
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
  });

  test('three times, but with a talk between, leaves the agent online', async () => {
    const one = await waiting(ann);
    await leg(0).status('no-answer');
    await one.ask();
    await leg(1).status('no-answer');
    await one.ask();
    const talk = leg(2);
    await talk.answer();
    await talk.meet(one);
    await talk.status('completed');
    const two = caller('CA2');
    await two.wait();
    await leg(3).status('no-answer');
    expect(await centre.agent('1001')).toMatchObject({ misses: 1, presence: 'online' });
  });

  test('ends with its lease where the carrier tells nothing: a miss, and the old leg is cancelled first', async () => {
    const one = await waiting(ann, bob);
    centre.pass(34);
    await one.ask();
    expect(rungFor()).toHaveLength(1);
    centre.pass(1);
    await one.ask();
    expect(centre.cancelled()).toEqual(['CAleg1']);
    expect(rungFor()).toEqual(['client:ann', 'client:bob']);
    expect(await centre.agent('1001')).toMatchObject({ misses: 1 });
  });

  test('goes on for as long as its progress says', async () => {
    const one = await waiting(ann);
    centre.pass(30);
    await leg(0).status('initiated');
    centre.pass(30);
    await one.ask();
    expect(centre.cancelled()).toEqual([]);
    expect(rungFor()).toHaveLength(1);
    centre.pass(5);
    await one.ask();
    expect(centre.cancelled()).toEqual(['CAleg1']);
  });
});

describe('an agent at a telephone number', () => {
  const number = ['1001', '+15550177'] as const;

  test('presses 1 to take the call', async () => {
    const one = await waiting(number);
    const talk = leg(0);
    const asked = await talk.answer();
    expect(asked).toMatch(/<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="10" /);
    expect(asked).toContain('Press 1');
    expect(await talk.answer()).toBe(asked);
    expect(await centre.state('1001')).toBe('ringing');
    expect(await talk.press('1')).toContain('<Queue ');
    expect(await centre.state('1001')).toBe('talking');
    expect(await talk.meet(one)).toContain('1 0 0 1');
  });

  test.each(['', '5', '#'])('who presses "%s" has missed it, and the caller keeps the music', async (key) => {
    const one = await waiting(number, bob);
    const talk = leg(0);
    await talk.answer();
    expect(await talk.press(key)).toContain('<Response><Hangup/></Response>');
    expect(rungFor()).toEqual(['+15550177', 'client:bob']);
    expect(await one.ask()).toContain(music);
    await talk.status('completed');
    expect(await centre.agent('1001')).toMatchObject({ misses: 1 });
    expect(await centre.state('1001')).toBe('available');
    expect(rungFor()).toHaveLength(2);
  });

  test('who hangs up there has missed it, though the carrier calls that completed', async () => {
    await waiting(number, bob);
    await leg(0).answer();
    await leg(0).status('completed');
    expect(rungFor()).toEqual(['+15550177', 'client:bob']);
    expect(await centre.agent('1001')).toMatchObject({ misses: 1 });
  });

  test('is not asked where the group says so, and others are', async () => {
    await centre.group({ id: 'sales', confirm: false });
    await centre.group({ id: 'support', confirm: true });
    await centre.online('sales', number);
    await centre.online('support', bob);
    await caller('CA1').wait();
    await caller('CA2', '+15550200').wait();
    expect(await leg(0).answer()).toContain('<Queue ');
    expect(await leg(1).answer()).toContain('<Gather ');
  });
});

describe('when the caller has gone', () => {
  test('the ring goes to the next caller, without a second one', async () => {
    const one = await waiting(ann);
    const two = caller('CA2');
    await two.wait();
    await one.hangUp();
    expect(centre.cancelled()).toEqual([]);
    expect(rungFor()).toEqual(['client:ann']);
    const talk = leg(0);
    await talk.answer();
    expect(await talk.meet(two)).toContain('1 0 0 1');
    expect(await centre.waiting()).toEqual([]);
  });

  test('an agent who has answered meanwhile hears so, which is no miss', async () => {
    const one = await waiting(ann);
    centre.account().cancels.push({ status: 200, body: { status: 'in-progress' } });
    await one.hangUp();
    expect(await leg(0).answer()).toContain(nobody);
    await leg(0).status('completed');
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    expect(await centre.state('1001')).toBe('available');
  });

  test('an agent who was asked to press 1 is given the next one', async () => {
    const one = await waiting(['1001', '+15550177']);
    const talk = leg(0);
    await talk.answer();
    await one.hangUp();
    expect(centre.cancelled()).toEqual([]);
    const two = caller('CA2');
    await two.wait();
    expect(rungFor()).toHaveLength(1);
    expect(await talk.press('1')).toContain('<Queue ');
    expect(await talk.meet(two)).toContain('1 0 0 1');
  });

  test('a ring that cannot be cancelled for certain is no miss when it ends', async () => {
    const one = await waiting(ann);
    centre.account().cancels.push({ status: 500 });
    await one.hangUp();
    expect(await centre.state('1001')).toBe('ringing');
    await leg(0).status('no-answer');
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    expect(await centre.state('1001')).toBe('available');
  });

  test('an agent who finds the queue empty hears so, and who was not in it counts no more', async () => {
    const one = await waiting(ann);
    const talk = leg(0);
    centre.pass(1);
    await talk.answer();
    centre.pass(5);
    const words = await talk.dialled('no-answer');
    expect(words).toContain(nobody);
    await talk.status('completed');
    expect(rungFor()).toHaveLength(1);
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    expect(await centre.state('1001')).toBe('available');
    await one.ask();
    expect(rungFor()).toHaveLength(2);
  });
});

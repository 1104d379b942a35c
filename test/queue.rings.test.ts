import { describe, expect, test } from 'vitest';
import { type Caller, setUpCentre } from './kit/centre.ts';

const centre = setUpCentre();
const { caller, leg, rungFor } = centre;
const ann = ['1001', 'client:ann'] as const;
const bob = ['1002', 'client:bob'] as const;
const cem = ['1003', 'client:cem'] as const;
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

describe('whom the agent gets the carrier decides', () => {
  test('so rings change their callers', async () => {
    const one = await waiting(ann, bob);
    const two = caller('CA2');
    await two.wait();
    expect(rungFor()).toEqual(['client:ann', 'client:bob']);
    const late = leg(1);
    await late.answer();
    expect(await late.meet(one)).toContain('1 0 0 2');
    expect(centre.cancelled()).toEqual([]);
    expect((await centre.agent('1001')).lease).toMatchObject({ phase: 'ringing', place: 'CA2#1' });
    expect(rungFor()).toHaveLength(2);
    await leg(0).answer();
    expect(await leg(0).meet(two)).toContain('1 0 0 1');
    expect(await centre.waiting()).toEqual([]);
  });

  test('an agent who hung up on the way leaves the caller to the next one', async () => {
    await waiting(ann, bob);
    await leg(0).answer();
    centre.pass(1);
    await leg(0).status('completed');
    expect(rungFor()).toEqual(['client:ann', 'client:bob']);
  });
});

describe('agents of two groups', () => {
  test('get the caller who has waited longest over both', async () => {
    await centre.group({ id: 'sales' });
    await centre.group({ id: 'support' });
    await centre.online('sales support', ann);
    const [busy, first, second] = [caller('CA0'), caller('CA1', '+15550200'), caller('CA2')];
    await busy.wait();
    const talk = leg(0);
    await talk.answer();
    await talk.meet(busy);
    await first.wait();
    centre.pass(1);
    await second.wait();
    await talk.status('completed');
    expect(rungFor()).toEqual(['client:ann', 'client:ann']);
    expect(centre.rings()[1]?.from).toBe('+15550200');
    expect(await leg(1).answer()).toContain('>test-support</Queue>');
  });

  test('who answer when their caller has gone are sent to the queue of the next', async () => {
    await centre.group({ id: 'sales' });
    await centre.group({ id: 'support' });
    await centre.online('sales support', ann);
    const [one, two] = [caller('CA1'), caller('CA2', '+15550200')];
    await one.wait();
    await two.wait();
    await one.hangUp();
    expect(await leg(0).answer()).toContain('>test-support</Queue>');
  });
});

describe('presence', () => {
  test.each(['break', 'offline'] as const)(
    'changed to %s while ringing rings the next agent at once',
    async (to) => {
      await waiting(ann, bob);
      await centre.presence('1001', to);
      expect(centre.cancelled()).toEqual(['CAleg1']);
      expect(rungFor()).toEqual(['client:ann', 'client:bob']);
      expect(await centre.state('1001')).toBe(to);
      expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    },
  );

  test('of who answered in that moment counts after the call', async () => {
    const one = await waiting(ann, bob);
    centre.account().cancels.push({ status: 200, body: { status: 'in-progress' } });
    await centre.presence('1001', 'offline');
    expect(rungFor()).toHaveLength(1);
    const talk = leg(0);
    expect(await talk.answer()).toContain('<Queue ');
    expect(await talk.meet(one)).toContain('1 0 0 1');
    expect(await centre.state('1001')).toBe('talking');
    await talk.status('completed');
    expect(await centre.state('1001')).toBe('offline');
  });

  test('changed while talking counts after the call', async () => {
    const one = await waiting(ann);
    const talk = leg(0);
    await talk.answer();
    await talk.meet(one);
    await centre.presence('1001', 'break');
    expect(await centre.state('1001')).toBe('talking');
    expect(centre.cancelled()).toEqual([]);
    await talk.status('completed');
    expect(await centre.state('1001')).toBe('break');
  });

  test('online rings at once for who waits', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann, bob, cem);
    await centre.presence('1002', 'break');
    await centre.presence('1003', 'break');
    await caller('CA1').wait();
    await caller('CA2').wait();
    expect(rungFor()).toEqual(['client:ann']);
    await centre.presence('1003', 'online');
    expect(rungFor()).toEqual(['client:ann', 'client:cem']);
  });
});

describe('the end of a talk', () => {
  test('is the end of the leg, not of the Dial', async () => {
    await centre.group({ id: 'sales', wrapUpSeconds: 10 });
    await centre.online('sales', ann);
    const [one, two] = [caller('CA1'), caller('CA2')];
    await one.wait();
    await two.wait();
    const talk = leg(0);
    await talk.answer();
    await talk.meet(one);
    expect(await talk.dialled('completed')).toContain('<Response><Hangup/></Response>');
    await two.ask();
    expect(rungFor()).toHaveLength(1);
    expect(await centre.state('1001')).toBe('talking');
    await talk.status('completed');
    expect(await centre.state('1001')).toBe('wrap-up');
    await two.ask();
    expect(rungFor()).toHaveLength(1);
    centre.pass(10);
    await two.ask();
    expect(rungFor()).toHaveLength(2);
  });

  test('that is never told comes 15 s after the Dial, and the wrap-up from then on', async () => {
    await centre.group({ id: 'sales', wrapUpSeconds: 10 });
    await centre.online('sales', ann);
    const [one, two] = [caller('CA1'), caller('CA2')];
    await one.wait();
    await two.wait();
    const talk = leg(0);
    await talk.answer();
    await talk.meet(one);
    await talk.dialled('completed');
    centre.pass(15);
    await two.ask();
    expect(await centre.state('1001')).toBe('wrap-up');
    centre.pass(10);
    await two.ask();
    expect(rungFor()).toHaveLength(2);
  });

  test('is asked after at the carrier when somebody waits and nobody is free, one talk a match', async () => {
    const one = await waiting(ann, bob);
    const two = caller('CA2');
    await two.wait();
    for (const [index, met] of [one, two].entries()) {
      await leg(index).answer();
      await leg(index).meet(met);
      centre.pass(1);
    }
    const three = caller('CA3');
    await three.wait();
    const asked = () => centre.account().requests.filter(({ method }) => method === 'GET');
    centre.pass(297);
    await three.ask();
    expect(asked()).toHaveLength(0);
    centre.pass(1);
    centre.account().statuses.set('CAleg2', 'completed');
    await three.ask();
    expect(asked().map(({ path }) => path.replace(/^.*\//, ''))).toEqual(['CAleg1.json']);
    expect(rungFor()).toHaveLength(2);
    centre.pass(1);
    await three.ask();
    expect(asked().map(({ path }) => path.replace(/^.*\//, ''))).toEqual(['CAleg1.json', 'CAleg2.json']);
    expect(rungFor()).toEqual(['client:ann', 'client:bob', 'client:bob']);
  });

  test('the announcement comes twice and late to the same words', async () => {
    const one = await waiting(ann);
    const talk = leg(0);
    await talk.answer();
    const words = await talk.meet(one);
    expect(await talk.meet(one)).toBe(words);
    expect(words).toContain('1 0 0 1');
  });
});

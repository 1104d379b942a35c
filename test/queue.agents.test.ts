import { describe, expect, test } from 'vitest';
import { setUpCentre } from './kit/centre.ts';
import type { Caller } from './kit/phones.ts';
import { countingTable } from './kit/scheduler.ts';

const centre = setUpCentre();
const { caller, leg, rungFor } = centre;
const ann = ['1001', 'client:ann'] as const;
const bob = ['1002', 'client:bob'] as const;
const cem = ['1003', 'client:cem'] as const;

/** A group with agents, and a caller who waits. */
async function waiting(...agents: readonly (readonly [string, string])[]): Promise<Caller> {
  await centre.group({ id: 'sales' });
  await centre.online('sales', ...agents);
  const one = caller('CA1');
  await one.wait();
  return one;
}

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
    expect((await centre.agent('1001')).lease).toMatchObject({ phase: 'ringing', entry: 'CA2#1' });
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

  test('is in the record of a caller who came to an agent before they first asked for music', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann);
    const one = caller('CA1');
    await one.wait();
    await leg(0).answer();
    await one.hangUp();
    const two = caller('CA2');
    await two.call();
    expect(await leg(0).meet(two)).toContain('<Response/>');
    const talks = centre.lines.map((line) => JSON.parse(line)).filter(({ phase }) => phase === 'talking');
    expect(talks).toMatchObject([{ callSid: 'CA2', agent: '1001' }]);
  });

  test('costs a fixed number of reads and writes', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ann, bob);
    const counts = new Map<string, number>();
    const table = countingTable(centre.table(), counts);
    const handler = centre.handler(table);
    const one = caller('CA1');
    await one.wait(handler);
    await leg(0).status('initiated', handler);
    await leg(0).answer(handler);
    await leg(0).meet(one, handler);
    centre.pass(60);
    await leg(0).status('completed', handler);
    await one.leave('bridged', {}, handler);
    table.destroy();
    expect(Object.fromEntries(counts)).toEqual({ reads: 11, writes: 8 });
  });

  test('of several transfers that are tried in one step, costs one look at the queues', async () => {
    for (const id of ['sales', 'support', 'billing']) await centre.group({ id });
    await centre.online('sales support billing', ann);
    await centre.presence('1001', 'break');
    const counts = new Map<string, number>();
    const table = countingTable(centre.table(), counts);
    const heard = await caller('CA1', '+15550400').call(centre.handler(table));
    table.destroy();
    expect(heard.match(/Nobody for number 1\./g)).toHaveLength(3);
    expect(Object.fromEntries(counts)).toEqual({ reads: 2 });
  });
});

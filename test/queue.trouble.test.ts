import { describe, expect, test } from 'vitest';
import { setUpCentre } from './kit/centre.ts';
import type { Caller } from './kit/phones.ts';
import { crashAfter, loseAnswers } from './kit/table.ts';

const centre = setUpCentre();
const { caller, leg, rungFor } = centre;
const ann = ['1001', 'client:ann'] as const;
const bob = ['1002', 'client:bob'] as const;
const music = '<Play>https://phone.example.com/audio/hold-music-1.mp3</Play>';

async function open(...agents: readonly (readonly [string, string])[]): Promise<Caller> {
  await centre.group({ id: 'sales' });
  await centre.online('sales', ...agents);
  return caller('CA1');
}

describe('a carrier that cannot ring', () => {
  test.each([429, 500, 503])(
    '(%i) is tried once a wait request, and at the third the caller leaves',
    async (status) => {
      const one = await open(ann, bob);
      centre.account().rings.push({ status }, { status }, { status });
      expect(await one.wait()).toContain(music);
      expect(await centre.state('1001')).toBe('available');
      centre.pass(20);
      expect(await one.ask()).toContain(music);
      centre.pass(20);
      expect(await one.ask()).toContain('<Leave/>');
      expect(rungFor()).toEqual(['client:ann', 'client:ann', 'client:ann']);
      expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
      expect(await one.leave('leave')).toContain('>Nobody is here.</Say>');
    },
  );

  test('but can at the next request, is forgiven', async () => {
    const one = await open(ann, bob);
    const bad = { status: 503 };
    centre.account().rings.push(bad, bad, { status: 400 }, { status: 201, body: { sid: 'CAleg4' } }, bad);
    await one.wait();
    centre.pass(20);
    await one.ask();
    centre.pass(20);
    expect(await one.ask()).toContain(music);
    centre.pass(20);
    await leg(3).status('no-answer');
    expect(await one.ask()).toContain(music);
  });

  test('is counted once for a wait request that comes twice', async () => {
    const one = await open(ann);
    centre.account().rings.push(...Array.from({ length: 4 }, () => ({ status: 503 })));
    await one.wait();
    await one.ask();
    await one.ask();
    centre.pass(20);
    expect(await one.ask()).toContain(music);
  });

  test.each([400, 401, 404])(
    '(%i) for that endpoint has the agent miss the ring, and the next is rung',
    async (status) => {
      const one = await open(ann, bob);
      centre.account().rings.push({ status, body: { code: 21217 } });
      expect(await one.wait()).toContain(music);
      expect(rungFor()).toEqual(['client:ann', 'client:bob']);
      expect(await centre.agent('1001')).toMatchObject({ misses: 1 });
      expect(await centre.state('1002')).toBe('ringing');
    },
  );
});

describe('a carrier that does not answer within 2 s', () => {
  test('may ring all the same: the webhooks of the leg decide', async () => {
    const one = await open(ann, bob);
    centre.account().rings.push('silence');
    expect(await one.wait()).toContain(music);
    expect(await centre.state('1001')).toBe('ringing');
    expect(await one.ask()).toContain(music);
    expect(rungFor()).toHaveLength(1);
    expect(await leg(0).answer()).toContain('<Queue ');
    expect(await leg(0).meet(one)).toContain('1 0 0 1');
    await leg(0).status('completed');
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
  });

  test("and did not ring: the lease ends as nobody's miss", async () => {
    const one = await open(ann);
    centre.account().rings.push('silence');
    await one.wait();
    centre.pass(35);
    await one.ask();
    expect(rungFor()).toHaveLength(2);
    expect(centre.cancelled()).toEqual([]);
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
  });

  test('and rings when the caller has gone: it is cancelled as soon as its leg is known', async () => {
    const one = await open(ann);
    centre.account().rings.push('silence');
    await one.wait();
    await one.hangUp();
    expect(centre.cancelled()).toEqual([]);
    await leg(0).status('initiated');
    expect(centre.cancelled()).toEqual(['CAleg1']);
    expect(await centre.state('1001')).toBe('available');
  });

  test('and rings when its lease is over: it is cancelled', async () => {
    const one = await open(ann);
    centre.account().rings.push('silence');
    await one.wait();
    centre.pass(35);
    await one.ask();
    await leg(0).status('initiated');
    expect(centre.cancelled()).toEqual(['CAleg1']);
    expect(await centre.state('1001')).toBe('ringing');
  });
});

describe('while a ring is being accepted', () => {
  test('the agent signs out: it is cancelled, and the next one rung', async () => {
    const one = await open(ann, bob);
    centre.account().meanwhile = async () => {
      centre.account().meanwhile = undefined;
      await centre.presence('1001', 'offline');
    };
    await one.wait();
    expect(centre.cancelled()).toEqual(['CAleg1']);
    expect(rungFor()).toEqual(['client:ann', 'client:bob']);
    expect(await centre.state('1001')).toBe('offline');
    expect(await centre.state('1002')).toBe('ringing');
  });

  test('the caller hangs up: it is cancelled', async () => {
    const one = await open(ann);
    centre.account().meanwhile = () => one.hangUp();
    await one.wait();
    expect(centre.cancelled()).toEqual(['CAleg1']);
    expect(await centre.state('1001')).toBe('available');
  });

  test('the agent answers, talks and hangs up', async () => {
    const one = await open(ann);
    centre.account().meanwhile = async () => {
      centre.account().meanwhile = undefined;
      await leg(0).answer();
      await leg(0).meet(one);
      await leg(0).status('completed');
    };
    await one.wait();
    expect(await centre.state('1001')).toBe('available');
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    expect(rungFor()).toHaveLength(1);
  });
});

describe('a database that is down', () => {
  const down = () => crashAfter(centre.table(), 0);

  test("leaves the caller with the system's music, and out once they have waited too long", async () => {
    await centre.group({ id: 'support' });
    await centre.online('support', ann);
    const one = caller('CA1', '+15550200');
    await one.wait();
    const trouble = down();
    const handler = centre.handler(trouble);
    expect(await one.ask({ QueueTime: '20' }, handler)).toContain(music);
    expect(await one.ask({ QueueTime: '60' }, handler)).toContain(music);
    expect(await one.ask({ QueueTime: '61' }, handler)).toContain('<Response><Leave/></Response>');
    trouble.destroy();
  });

  test('connects the two without words, and the caller is not rung for again', async () => {
    const one = await open(ann, bob);
    await one.wait();
    await leg(0).answer();
    const trouble = down();
    expect(await leg(0).meet(one, centre.handler(trouble))).toContain('<Response/>');
    trouble.destroy();
    await one.leave('bridged');
    expect(await centre.waiting()).toEqual([]);
    expect(rungFor()).toHaveLength(1);
  });

  test('has an agent who answers hear the apology, and the caller waits on', async () => {
    const one = await open(ann);
    await one.wait();
    const trouble = down();
    expect(await leg(0).answer(centre.handler(trouble))).toMatch(/We are sorry.*<Hangup\/>/);
    await leg(0).status('completed', centre.handler(trouble));
    trouble.destroy();
    centre.pass(35);
    expect(await one.ask()).toContain(music);
    await one.ask();
    expect(rungFor()).toHaveLength(2);
  });

  test('lets a caller who leaves the queue go on', async () => {
    const one = await open(ann);
    await one.wait();
    const trouble = down();
    const action = await one.leave('leave', {}, centre.handler(trouble));
    expect(action).toContain('>Nobody is here.</Say>');
    trouble.destroy();
  });

  test('answers a fallback for a wait request with music', async () => {
    const one = await open(ann);
    await one.wait();
    const asked = { ErrorCode: '11200', ErrorUrl: `https://phone.example.com${one.waitUrl}` };
    expect(await one.fallBack(asked)).toContain(`<Response>${music}</Response>`);
    expect(await one.fallBack({ ...asked, QueueTime: '301' })).toContain('<Leave/>');
  });
});

describe('a process that dies', () => {
  test.each([1, 2, 3])('after write %i of a wait request: the next request heals', async (writes) => {
    const one = await open(ann);
    await one.call();
    const trouble = crashAfter(centre.table(), writes);
    expect(await one.ask({ QueueTime: '0' }, centre.handler(trouble))).toContain(music);
    trouble.destroy();
    centre.pass(35);
    expect(await one.ask({ QueueTime: '35' })).toContain(music);
    await one.ask({ QueueTime: '40' });
    expect(await centre.state('1001')).toBe('ringing');
    // Nobody knows whether the carrier had accepted the ring, so it is nobody's miss.
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    const talk = leg(-1);
    await talk.answer();
    expect(await talk.meet(one)).toContain('1 0 0 1');
  });
});

describe('a line that loses answers', () => {
  test('changes nothing of a call', async () => {
    const one = await open(ann);
    await one.call();
    const trouble = loseAnswers(centre.table());
    const handler = centre.handler(trouble);
    expect(await one.ask({ QueueTime: '0' }, handler)).toContain(music);
    expect(rungFor()).toEqual(['client:ann']);
    expect(await leg(0).answer(handler)).toContain('<Queue ');
    expect(await leg(0).meet(one, handler)).toContain('1 0 0 1');
    await leg(0).status('completed', handler);
    trouble.destroy();
    expect(await centre.state('1001')).toBe('available');
    expect(await centre.waiting()).toEqual([]);
  });
});

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
    expect(await one.fallback(asked)).toContain(`<Response>${music}</Response>`);
    expect(await one.fallback({ ...asked, QueueTime: '301' })).toContain('<Leave/>');
  });
});

describe('an agent who answers while we fail', () => {
  const seconds = (CallDuration: string) => ({ CallDuration });
  const down = () => crashAfter(centre.table(), 0);

  test('is asked to wait, and served as soon as we can', async () => {
    const one = await open(ann);
    await one.wait();
    const trouble = down();
    expect(await leg(0).answer(centre.handler(trouble))).toMatch(/<Response><Redirect[^>]*>[^<]*retries=1</);
    trouble.destroy();
    expect(await leg(0).follow()).toContain('<Queue ');
    expect(await leg(0).meet(one)).toContain('1 0 0 1');
  });

  test('hears the apology in the end, and has missed nothing: the caller waits on for somebody else', async () => {
    const one = await open(ann, bob);
    await one.wait();
    const trouble = down();
    const handler = centre.handler(trouble);
    await leg(0).answer(handler);
    await leg(0).follow(handler);
    expect(await leg(0).follow(handler)).toMatch(/We are sorry.*<Redirect[^>]*>[^<]*failed=1</);
    trouble.destroy();
    expect(await leg(0).follow()).toContain('<Response><Hangup/></Response>');
    expect(rungFor()).toEqual(['client:ann', 'client:bob']);
    await leg(0).status('completed', centre.handler(), seconds('9'));
    expect(await centre.agent('1001')).toMatchObject({ presence: 'online', misses: 0 });
    expect(await centre.state('1001')).toBe('available');
  });

  test('hears no apology after the talk', async () => {
    const one = await open(ann);
    await one.wait();
    await leg(0).answer();
    await leg(0).meet(one);
    const trouble = down();
    expect(await leg(0).dialled('completed', centre.handler(trouble))).toContain(
      '<Response><Hangup/></Response>',
    );
    trouble.destroy();
  });

  test('hears no second apology where even that fails', async () => {
    await (await open(ann)).wait();
    const trouble = down();
    const handler = centre.handler(trouble);
    await leg(0).answer(handler);
    for (let turn = 0; turn < 2; turn += 1) await leg(0).follow(handler);
    expect(await leg(0).follow(handler)).toContain('<Response><Hangup/></Response>');
    trouble.destroy();
  });

  test('has missed nothing, however often, though only the end of the leg tells of it', async () => {
    const one = await open(ann);
    await one.wait();
    const trouble = down();
    for (let ring = 0; ring < 4; ring += 1) {
      await leg(ring).answer(centre.handler(trouble));
      await leg(ring).status('completed', centre.handler(), seconds('7'));
      expect(await centre.agent('1001')).toMatchObject({ presence: 'online', misses: 0 });
      await one.ask();
    }
    trouble.destroy();
    expect(rungFor()).toHaveLength(5);
  });

  test('has missed nothing where the end of the leg was lost, too: the carrier knows that they answered', async () => {
    const one = await open(ann);
    await one.wait();
    const trouble = down();
    await leg(0).answer(centre.handler(trouble));
    await leg(0).status('completed', centre.handler(trouble), seconds('7'));
    trouble.destroy();
    centre.account().cancels.push({ status: 400, body: { code: 21220 } });
    centre.account().statuses.set('CAleg1', 'completed');
    centre.pass(36);
    expect(await one.ask()).toContain(music);
    expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
    await one.ask();
    expect(rungFor()).toHaveLength(2);
  });

  test.each([
    ['completed', '0'],
    ['no-answer', '0'],
    ['busy', '0'],
  ])('unlike one whose leg ends as %s after %s s', async (status, duration) => {
    await (await open(ann)).wait();
    await leg(0).status(status, centre.handler(), seconds(duration));
    expect(await centre.agent('1001')).toMatchObject({ misses: 1 });
  });

  describe('and has to press 1', () => {
    const dan = ['1001', '+15550171'] as const;

    test('need not press it again', async () => {
      const one = await open(dan);
      await one.wait();
      await leg(0).answer();
      const trouble = down();
      expect(await leg(0).press('1', centre.handler(trouble))).toMatch(/confirmed\?[^<]*key=1</);
      trouble.destroy();
      expect(await leg(0).follow()).toContain('<Queue ');
      expect(await leg(0).meet(one)).toContain('1 0 0 1');
    });

    test('has missed nothing in the end', async () => {
      await (await open(dan, bob)).wait();
      await leg(0).answer();
      const trouble = down();
      await leg(0).press('1', centre.handler(trouble));
      await leg(0).follow(centre.handler(trouble));
      await leg(0).follow(centre.handler(trouble));
      trouble.destroy();
      expect(await leg(0).follow()).toContain('<Hangup/>');
      await leg(0).status('completed', centre.handler(), seconds('9'));
      expect(await centre.agent('1001')).toMatchObject({ misses: 0 });
      expect(rungFor()).toEqual([dan[1], 'client:bob']);
    });

    test('has refused with another key all the same', async () => {
      await (await open(dan, bob)).wait();
      await leg(0).answer();
      const trouble = down();
      expect(await leg(0).press('5', centre.handler(trouble))).toContain('<Response><Hangup/></Response>');
      trouble.destroy();
      await leg(0).status('completed', centre.handler(), seconds('9'));
      expect(await centre.agent('1001')).toMatchObject({ misses: 1 });
      expect(rungFor()).toEqual([dan[1], 'client:bob']);
    });

    test('is asked again where the carrier could not fetch what comes after the key', async () => {
      await (await open(dan)).wait();
      await leg(0).answer();
      expect(await leg(0).fallback('confirmed')).toMatch(/answered\?[^<]*retries=1</);
      expect(await leg(0).follow()).toContain('<Gather');
      expect(await leg(0).fallback('confirmed', { Digits: '1' })).toMatch(/confirmed\?[^<]*key=1</);
      expect(await leg(0).follow()).toContain('<Queue ');
    });
  });
});

describe('a process that dies', () => {
  test.each([1, 2, 3])('after write %i of a wait request: the next request recovers', async (writes) => {
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
  test('lets no agent ring on for a caller who has left', async () => {
    const one = await open(ann);
    await one.wait();
    expect(await centre.state('1001')).toBe('ringing');
    const trouble = loseAnswers(centre.table());
    await one.leave('hangup', { CallStatus: 'completed' }, centre.handler(trouble));
    trouble.destroy();
    expect(centre.cancelled()).toEqual(['CAleg1']);
    expect(await centre.state('1001')).toBe('available');
  });

  test('keeps no caller from the next agent after one who refused', async () => {
    const one = await open(['1001', '+15550171'], bob);
    await one.wait();
    await leg(0).answer();
    const trouble = loseAnswers(centre.table());
    await leg(0).press('5', centre.handler(trouble));
    trouble.destroy();
    expect(rungFor()).toEqual(['+15550171', 'client:bob']);
  });

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

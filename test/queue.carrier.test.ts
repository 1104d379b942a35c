import { describe, expect, test } from 'vitest';
import { setUpCentre } from './kit/centre.ts';
import type { Caller } from './kit/phones.ts';

const centre = setUpCentre();
const { caller, leg, rungFor } = centre;
const ann = ['1001', 'client:ann'] as const;
const bob = ['1002', 'client:bob'] as const;
const music = '<Play>https://phone.example.com/audio/hold-music-1.mp3</Play>';

/** What the log says of a ring that was answered so. */
const said = (how: string) => `The carrier answered POST Calls.json with ${how}.`;

async function open(...agents: readonly (readonly [string, string])[]): Promise<Caller> {
  await centre.group({ id: 'sales' });
  await centre.online('sales', ...agents);
  return caller('CA1');
}

describe('a carrier that cannot ring', () => {
  test.each([
    [301, undefined],
    [400, undefined],
    [400, 21215],
    [401, 20003],
    [403, 20005],
    [404, 20404],
    [408, undefined],
    [429, 20429],
    [500, undefined],
    [503, undefined],
  ])(
    '(%i, code %s) is tried once a wait request, and at the third the caller leaves',
    async (status, code) => {
      const one = await open(ann, bob);
      centre.pass(1);
      const answer = { status, body: { code } };
      centre.account().rings.push(answer, answer, answer);
      expect(await one.wait()).toContain(music);
      centre.pass(10);
      expect(await one.ask()).toContain(music);
      centre.pass(10);
      expect(await one.ask()).toContain('<Leave/>');
      // What is about this one call only has the next try be another agent.
      const second = code === 21215 ? 'client:bob' : 'client:ann';
      expect(rungFor()).toEqual(['client:ann', second, 'client:ann']);
      const line = said(`HTTP ${status}${code === undefined ? '' : `, code ${code}`}`);
      expect(centre.errors()).toEqual([line, line, line]);
      expect(await one.leave('leave')).toContain('>Nobody is here.</Say>');
      for (const staffNo of ['1001', '1002']) {
        expect(await centre.agent(staffNo)).toMatchObject({ presence: 'online', misses: 0 });
      }
    },
  );

  test('since it does not make one call, makes those of other callers all the same', async () => {
    await centre.group({ id: 'sales' });
    await centre.group({ id: 'support' });
    await centre.online('sales', ann);
    await centre.online('support', ['1003', 'client:cyd']);
    const [one, two] = [caller('CA1'), caller('CA2', '+15550200')];
    const abroad = { status: 400, body: { code: 21215 } };
    centre.account().rings.push(abroad, abroad);
    await one.wait();
    centre.pass(1);
    expect(await two.wait()).toContain('<Play>');
    expect(rungFor()).toEqual(['client:ann', 'client:ann', 'client:cyd']);
    expect(centre.errors()).toEqual([said('HTTP 400, code 21215'), said('HTTP 400, code 21215')]);
    expect(await centre.agent('1001')).toMatchObject({ presence: 'online', misses: 0 });
  });

  test('since its token is wrong has nobody go on a break: the next caller is rung for when it is right', async () => {
    const one = await open(ann, bob);
    const wrong = { status: 401, body: { code: 20003 } };
    centre.account().rings.push(...Array.from({ length: 12 }, () => wrong));
    for (const each of [one, caller('CA2'), caller('CA3'), caller('CA4')]) {
      await each.wait();
      for (const last of [false, true]) {
        centre.pass(20);
        expect(await each.ask()).toContain(last ? '<Leave/>' : music);
      }
      await each.leave('leave');
    }
    expect(centre.errors()).toEqual(Array.from({ length: 12 }, () => said('HTTP 401, code 20003')));
    expect(await centre.agent('1001')).toMatchObject({ presence: 'online', misses: 0 });
    expect(await centre.agent('1002')).toMatchObject({ presence: 'online', misses: 0 });
    expect(await caller('CA5').wait()).toContain(music);
    expect(await centre.state('1001')).toBe('ringing');
    expect(await leg(-1).answer()).toContain('<Queue ');
  });

  test('but can at the next request, is forgiven', async () => {
    const one = await open(ann, bob);
    const bad = { status: 503 };
    const refused = { status: 400, body: { code: 21217 } };
    centre.account().rings.push(bad, bad, refused, { status: 201, body: { sid: 'CAleg4' } }, bad);
    await one.wait();
    centre.pass(20);
    await one.ask();
    centre.pass(20);
    expect(await one.ask()).toContain(music);
    centre.pass(20);
    await leg(3).status('no-answer');
    expect(await one.ask()).toContain(music);
  });

  test('another agent takes nobody out of the queue for whom one rings', async () => {
    await centre.group({ id: 'sales', ringSeconds: 120 });
    await centre.online('sales', ann, bob);
    const [one, two] = [caller('CA1'), caller('CA2')];
    await one.wait();
    centre.account().rings.push(...Array.from({ length: 6 }, () => ({ status: 503 })));
    await two.wait();
    for (let turn = 1; turn <= 3; turn += 1) {
      centre.pass(10);
      expect(await one.ask()).toContain(music);
    }
    centre.pass(10);
    expect(await two.ask()).toContain(music);
    centre.pass(10);
    expect(await two.ask()).toContain('<Leave/>');
    expect(await leg(0).answer()).toContain('<Queue ');
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

  test('an endpoint has its agent miss the ring, and the next is rung', async () => {
    const one = await open(ann, bob);
    centre.account().rings.push({ status: 400, body: { code: 21217 } });
    expect(await one.wait()).toContain(music);
    expect(rungFor()).toEqual(['client:ann', 'client:bob']);
    expect(await centre.agent('1001')).toMatchObject({ misses: 1 });
    expect(await centre.state('1002')).toBe('ringing');
    expect(centre.errors()).toEqual([]);
  });
});

describe('a carrier of whose answer nothing is clear', () => {
  test('is tried again when the lease has run out, and at the third try the caller leaves', async () => {
    const one = await open(ann);
    centre.account().rings.push(...Array.from({ length: 3 }, () => ({ status: 201, body: {} })));
    expect(await one.wait()).toContain(music);
    for (const [passes, tries, heard] of [
      [20, 1, music],
      [20, 2, music],
      [20, 2, music],
      [20, 3, '<Leave/>'],
    ] as const) {
      centre.pass(passes);
      expect(await one.ask()).toContain(heard);
      expect(rungFor()).toHaveLength(tries);
    }
    await one.leave('leave');
    centre.pass(35);
    expect(await centre.agent('1001')).toMatchObject({ presence: 'online', misses: 0 });
    await caller('CA2').wait();
    expect(rungFor()).toHaveLength(4);
    expect(centre.errors()).toEqual([said('HTTP 201'), said('HTTP 201'), said('HTTP 201')]);
  });
});

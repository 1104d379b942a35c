import { describe, expect, test } from 'vitest';
import { setUpCentre } from './kit/centre.ts';
import type { Caller } from './kit/phones.ts';

const centre = setUpCentre({}, { carrierMs: 800 });
const { caller, leg, rungFor } = centre;
const ann = ['1001', 'client:ann'] as const;
const bob = ['1002', 'client:bob'] as const;
const music = '<Play>https://phone.example.com/audio/hold-music-1.mp3</Play>';

async function open(...agents: readonly (readonly [string, string])[]): Promise<Caller> {
  await centre.group({ id: 'sales' });
  await centre.online('sales', ...agents);
  return caller('CA1');
}

describe('a carrier that does not answer in time', () => {
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

  test('and knows nothing of a leg that it took: there was no ring to hear, so nobody has missed it', async () => {
    const one = await open(ann);
    await one.wait();
    centre.account().isUnknown = (sid) => sid === 'CAleg1';
    centre.pass(36);
    expect(await one.ask()).toContain(music);
    expect(await centre.agent('1001')).toMatchObject({ presence: 'online', misses: 0 });
    await one.ask();
    expect(rungFor()).toHaveLength(2);
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

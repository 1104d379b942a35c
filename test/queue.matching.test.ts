import { expect, test } from 'vitest';
import { isSpared } from '../lib/queue/spared.ts';
import { setUpCentre } from './kit/centre.ts';
import { countingTable } from './kit/scheduler.ts';

const stay = (callSid: string, position: number | undefined, waitedSeconds: number | undefined = 20) => ({
  ...{ callSid, step: 2, group: 'sales', to: '+15550100', cursor: '' },
  ...{ waitedSeconds, position },
});

test('the six at the head match at every turn of their music, the n-th at about every n/6-th, the same each time', () => {
  const spared = (position: number | undefined) =>
    Array.from({ length: 2000 }, (_, call) => isSpared(stay(`CA${call}`, position))).filter(Boolean).length;
  for (const position of [1, 6, undefined]) expect(spared(position)).toBe(0);
  for (const position of [20, 100, 1000]) {
    const matching = 2000 - spared(position);
    expect(matching).toBeGreaterThan((2000 * 6) / position / 2);
    expect(matching).toBeLessThan((2000 * 6 * 2) / position);
    expect(spared(position)).toBe(2000 - matching);
  }
  // One caller does not match by their call alone.
  const turns = Array.from({ length: 200 }, (_, turn) => isSpared(stay('CA1', 20, turn * 20)));
  expect(new Set(turns)).toEqual(new Set([true, false]));
});

const centre = setUpCentre();
const { caller } = centre;
const ann = ['1001', 'client:ann'] as const;
/** So far back that no test's caller matches there by chance. */
const farBack = { QueuePosition: '100000' };

test('far back a further turn reads nobody who waits, and who serves every ten seconds', async () => {
  await centre.group({ id: 'sales' });
  await centre.online('sales', ann);
  await caller('CA1').wait();
  const two = caller('CA2');
  await two.wait();
  const counts = new Map<string, number>();
  const counted = countingTable(centre.table(), counts);
  const handler = centre.handler(counted);
  const turn = async (more: Record<string, string>) => {
    centre.pass(4);
    counts.clear();
    expect(await two.ask(more, handler)).toContain('<Play>');
    return [counts.get('writes') ?? 0, counts.get('reads') ?? 0];
  };
  expect(await turn({ QueuePosition: '2' })).toEqual([1, 2]);
  expect(await turn(farBack)).toEqual([1, 1]);
  expect(await turn(farBack)).toEqual([1, 0]);
  expect(await turn(farBack)).toEqual([1, 0]);
  expect(await turn(farBack)).toEqual([1, 1]);
  counted.destroy();
});

test('far back a caller comes to the queue with a match, and leaves it within ten seconds of the last agent', async () => {
  await centre.group({ id: 'sales' });
  await centre.online('sales', ann);
  const one = caller('CA1');
  await one.call();
  const handler = centre.handler();
  expect(await one.ask(farBack, handler)).toContain('<Play>');
  expect(centre.rungFor()).toEqual(['client:ann']);
  centre.pass(20);
  expect(await one.ask(farBack, handler)).toContain('<Play>');
  await centre.presence('1001', 'offline');
  centre.pass(11);
  expect(await one.ask(farBack, handler)).toContain('<Leave/>');
});

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { step } from '../lib/engine/step.ts';
import { begin } from '../lib/flow/cursor.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { noMemory } from '../lib/flow/memory.ts';
import { createVersionCache, largestMemoryBytes } from '../lib/store/flows/cache.ts';
import { heapBytes } from '../lib/store/flows/heap.ts';
import { corridor, greeting } from './kit/sampleflows.ts';

/** A load that notes what it was asked for. */
function loader(find: (flow: string) => Flow | undefined) {
  const asked: string[] = [];
  const load = async (flow: string, version: number) => {
    asked.push(`${flow} ${version}`);
    return find(flow);
  };
  return { asked, load };
}

/** Takes a call to every node of a flow: the engine keeps what it makes of each. */
function walkThrough(flow: Flow): void {
  const call = { callSid: 'CA1', from: '+15550123', to: '+15550100' };
  for (const node of Object.keys(flow.nodes)) {
    step(flow, { ...begin(flow.id, 1, 'en-US'), node }, noMemory, { event: 'arrived', call });
  }
}

/** V8's garbage collector, which Node shows on demand only. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

test('a version is loaded once, however many ask at once and after', async () => {
  const { asked, load } = loader((id) => greeting(id));
  const memory = createVersionCache(load);
  const all = await Promise.all([memory('a', 1), memory('a', 1), memory('a', 2)]);
  expect(await memory('a', 1)).toBe(all[0]);
  expect(all[1]).toBe(all[0]);
  expect(asked).toEqual(['a 1', 'a 2']);
});

test('the one asked for longest ago makes room', async () => {
  const { asked, load } = loader((id) => greeting(id, 'x'.repeat(10_000)));
  const memory = createVersionCache(load, 32_000);
  for (const id of ['a', 'b', 'a', 'c', 'a', 'b']) await memory(id, 1);
  expect(asked).toEqual(['a 1', 'b 1', 'c 1', 'b 1']);
});

test('one that is larger than the whole memory is handed on, and pushes nothing out', async () => {
  const { asked, load } = loader((id) => greeting(id, 'x'.repeat(id === 'huge' ? 50_000 : 10_000)));
  const memory = createVersionCache(load, 32_000);
  await memory('a', 1);
  expect((await memory('huge', 1))?.nodes.hello?.prompt).toEqual({ text: 'x'.repeat(50_000) });
  for (const id of ['huge', 'a']) await memory(id, 1);
  expect(asked).toEqual(['a 1', 'huge 1', 'huge 1']);
});

describe('the heap that versions take', () => {
  const collect = collector();
  /** Twice: what the first run finalizes, the second one frees. */
  const gc = () => {
    collect();
    collect();
  };
  /** The heap that values take, in bytes. */
  const measured = (make: () => unknown[]) => {
    gc();
    const before = process.memoryUsage().heapUsed;
    const values = make();
    gc();
    return { bytes: process.memoryUsage().heapUsed - before, values };
  };

  test.each([
    ['few nodes with long texts', () => greeting('long', 'x'.repeat(800_000)), 10],
    ['few nodes with long Chinese texts', () => greeting('long', '您'.repeat(270_000)), 10],
    ['many nodes', () => corridor('many', 2000), 5],
    ['a usual flow', () => corridor('usual', 20), 400],
  ])('is estimated well: %s', (_, make, count) => {
    const json = JSON.stringify(make());
    const { bytes, values } = measured(() => {
      const flows = Array.from({ length: count }, (): Flow => JSON.parse(json));
      for (const flow of flows) walkThrough(flow);
      return flows;
    });
    const estimated = values.reduce<number>((sum, value) => sum + heapBytes(value), 0);
    expect(estimated / bytes).toBeGreaterThan(0.66);
    expect(estimated / bytes).toBeLessThan(1.5);
  });

  test('stays within its bound, however few nodes the versions have', async () => {
    const json = JSON.stringify(greeting('long', 'x'.repeat(800_000)));
    const { asked, load } = loader(() => JSON.parse(json));
    const memory = createVersionCache(load);
    const versions = Array.from({ length: 200 }, (_, place) => place);
    for (const version of versions) await memory('long', version);
    asked.length = 0;
    for (const version of versions.reverse()) await memory('long', version);
    const kept = versions.length - asked.length;
    expect(kept * 800_000).toBeLessThan(largestMemoryBytes);
    expect(kept * 800_000).toBeGreaterThan(largestMemoryBytes * 0.9);
  });
});

test('neither a failure nor a version that is not there is kept', async () => {
  const answers = [undefined, new Error('down'), greeting('late')];
  const memory = createVersionCache(async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  });
  expect(await memory('late', 1)).toBeUndefined();
  await expect(memory('late', 1)).rejects.toThrow('down');
  expect(await memory('late', 1)).toEqual(greeting('late'));
});

test('who stops waiting does not end the load for the others, and the next does not wait for it', async () => {
  const loads: ((flow: Flow | undefined) => void)[] = [];
  const memory = createVersionCache<Flow>(() => new Promise((resolve) => loads.push(resolve)));
  const controller = new AbortController();
  const patient = memory('slow', 1);
  const impatient = memory('slow', 1, controller);
  controller.abort(new Error('late'));
  await expect(impatient).rejects.toThrow('late');
  const next = memory('slow', 1);
  expect(loads).toHaveLength(2);
  for (const resolve of loads) resolve(greeting('slow'));
  expect(await patient).toEqual(greeting('slow'));
  expect(await next).toEqual(greeting('slow'));
  await expect(memory('other', 1, controller)).rejects.toThrow('late');
});

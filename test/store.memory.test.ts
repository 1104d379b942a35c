import { expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { createMemory } from '../lib/store/memory.ts';
import { corridor, greeting } from './kit/drawings.ts';

/** A load that notes what it was asked for. */
function loader(find: (flow: string) => Flow | undefined) {
  const asked: string[] = [];
  const load = async (flow: string, version: number) => {
    asked.push(`${flow} ${version}`);
    return find(flow);
  };
  return { asked, load };
}

test('a version is loaded once, however many ask at once and after', async () => {
  const { asked, load } = loader((id) => greeting(id));
  const memory = createMemory(load);
  const all = await Promise.all([memory('a', 1), memory('a', 1), memory('a', 2)]);
  expect(await memory('a', 1)).toBe(all[0]);
  expect(all[1]).toBe(all[0]);
  expect(asked).toEqual(['a 1', 'a 2']);
});

test('the one asked for longest ago makes room', async () => {
  const { asked, load } = loader((id) => corridor(id, 10));
  const memory = createMemory(load, 25);
  for (const id of ['a', 'b', 'a', 'c', 'a', 'b']) await memory(id, 1);
  expect(asked).toEqual(['a 1', 'b 1', 'c 1', 'b 1']);
});

test('one that is larger than the whole memory is handed on and pushes nothing out for good', async () => {
  const { asked, load } = loader((id) => corridor(id, id === 'huge' ? 50 : 10));
  const memory = createMemory(load, 25);
  expect(Object.keys((await memory('huge', 1))?.nodes ?? {})).toHaveLength(50);
  for (const id of ['huge', 'a', 'a']) await memory(id, 1);
  expect(asked).toEqual(['huge 1', 'huge 1', 'a 1']);
});

test('neither a failure nor a version that is not there is kept', async () => {
  const answers = [undefined, new Error('down'), greeting('late')];
  const memory = createMemory(async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  });
  expect(await memory('late', 1)).toBeUndefined();
  await expect(memory('late', 1)).rejects.toThrow('down');
  expect(await memory('late', 1)).toEqual(greeting('late'));
});

test('who stops waiting does not end the load for the others, and the next does not wait for it', async () => {
  const loads: ((flow: Flow) => void)[] = [];
  const memory = createMemory(() => new Promise((resolve) => loads.push(resolve)));
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

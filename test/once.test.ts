import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { cache, madeOnce } from './kit/once.ts';

const name = `once-${randomUUID()}`;
afterEach(() => rmSync(join(cache, name), { recursive: true, force: true }));

test('what several need at once is made by one, and nobody sees it before it is whole', async () => {
  let made = 0;
  const fill = async (folder: string) => {
    made += 1;
    await writeFile(join(folder, 'first'), '1');
    expect(existsSync(join(cache, name))).toBe(false);
    await writeFile(join(folder, 'second'), '2');
  };
  const folders = await Promise.all([1, 2, 3].map(() => madeOnce(name, fill)));
  expect(made).toBe(1);
  for (const folder of folders) expect(readFileSync(join(folder, 'second'), 'utf8')).toBe('2');
});

test('what could not be made is made by the next', async () => {
  const failing = madeOnce(name, async (folder) => {
    await writeFile(join(folder, 'half'), '');
    throw new Error('no room');
  });
  await expect(failing).rejects.toThrow('no room');
  const folder = await madeOnce(name, (fresh) => writeFile(join(fresh, 'whole'), ''));
  expect([existsSync(join(folder, 'half')), existsSync(join(folder, 'whole'))]).toEqual([false, true]);
});

import { describe, expect, test } from 'vitest';
import { keyOf } from '../lib/store/table/keys.ts';
import { put } from '../lib/store/table/table.ts';
import { setUpCentre } from './kit/centre.ts';
import type { Caller } from './kit/phones.ts';
import { scan } from './kit/table.ts';

const centre = setUpCentre();
const { caller, leg } = centre;

/** A caller whose call remembers that they are a platinum customer comes into the queue. */
async function wait(): Promise<{ readonly one: Caller; readonly heard: string }> {
  await centre.group({ id: 'sales' });
  await centre.online('sales', ['1001', 'client:ann']);
  const one = caller('CA1', '+15550500');
  return { one, heard: await one.wait() };
}

const kept = async () =>
  (await scan(centre.table())).filter((item) => item.pk?.S?.startsWith('sealed#')).map((item) => item.pk?.S);

describe('a caller whose call remembers something', () => {
  test('hears it in the queue and when an agent answers', async () => {
    const { one, heard } = await wait();
    expect(heard).toContain('Dear platinum customer, you are number 1.');
    await leg(0).answer();
    expect(await leg(0).meet(one)).toContain('Agent 1 0 0 1 is glad to serve a platinum customer.');
    expect(centre.errors()).toEqual([]);
  });

  test('hears the same if the announcement is asked for twice', async () => {
    const { one } = await wait();
    await leg(0).answer();
    const first = await leg(0).meet(one);
    expect(await leg(0).meet(one)).toBe(first);
  });

  test('is remembered in nothing that can be read: no URL, no line of the log, no item', async () => {
    const { one } = await wait();
    await leg(0).answer();
    await leg(0).meet(one);
    const items = JSON.stringify(await scan(centre.table()));
    expect(items).toContain('sealed#CA1');
    for (const text of [one.waitUrl, ...centre.lines, items]) expect(text).not.toMatch(/platinum|Tier/);
    expect(one.waitUrl).toMatch(/&memory=[A-Za-z0-9_-]+$/);
  });

  test('is announced without it, and the record says so, if the token that sealed it is gone', async () => {
    const { one } = await wait();
    const [item] = (await scan(centre.table())).filter(({ pk }) => pk?.S === 'sealed#CA1');
    await put(centre.table(), keyOf(item ?? {}), { sealed: 'c2VhbGVkIGJ5IGFub3RoZXIgdG9rZW4sIGxvbmcgYWdv' });
    await leg(0).answer();
    expect(await leg(0).meet(one)).toContain('is glad to serve a  customer.');
    expect(centre.lines.at(-1)).toContain('"forgot":true');
  });
});

test('a flow that names no variable of its own in the queue keeps nothing there', async () => {
  await centre.group({ id: 'sales' });
  await centre.online('sales', ['1001', 'client:ann']);
  const one = caller('CA2');
  await one.wait();
  await leg(0).answer();
  expect(await leg(0).meet(one)).toContain('You speak with agent 1 0 0 1.');
  expect(await kept()).toEqual([]);
  expect(one.waitUrl).not.toContain('memory=');
});

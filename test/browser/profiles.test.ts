import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { setUpPages } from './pages.ts';

const pages = setUpPages();

/** Runs in the page: returns what it finds stored, and stores something. */
const look = `(async () => {
  const found = { ...localStorage, cookie: document.cookie, databases: await indexedDB.databases() };
  localStorage.draft = 'kept';
  document.cookie = 'draft=kept';
  await new Promise((opened) => { indexedDB.open('kept').onsuccess = opened; });
  return found;
})()`;

/** The page that has opened a page of a test: one for each profile. */
async function openerOf(page: Page): Promise<string | undefined> {
  const session = await page.context().newCDPSession(page);
  return (await session.send('Target.getTargetInfo')).targetInfo.openerId;
}

const openers = new Set<unknown>();

test.each([1, 2])('page %i of a profile is online and finds nothing stored', async () => {
  const page = await pages.open({ locale: 'en-US' });
  await page.route('http://console.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '' }),
  );
  await page.goto('http://console.example/');
  expect(await page.evaluate(look)).toEqual({ cookie: '', databases: [] });
  expect(await page.evaluate('navigator.onLine')).toBe(true);
  expect(await page.evaluate('window.opener')).toBeNull();
  openers.add(await openerOf(page));
  expect([...openers]).toEqual([expect.any(String)]);
  await page.context().setOffline(true);
});

test.each(['crashes', 'comes after it'])(
  'a profile is not used again after a crash: a page that %s',
  async (place) => {
    const page = await pages.open({ locale: 'en-US' });
    openers.add(await openerOf(page));
    expect(openers.size).toBe(place === 'crashes' ? 1 : 2);
    if (place !== 'crashes') return;
    const crashed = page.waitForEvent('crash');
    await page.goto('chrome://crash').catch(() => undefined);
    await crashed;
  },
);

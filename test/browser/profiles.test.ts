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

/** The pages that have opened those of the tests. */
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
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  openers.add(targetInfo.openerId);
  expect([...openers]).toEqual([expect.any(String)]);
  await page.context().setOffline(true);
});

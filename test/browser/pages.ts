import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterEach, beforeAll, expect, inject } from 'vitest';
import { askShared } from './shared.setup.ts';

/** What a page is opened with. */
export interface Opening {
  readonly locale: 'zh-CN' | 'en-US';
  /** The messages of errors that the test itself causes. */
  readonly breaks?: RegExp;
}

/** The pages that a test opens; they close when it ends. */
export interface PagesKit {
  /**
   * Opens an empty page in a browser profile that keeps nothing of other tests, and that no other page of this test has.
   * Motion is reduced, and the clipboard may be used. A page that throws, or breaks its Content-Security-Policy, fails the
   * test.
   */
  open(opening: Opening): Promise<Page>;
}

/**
 * A browser profile. The tests of a worker use it one after the other, since a new one would fetch and compile the console
 * again.
 */
interface Profile {
  readonly locale: Opening['locale'];
  readonly context: BrowserContext;
  /** The messages of the errors of its pages that no test expects. */
  readonly faults: string[];
  /** The `breaks` of the test that has it. */
  breaks: RegExp | undefined;
}

/** The browser of the run and its free profiles; the test files of a worker run one after the other, and share them. */
let browser: Promise<Browser> | undefined;
const free: Profile[] = [];

/** Connects the tests of a file to the browser of the run. */
export function setUpPages(): PagesKit {
  const used: Profile[] = [];

  beforeAll(async () => {
    browser ??= askShared(inject('sharedAt'), '/browser').then((address) => chromium.connect(address));
    await browser;
  }, 60_000);
  afterEach(async () => {
    await Promise.all(
      used.map(async ({ context }) => {
        await Promise.all(context.pages().map((page) => page.close()));
        // Only now: a page that is online again would save what it still has.
        await context.setOffline(false);
      }),
    );
    const faults = used.flatMap((profile) => profile.faults.splice(0));
    free.push(...used.splice(0));
    expect(faults).toEqual([]);
  });

  return {
    async open({ locale, breaks }) {
      const at = free.findIndex((profile) => profile.locale === locale);
      const [profile = await addProfile(locale)] = at < 0 ? [] : free.splice(at, 1);
      used.push(profile);
      profile.breaks = breaks;
      const page = await profile.context.newPage();
      if (at >= 0) await clear(page);
      return page;
    },
  };
}

async function addProfile(locale: Opening['locale']): Promise<Profile> {
  if (browser === undefined) throw new Error('The browser is started before the first test.');
  const viewport = { width: 1280, height: 800 };
  const context = await (await browser).newContext({ locale, viewport, reducedMotion: 'reduce' });
  const profile: Profile = { locale, context, faults: [], breaks: undefined };
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  context.setDefaultTimeout(20_000);
  context.on('weberror', (error) => {
    const { message } = error.error();
    if (profile.breaks?.test(message) !== true) profile.faults.push(message);
  });
  context.on('console', (said) => {
    if (/Content Security Policy/i.test(said.text())) profile.faults.push(said.text());
  });
  return profile;
}

/** Removes what the pages of a profile have stored; the files that they have loaded stay. */
async function clear(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: '*', storageTypes: 'all' });
  await session.detach();
}

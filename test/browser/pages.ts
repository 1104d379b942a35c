import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { afterEach, beforeAll, expect, inject } from 'vitest';
import { askShared } from './shared.setup.ts';

/** What a page is opened with. */
export interface Opening {
  readonly locale: 'zh-CN' | 'en-US';
  /** The messages of errors that the test itself causes. */
  readonly breaks?: RegExp;
  /** Whether the test sets the clock of its page. A clock cannot be taken away, so no other test gets the profile. */
  readonly setsClock?: boolean;
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
  /**
   * A page that stays open. The pages of tests are opened by it, so that they share its process: it has the console compiled,
   * which a process of their own would do again.
   */
  readonly opener: Page;
  /** Speaks Chromium's own protocol with that page. */
  readonly session: CDPSession;
  /** Whether other tests can have it: not if that process has crashed, or if its clock was set. */
  isUsable: boolean;
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
      used.map(async ({ context, opener }) => {
        const opened = context.pages().filter((page) => page !== opener);
        await Promise.all(opened.map((page) => page.close()));
        // Only now: a page that is online again would save what it still has.
        await context.setOffline(false);
      }),
    );
    const faults = used.flatMap((profile) => profile.faults.splice(0));
    for (const profile of used.splice(0)) {
      if (profile.isUsable) free.push(profile);
      else await profile.context.close();
    }
    expect(faults).toEqual([]);
  });

  return {
    async open({ locale, breaks, setsClock = false }) {
      const at = free.findLastIndex((profile) => profile.locale === locale);
      const [profile = await addProfile(locale)] = at < 0 ? [] : free.splice(at, 1);
      used.push(profile);
      profile.breaks = breaks;
      if (setsClock) profile.isUsable = false;
      if (at >= 0) await clear(profile);
      return await openBy(profile);
    },
  };
}

async function addProfile(locale: Opening['locale']): Promise<Profile> {
  if (browser === undefined) throw new Error('The browser is started before the first test.');
  const viewport = { width: 1280, height: 800 };
  const context = await (await browser).newContext({ locale, viewport, reducedMotion: 'reduce' });
  const opener = await context.newPage();
  const session = await context.newCDPSession(opener);
  // The same site as that of the console, whatever its port: other sites have other processes.
  await opener.goto(inject('sharedAt'));
  const profile: Profile = {
    ...{ locale, context, opener, session, isUsable: true, faults: [], breaks: undefined },
  };
  opener.on('crash', () => {
    profile.isUsable = false;
  });
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

/** Opens a page in the process of the profile's first one. It does not find who opened it. */
async function openBy({ context, opener }: Profile): Promise<Page> {
  const [page] = await Promise.all([
    context.waitForEvent('page'),
    opener.evaluate('void window.open("about:blank")'),
  ]);
  await page.evaluate('void (window.opener = null)');
  return page;
}

/** Removes what the pages of a profile have stored; the files that they have loaded stay. */
async function clear({ session }: Profile): Promise<void> {
  await session.send('Storage.clearDataForOrigin', { origin: '*', storageTypes: 'all' });
}

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
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
   * Opens an empty page in a browser profile of its own, so that nothing is kept from other tests. Motion is reduced, and
   * the clipboard may be used. A page that throws, or breaks its Content-Security-Policy, fails the test.
   */
  open(opening: Opening): Promise<Page>;
}

/** Connects the tests of a file to the browser of the run. */
export function setUpPages(): PagesKit {
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.connect(await askShared(inject('sharedAt'), '/browser'));
  }, 60_000);
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());

  return {
    async open({ locale, breaks }) {
      const viewport = { width: 1280, height: 800 };
      const context = await browser.newContext({ locale, viewport, reducedMotion: 'reduce' });
      contexts.push(context);
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      context.setDefaultTimeout(20_000);
      context.on('weberror', (error) => {
        const { message } = error.error();
        if (breaks?.test(message) !== true) faults.push(message);
      });
      context.on('console', (said) => {
        if (/Content Security Policy/i.test(said.text())) faults.push(said.text());
      });
      return await context.newPage();
    },
  };
}

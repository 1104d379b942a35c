import { type Browser, type BrowserContext, errors, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { readStack } from '../../local/stack.ts';
import { type StackKit, setUpStack } from '../kit/stack.ts';
import { launch } from './chromium.ts';

/** Who opens the console, and how. */
export interface Visitor {
  readonly user: string;
  readonly roles: readonly string[];
  readonly path?: string;
  readonly locale?: 'zh-CN' | 'en-US';
}

/** The console as `npm start` serves it, in a real browser. */
export interface ConsoleKit {
  readonly stack: StackKit;
  readonly url: () => string;
  /**
   * Signs somebody in on the issuer's page, in a page of their own, and waits until they are where they wanted to be. Who was
   * here before is signed in still, and opens the page anew.
   */
  visit(visitor: Visitor): Promise<Page>;
  /** What went wrong in any page since the start. */
  readonly faults: readonly string[];
}

/** Sets the whole system and a browser up for the tests of a file. */
export function setUpConsole(): ConsoleKit {
  const stack = setUpStack();
  const contexts = new Map<string, BrowserContext>();
  const pages = new Map<string, Page>();
  const faults: string[] = [];
  let browser: Browser;
  const url = () => readStack(stack.dataDir())?.url ?? '';

  beforeAll(async () => {
    browser = await launch();
    // The first request waits for the build of the console, where that is older than its sources.
    await fetch(`${url()}/`);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
  });

  /** A page of its own, which moves nothing that need not move; a session is the page's, so all share one browser. */
  async function opened(locale: string): Promise<Page> {
    const viewport = { width: 1280, height: 800 };
    const known = contexts.get(locale);
    const context = known ?? (await browser.newContext({ locale, viewport, reducedMotion: 'reduce' }));
    contexts.set(locale, context);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (said) => {
      if (/Content Security Policy/i.test(said.text())) faults.push(said.text());
    });
    return page;
  }

  return {
    stack,
    url,
    faults,
    async visit({ user, roles, path = '/', locale = 'zh-CN' }) {
      const who = [user, locale, ...roles].join(' ');
      const known = pages.get(who);
      if (known !== undefined) {
        await known.goto(`${url()}${path}`);
        return known;
      }
      const page = await opened(locale);
      pages.set(who, page);
      await page.goto(`${url()}${path}`);
      await signIn(page, user, roles);
      return page;
    },
  };
}

/** Fills in the issuer's page. */
export async function signIn(page: Page, user: string, roles: readonly string[]): Promise<void> {
  await page.locator('input[name=user]').fill(user);
  for (const box of await page.locator('input[name=role]').all()) {
    const role = (await box.getAttribute('value')) ?? '';
    await box.setChecked(roles.includes(role));
  }
  await page.locator('button').click();
  await page
    .locator('.page, .editor')
    .waitFor()
    .catch((error: unknown) => {
      if (!(error instanceof errors.TimeoutError)) throw error;
      throw new Error(`Signed in, but at ${page.url()} there is no page of the console.`);
    });
}

/** Runs in the page: makes the token one that the API refuses. */
export function spoilToken(): void {
  const store = (globalThis as unknown as { sessionStorage: Record<string, string> }).sessionStorage;
  for (const key of Object.keys(store)) {
    if (!key.startsWith('oidc.user:')) continue;
    store[key] = (store[key] ?? '').replace(/"access_token":"[^"]*"/, '"access_token":"spoilt"');
  }
}

/** All that a stream gives, as text. */
export async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

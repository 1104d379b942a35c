import { errors, type Page } from 'playwright-core';
import { beforeAll } from 'vitest';
import type { Admin } from '../../lib/admin/admin.ts';
import { openStackTable, readStack } from '../../local/stack.ts';
import { type StackKit, setUpStack } from '../kit/stack.ts';
import { type PagesKit, setUpPages } from './pages.ts';

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
  readonly pages: PagesKit;
  readonly url: () => string;
  /** The table of the stack, for tests that need more in it than the demo. */
  readonly admin: () => Admin;
  /** Opens the console in a browser profile of its own, and signs somebody in on the issuer's page. */
  visit(visitor: Visitor): Promise<Page>;
}

/** Sets the whole system, with these variables, and a browser up for the tests of a file. */
export function setUpConsole(variables: Readonly<Record<string, string>> = {}): ConsoleKit {
  const stack = setUpStack(variables);
  const pages = setUpPages();
  const running = () => {
    const found = readStack(stack.dataDir());
    if (found === undefined) throw new Error('The stack is gone.');
    return found;
  };

  beforeAll(async () => {
    // The first request waits for the build of the console, if that is older than its sources.
    await fetch(`${running().url}/`);
  }, 60_000);

  return {
    stack,
    pages,
    url: () => running().url,
    admin: () => ({
      ...{ table: openStackTable(running()), who: 'seed', now: () => new Date(), retainDays: 90 },
    }),
    async visit({ user, roles, path = '/flows', locale = 'zh-CN' }) {
      const page = await pages.open({ locale });
      await page.goto(`${running().url}${path}`);
      await signIn(page, user, roles);
      return page;
    },
  };
}

/** Fills in the issuer's page. */
export async function signIn(page: Page, user: string, roles: readonly string[]): Promise<void> {
  await page.locator('input[name=user]').fill(user);
  await page.locator('button').waitFor();
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

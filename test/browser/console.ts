import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { errors, type Page } from 'playwright-core';
import { beforeAll } from 'vitest';
import type { Admin } from '../../lib/admin/admin.ts';
import { clientId } from '../../local/issuer/issuer.ts';
import { openStackTable, readStack } from '../../local/stack.ts';
import { workerPort } from '../kit/port.ts';
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
  /**
   * Opens the console in a browser profile of its own, for somebody who has signed in: by the requests that the console and
   * the issuer's page make, so that a test loads two pages less.
   */
  visit(visitor: Visitor): Promise<Page>;
}

/** Sets the whole system, with these variables, and a browser up for the tests of a file. */
export function setUpConsole(variables: Readonly<Record<string, string>> = {}): ConsoleKit {
  const stack = setUpStack(variables, [], () => workerPort('console'));
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
      await page.addInitScript(enter, await sessionOf(running().url, user, roles));
      await page.goto(`${running().url}${path}`);
      await page.locator('.page, .editor').waitFor();
      return page;
    },
  };
}

/** What the console keeps of who has signed in, as an entry of the session storage. */
async function sessionOf(url: string, user: string, roles: readonly string[]): Promise<[string, string]> {
  const verifier = randomBytes(32).toString('base64url');
  const asked = {
    ...{
      response_type: 'code',
      client_id: clientId,
      redirect_uri: `${url}/`,
      scope: 'openid',
      state: 'test',
    },
    ...{ code_challenge: createHash('sha256').update(verifier).digest('base64url') },
    ...{ code_challenge_method: 'S256', user },
  };
  const form = new URLSearchParams(asked);
  for (const role of roles) form.append('role', role);
  const granted = await fetch(`${url}/oauth2/authorize`, {
    ...{ method: 'POST', body: form, redirect: 'manual' },
  });
  const code = new URL(granted.headers.get('location') ?? '', url).searchParams.get('code') ?? '';
  const redeemed = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', client_id: clientId, redirect_uri: `${url}/`, code },
      code_verifier: verifier,
    }),
  });
  const { expires_in, ...tokens } = (await redeemed.json()) as Record<string, string>;
  const kept = {
    ...tokens,
    profile: decodeJwt(tokens.id_token ?? ''),
    expires_at: Math.floor(Date.now() / 1000) + Number(expires_in),
  };
  return [`oidc.user:${url}:${clientId}`, JSON.stringify(kept)];
}

/** Runs in the page before it: keeps the session, unless that was done in this tab before. */
function enter([key, kept]: [string, string]): void {
  const store = (globalThis as unknown as { sessionStorage: Record<string, string> }).sessionStorage;
  if (store.entered !== undefined) return;
  store.entered = 'yes';
  store[key] = kept;
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

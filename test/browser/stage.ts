import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import type { Admin } from '../../lib/admin/admin.ts';
import { createAdmin } from '../../lib/admin/app.ts';
import { putGroup } from '../../lib/admin/groups.ts';
import { contentTypeOf } from '../../local/build.ts';
import { createGateway, type Handler } from '../../local/gateway.ts';
import { loadTemplate } from '../../local/template.ts';
import { cache } from '../kit/once.ts';
import { startTestTable } from '../kit/table.ts';
import { launch } from './chromium.ts';

/** How a page is opened: whose it is, in which language, and whether its user may only look. */
export interface Visit {
  readonly user?: string;
  readonly locale?: 'zh-CN' | 'en-US';
  readonly look?: boolean;
}

/** The editor in a real browser, before the real admin function on a table in memory. */
export interface Stage {
  readonly admin: Admin;
  /** Opens the editor of a flow where nothing is kept from other visits, which must be over. */
  open(flow: string, visit?: Visit): Promise<Page>;
  /** What went wrong in any page since the start. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Builds the page, starts the API and the browser. */
export async function startStage(): Promise<Stage> {
  built ??= buildPage();
  const files = await built;
  const table = await startTestTable();
  const admin: Admin = { table, who: 'seed', now: () => new Date(), retainDays: 90 };
  await putGroup(admin, {
    ...{ id: 'phone-experience', name: '电话体验技能组', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 },
  });
  const server = createServer(serving(files, admin));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launch();
  const faults: string[] = [];
  const contexts = new Map<string, BrowserContext>();
  return {
    admin,
    faults,
    async open(flow, { user = 'ann', locale = 'zh-CN', look = false } = {}) {
      const context = contexts.get(locale) ?? (await openContext(browser, locale));
      contexts.set(locale, context);
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${url}/nothing`);
      await page.evaluate(forgetAll);
      await page.goto(`${url}/?flow=${flow}&user=${user}${look ? '&look' : ''}`);
      await page.locator('.module').first().waitFor();
      return page;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
      await table.close();
    },
  };
}

/** A browser for all visits in a language, so that it compiles the page once. */
async function openContext(browser: Browser, locale: string): Promise<BrowserContext> {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ locale, viewport, reducedMotion: 'reduce' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return context;
}

/** Forgets what a page has kept in its browser; runs there. */
async function forgetAll(): Promise<void> {
  const { localStorage, indexedDB } = globalThis as unknown as Storages;
  localStorage.clear();
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
}

/** Where a page keeps things. */
interface Storages {
  readonly localStorage: { clear(): void };
  readonly indexedDB: { databases(): Promise<{ name: string }[]>; deleteDatabase(name: string): void };
}

/** The folder of the page; the test files that run in one process share it. */
let built: Promise<string> | undefined;

/** Builds the page as the console is built: with React as users get it, which is several times quicker than that of tests. */
async function buildPage(): Promise<string> {
  const { NODE_ENV, VITEST_POOL_ID = 'alone' } = process.env;
  const files = join(cache, `page-${VITEST_POOL_ID}`);
  process.env.NODE_ENV = 'production';
  await build({
    root: join(import.meta.dirname, 'page'),
    base: './',
    logLevel: 'error',
    build: { outDir: files, emptyOutDir: true, target: 'es2023', reportCompressedSize: false },
  });
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  return files;
}

/** The files of the page, and the API before the admin function; a token is the name of its user. */
function serving(files: string, { table, retainDays, now }: Admin) {
  const { routes } = loadTemplate('serverless.yml');
  const handler = createAdmin({ table, retainDays, now, write: () => {} }) as unknown as Handler;
  const gateway = createGateway({
    routes: routes.filter(({ path }) => path.startsWith('/api/')),
    handlers: new Map([['functions/admin.handler', handler]]),
    publicUrl: new URL('http://127.0.0.1'),
    authorizers: new Map([
      [
        'admin',
        async (header = '') => ({
          username: header.replace('Bearer ', ''),
          token_use: 'access',
          'cognito:groups': '[admin]',
        }),
      ],
    ]),
  });
  return (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    if (path.startsWith('/api/')) return gateway.emit('request', request, response);
    const file = join(files, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    // But for the page itself, names tell builds apart.
    const kept = file.endsWith('.html') ? 'no-cache' : 'max-age=31536000, immutable';
    return response
      .writeHead(200, { 'content-type': contentTypeOf(file), 'cache-control': kept })
      .end(readFileSync(file));
  };
}

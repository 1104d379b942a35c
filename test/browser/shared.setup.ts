import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BrowserServer } from 'playwright-core';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { antdStyles } from '../../web/antdstyles.ts';
import { cache } from '../kit/once.ts';
import { launchServer } from './chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers `/browser` with the address of the browser that all test files share, `/page` with the folder of the page, `/` with an empty page. */
    readonly sharedAt: string;
  }
}

/** Shares one browser and one build of the page among the test files of a run. Each is made when it is first asked for. */
export default async function share(project: TestProject): Promise<() => Promise<void>> {
  let browser: Promise<BrowserServer> | undefined;
  let page: Promise<string> | undefined;
  const shareServer = async () => {
    browser ??= launchServer();
    return (await browser).wsEndpoint();
  };
  const sharePage = async () => {
    page ??= buildPage();
    return await page;
  };
  const shared: Readonly<Record<string, () => Promise<string>>> = {
    '/browser': shareServer,
    '/page': sharePage,
    '/': async () => '',
  };
  const server = createServer((request, response) => {
    const found = shared[request.url ?? '']?.() ?? Promise.reject(new Error('There is no such thing.'));
    found.then(
      (answer) => response.end(answer),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('sharedAt', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.close();
    await (await browser?.catch(() => undefined))?.close();
  };
}

/** Asks for what the test files of a run share. */
export async function askShared(sharedAt: string, path: '/browser' | '/page'): Promise<string> {
  const answer = await fetch(sharedAt + path);
  const said = await answer.text();
  if (!answer.ok) throw new Error(`${path} could not be made: ${said}`);
  return said;
}

/** Builds the page as the console is built: with React as users get it, which is several times quicker than that of tests. */
async function buildPage(): Promise<string> {
  const { NODE_ENV } = process.env;
  const files = join(cache, 'page');
  process.env.NODE_ENV = 'production';
  await build({
    root: join(import.meta.dirname, 'page'),
    base: './',
    logLevel: 'error',
    css: { postcss: { plugins: [antdStyles] } },
    build: { outDir: files, emptyOutDir: true, target: 'es2023', reportCompressedSize: false },
  });
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  return files;
}

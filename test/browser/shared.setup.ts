import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserServer } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { launchServer } from './chromium.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers a GET with the address of the browser that all test files share. */
    readonly browserAt: string;
  }
}

/** Shares one browser among the test files of a run. It starts when the first of them asks for it. */
export default async function shareBrowser(project: TestProject): Promise<() => Promise<void>> {
  let browser: Promise<BrowserServer> | undefined;
  const server = createServer((_request, response) => {
    browser ??= launchServer();
    browser.then(
      (started) => response.end(started.wsEndpoint()),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('browserAt', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.close();
    await (await browser?.catch(() => undefined))?.close();
  };
}

import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, inject } from 'vitest';
import type { Admin } from '../../lib/admin/admin.ts';
import { putGroup } from '../../lib/admin/groups.ts';
import { createAdmin } from '../../lib/api/app.ts';
import { createGateway, type Handler } from '../../local/aws/gateway.ts';
import { contentTypeOf } from '../../local/build.ts';
import { workerPort } from '../kit/port.ts';
import { startTestTable } from '../kit/table.ts';
import { projectTemplate } from '../kit/template.ts';
import { setUpPages } from './pages.ts';
import { askShared } from './shared.setup.ts';

/** How a page is opened: whose it is, in which language, and whether its user may only look. */
export interface Visit {
  readonly user?: string;
  readonly locale?: 'zh-CN' | 'en-US';
  readonly look?: boolean;
  /** The messages of errors that the test itself causes. */
  readonly breaks?: RegExp;
  /** Whether the test sets the clock of its page. */
  readonly setsClock?: boolean;
}

/** The editor in a real browser, before the real admin function on a table in memory. */
export interface Stage {
  readonly admin: () => Admin;
  /** Opens the editor of a flow, in a browser profile of its own. */
  open(flow: string, visit?: Visit): Promise<Page>;
}

/** Builds the page and starts the API for the tests of a file. */
export function setUpStage(): Stage {
  const pages = setUpPages();
  let admin: Admin;
  let url: string;

  beforeAll(async () => {
    const files = await askShared(inject('sharedAt'), '/page');
    const table = await startTestTable();
    admin = { table, who: 'seed', now: () => new Date(), retainDays: 90 };
    await putGroup(admin, {
      ...{ id: 'phone-experience', name: '电话体验技能组', ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 100 },
    });
    const server = createServer(serving(files, admin));
    const port = await workerPort('page');
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${port}`;
    return async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await table.close();
    };
  }, 120_000);

  return {
    admin: () => admin,
    async open(flow, { user = 'ann', locale = 'zh-CN', look = false, ...opening } = {}) {
      const page = await pages.open({ locale, ...opening });
      await page.goto(`${url}/?flow=${flow}&user=${user}${look ? '&look' : ''}`);
      await page.locator('.module').first().waitFor();
      return page;
    },
  };
}

/** The files of the page, and the API before the admin function; a token is the name of its user. */
function serving(files: string, { table, retainDays, now }: Admin) {
  const { routes } = projectTemplate();
  const handler = createAdmin({ table, retainDays, now, report: () => {} }) as unknown as Handler;
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

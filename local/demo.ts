import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Admin } from '../lib/admin/admin.ts';
import { putConnection } from '../lib/admin/connections.ts';
import { fetchConnection } from '../lib/store/settings/connections.ts';
import { isLoopback } from './aws/access.ts';

/** The id of the demo connection in `flows/balance.flow.json`. */
const demoConnection = 'bank';

const states = ['received', 'packed', 'shipped', 'delivered'];

/**
 * A service to try requests of flows with: `GET /orders/1234` returns the state of an order, `POST /accounts/12345678/balance` the balance
 * of an account. Anything else is a 404.
 */
function createDemoService(): Server {
  return createServer((request, response) => {
    request.resume();
    const answer = answerOf(request.method ?? '', request.url ?? '');
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { error: 'There is nothing under this path.' }));
  });
}

function answerOf(method: string, url: string): unknown {
  const [, kind, number = ''] = /^\/(orders|accounts)\/(\d{1,12})(?:\/balance)?$/.exec(url) ?? [];
  if (kind === 'orders' && method === 'GET' && !url.endsWith('/balance'))
    return { order: number, state: states[Number(number) % states.length] };
  if (kind === 'accounts' && method === 'POST' && url.endsWith('/balance'))
    return {
      account: number,
      balance: Number(number) % 10_000,
      state: number.endsWith('0') ? 'closed' : 'open',
    };
  return undefined;
}

/**
 * Starts the demo service on loopback, at the port that its connection names if that is free, and points the connection to it.
 * In a data directory that is not fresh, the connection is not changed if it was deleted or points elsewhere. Resolves with a
 * function that stops the service.
 */
export async function startDemo(admin: Admin, isFresh: boolean): Promise<() => Promise<void>> {
  const service = createDemoService();
  const found = await fetchConnection(admin.table, demoConnection);
  const isOurs = found === undefined ? isFresh : isLoopback(new URL(found.url).hostname);
  const kept = isOurs && found !== undefined ? Number(new URL(found.url).port) : 0;
  const url = `http://127.0.0.1:${await listenAt(service, kept)}`;
  if (isOurs && found?.url !== url) {
    const settings = { id: demoConnection, name: found?.name ?? 'Demo service', url, headers: {} };
    await putConnection({ ...admin, loopback: true }, settings);
  }
  return async () => {
    service.closeAllConnections();
    service.close();
    await once(service, 'close');
  };
}

/** Listens on loopback, at another free port if this one cannot be had. Resolves with the port. */
async function listenAt(service: Server, port: number): Promise<number> {
  service.listen(port, '127.0.0.1');
  try {
    await once(service, 'listening');
  } catch (cause) {
    if (port === 0) throw cause;
    return await listenAt(service, 0);
  }
  return (service.address() as AddressInfo).port;
}

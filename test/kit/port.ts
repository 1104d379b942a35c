import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Of this many ports in a row, each worker of Vitest takes another one; those beyond share. */
const lanes = 8;
const lane = Number(process.env.VITEST_POOL_ID ?? 0) % lanes;

/**
 * A free port for a process that is started later. It lies below the ports that systems assign, which begin at 32,768 on Linux and
 * at 49,152 elsewhere: such a port could go to a server or a connection of another test before the process listens. Nor does
 * another worker take it meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + lanes * randomInt(2_000) + lane;
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (isFree) return port;
  }
}

const kept = new Map<string, Promise<number>>();

/**
 * A port that the test files of a worker use one after the other for servers of a kind. A browser keeps what it has fetched
 * and compiled by origin, so it loads the console of the next file from what it has.
 */
export function workerPort(kind: 'console' | 'page'): Promise<number> {
  const port = kept.get(kind) ?? freePort();
  kept.set(kind, port);
  return port;
}

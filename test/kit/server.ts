import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server that listens on a free port of loopback. */
export interface TestServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Ends all connections and stops listening; may be called again. */
  close(): Promise<void>;
}

/** Starts a server that answers by a listener. */
export function startServer(listener: RequestListener): Promise<TestServer> {
  return listen(createServer(listener));
}

/** Lets a server listen. */
export async function listen(server: Server): Promise<TestServer> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed()).closeAllConnections();
      }),
  };
}

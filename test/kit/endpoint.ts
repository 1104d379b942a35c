import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { HttpHandler, Request } from '../../lib/http.ts';

/** An HTTP endpoint before one function, on a free port. */
export interface Endpoint {
  readonly url: string;
  /** What answers; 503 while there is nothing. */
  handler?: HttpHandler | undefined;
  close(): Promise<void>;
}

/** Starts an endpoint; its function can be set once its address is known. */
export async function startEndpoint(): Promise<Endpoint> {
  const server = createServer(async (request, response) => {
    const [rawPath = '', rawQueryString = ''] = (request.url ?? '').split('?');
    const { method = '', headers } = request;
    const answer = await endpoint.handler?.({
      version: '2.0',
      routeKey: `${method} /voice/{proxy+}`,
      rawPath,
      rawQueryString,
      headers: { ...headers, 'x-forwarded-proto': 'http' },
      requestContext: { domainName: headers.host, http: { method } },
      body: await text(request),
      isBase64Encoded: false,
    } as unknown as Request);
    response.writeHead(answer?.statusCode ?? 503, {}).end(answer?.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint: Endpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return endpoint;
}

import { text } from 'node:stream/consumers';
import type { HttpHandler, Request } from '../../lib/http.ts';
import { startServer } from './server.ts';

/** An HTTP endpoint before one function, on a free port. */
export interface Endpoint {
  readonly url: string;
  /** What answers; 503 while there is nothing. */
  handler?: HttpHandler | undefined;
  close(): Promise<void>;
}

/** Starts an endpoint; its function can be set once its address is known. */
export async function startEndpoint(): Promise<Endpoint> {
  const server = await startServer(async (request, response) => {
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
  const endpoint: Endpoint = {
    url: server.url,
    close: server.close,
  };
  return endpoint;
}

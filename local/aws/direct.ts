import { type IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { NodeHttpHandler } from '@smithy/node-http-handler';

type Answer = Awaited<ReturnType<NodeHttpHandler['handle']>>['response'];

/** What an AWS client sends its requests with. */
export interface RequestHandler {
  handle(request: Parameters<NodeHttpHandler['handle']>[0]): Promise<{ readonly response: Answer }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/**
 * Sends the requests of an AWS client to a listener of the same process, without a connection: sockets and HTTP are two
 * thirds of the processor time of a small request. The listener must answer by one `response.end(body)`. Time limits of the
 * client do not apply.
 */
export function directTo(listener: RequestListener): RequestHandler {
  return {
    handle({ method, path, headers, body }) {
      return new Promise((resolve) => {
        const { buffer, byteOffset, byteLength } = toBytes(body);
        const request = Object.assign(Readable.from([Buffer.from(buffer, byteOffset, byteLength)]), {
          ...{ method, url: path, headers },
        }) as unknown as IncomingMessage;
        const response = new ServerResponse(request);
        response.end = ((text: string | Buffer = '') => {
          const given = Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
          resolve({
            response: {
              statusCode: response.statusCode,
              headers: Object.fromEntries(given),
              body: Buffer.from(text as string),
            },
          });
          return response;
        }) as ServerResponse['end'];
        listener(request, response);
      });
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

function toBytes(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : Buffer.from(String(body ?? ''));
}

import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request: `GET` without headers if nothing else is said. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request as it is: its `Host` may be any, as that of a page whose name was rebound. */
export function send(url: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((told, failed) => {
    const sent = request(url, { method, headers }, async (response) => {
      told({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) });
    });
    sent.on('error', failed).end(body);
  });
}

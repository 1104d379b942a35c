import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach } from 'vitest';
import type { Call, Webhooks } from '../../local/carrier/call.ts';
import { createCarrier } from '../../local/carrier/carrier.ts';
import { VirtualClock } from '../../local/carrier/clock.ts';
import type { CallEvent } from '../../local/carrier/event.ts';
import { listen, type TestServer } from './server.ts';

/** A request as an application saw it. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly fields: Record<string, string>;
}

/** What an application answers; TwiML with 200 when left out. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** What stands under a path: the body of a Response, a whole answer, or what makes one of them. */
export type Page = string | Answer | ((asked: Asked) => string | Answer | Promise<string | Answer>);

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** An application that answers each path with a page: the body of a Response, or a whole answer. */
export async function application(pages: Record<string, Page>) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url = '', headers } = request;
    const seen = { method, url, headers, fields: Object.fromEntries(new URLSearchParams(body)) };
    asked.push(seen);
    const page = pages[url.split('?', 1)[0] ?? ''] ?? { status: 404 };
    const given = typeof page === 'function' ? await page(seen) : page;
    const answer = typeof given === 'string' ? { body: `<Response>${given}</Response>` } : given;
    response.writeHead(answer.status ?? 200, {
      'content-type': 'text/xml; charset=utf-8',
      ...answer.headers,
    });
    response.end(answer.body);
  });
  return { origin: await serve(server), asked };
}

/** Lets a server listen until the test is over; returns its URL. */
export async function serve(server: Server): Promise<string> {
  const listening = await listen(server);
  servers.push(listening);
  return listening.url;
}

/** The account of every carrier here. */
export const account = { sid: 'AC1', token: 'secret' };
/** Who calls whom. */
export const parties = { from: '+15550199', to: '+15550100' };

interface Options {
  readonly webhooks?: Partial<Webhooks>;
  readonly clock?: VirtualClock;
  readonly on?: (event: CallEvent, call: Call) => void | Promise<void>;
}

/** Calls `/` of an application. The events are kept as texts, without those of documents. */
export async function dial(origin: string, { webhooks, clock = new VirtualClock(), on }: Options = {}) {
  const others = { voiceUrl: `${origin}/`, ...webhooks };
  const events: string[] = [];
  const listener = (event: CallEvent) => {
    if (event.event !== 'document') events.push(told(event));
    return call === undefined ? undefined : on?.(event, call);
  };
  const call = createCarrier({ account, numbers: new Map(), others }).dial({ ...parties, listener, clock });
  if (call === undefined) throw new Error('nobody has that number');
  return { call, events, clock };
}

/** An event as the tests write it. */
export function told(event: CallEvent): string {
  if (event.event === 'heard')
    return 'say' in event ? `say ${event.say}` : `play ${event.play.replace(/^.*\//, '')}`;
  if (event.event === 'gathering') return `gathering ${event.timeoutSeconds}`;
  if (event.event === 'queued') return `queued ${event.queue}`;
  if (event.event === 'said') return `said ${event.text}`;
  if (event.event === 'failed') return `failed ${event.code}`;
  return event.event === 'ended' ? `ended ${event.reason} ${event.seconds}` : event.event;
}

/** A whole call on virtual time: each gather gets the next key of the script, `wait` is silence. */
export async function script(
  pages: Record<string, Page>,
  keys: readonly string[] = [],
  options: Options = {},
) {
  const app = await application(pages);
  const left = [...keys];
  const { call, events } = await dial(app.origin, {
    ...options,
    on(event, phone) {
      if (event.event !== 'gathering') return;
      const key = left.shift();
      if (key === undefined) phone.hangup();
      else if (key === 'wait') phone.silence();
      else phone.press(key);
    },
  });
  await call.ended;
  return { events, asked: app.asked };
}

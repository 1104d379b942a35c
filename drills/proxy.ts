import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../test/kit/server.ts';

/** An answer of the server behind a proxy. */
export interface Passed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A request that has come to a proxy. */
export interface Exchange {
  /** The number of the request since the fault began, from 0. */
  readonly count: number;
  readonly response: ServerResponse;
  /** Hands the request on. */
  pass(): Promise<Passed>;
  /** Answers as the server behind it did. */
  answer(passed: Passed): void;
  /** Cuts the connection. */
  cut(): void;
}

/** What a proxy does with each request; without one it hands them on. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

/** A proxy on loopback before a server on loopback. */
export interface FaultyLine {
  readonly url: string;
  /** How many requests have come since the fault began. */
  readonly count: number;
  /** Begins a fault, or ends it. */
  begin(fault: Fault | undefined): void;
  close(): Promise<void>;
}

/** Starts a proxy before a server. With `now` its answers say that time, as if the server had this clock. */
export async function startProxy(target: string, now?: () => Date): Promise<FaultyLine> {
  let fault: Fault | undefined;
  let count = 0;
  let isOpen = true;
  const { hostname, port } = new URL(target);
  const server = await startServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const exchange: Exchange = {
      count: count++,
      response,
      async pass() {
        if (!isOpen) throw new Error('The proxy is closed.');
        const passed = await handOn(request, Buffer.concat(chunks), { hostname, port });
        return now === undefined
          ? passed
          : { ...passed, headers: { ...passed.headers, date: now().toUTCString() } };
      },
      answer: ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      cut: () => request.socket.destroy(),
    };
    try {
      await (fault ?? faultless)(exchange);
    } catch {
      exchange.cut();
    }
  });
  return {
    url: server.url,
    get count() {
      return count;
    },
    begin(next) {
      fault = next;
      count = 0;
    },
    close() {
      isOpen = false;
      return server.close();
    },
  };
}

const faultless: Fault = async ({ pass, answer }) => answer(await pass());

async function handOn(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  { hostname, port }: { readonly hostname: string; readonly port: string },
): Promise<Passed> {
  const { connection: _, ...kept } = headers;
  return await new Promise((resolve, reject) => {
    const outgoing = send(
      { hostname, port, method, path: url, headers: { ...kept, host: `${hostname}:${port}` } },
      async (incoming) => {
        const chunks: Buffer[] = [];
        try {
          for await (const chunk of incoming) chunks.push(chunk);
        } catch (error) {
          return reject(error);
        }
        const { 'transfer-encoding': __, connection: ___, ...rest } = incoming.headers;
        resolve({ status: incoming.statusCode ?? 502, headers: rest, body: Buffer.concat(chunks) });
      },
    );
    outgoing.on('error', reject).end(body);
  });
}

/** Waits before a request is handed on. */
export function delayed(milliseconds: number): Fault {
  return async (exchange) => {
    await sleep(milliseconds);
    await faultless(exchange);
  };
}

/** Every connection is cut before the request is handed on. */
export const dropped: Fault = ({ cut }) => cut();

/** No request is answered, nor handed on. */
export const hanging: Fault = () => undefined;

/** Every request is handed on, and no answer comes back. */
export const answersLost: Fault = async ({ pass, cut }) => {
  await pass();
  cut();
};

/** The same for the first request of every two. */
export const everySecondAnswerLost: Fault = async (exchange) => {
  await (exchange.count % 2 === 0 ? answersLost : faultless)(exchange);
};

/** Every second request is cut before it is handed on. */
export const everySecondDropped: Fault = async (exchange) => {
  await (exchange.count % 2 === 0 ? dropped : faultless)(exchange);
};

/** Half of the answer comes, then the connection is cut. */
export const cutShort: Fault = async ({ pass, response, cut }) => {
  const { status, headers, body } = await pass();
  response.writeHead(status, headers);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => cut());
};

/** Half of the answer comes, then nothing more. */
export const halfThenSilence: Fault = async ({ pass, response }) => {
  const { status, headers, body } = await pass();
  response.writeHead(status, headers);
  response.write(body.subarray(0, Math.floor(body.length / 2)));
};

/** The answer comes byte by byte, twenty a second. */
export const dribbling: Fault = async ({ pass, response }) => {
  const { status, headers, body } = await pass();
  response.writeHead(status, headers);
  for (const byte of body) {
    if (response.destroyed) return;
    response.write(Buffer.from([byte]));
    await sleep(50);
  }
  response.end();
};

/** Another answer than that of the server, which is not asked. */
export function answering(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Fault {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return ({ response }) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
}

/** The server is asked, and its answer comes twice on one connection. */
export const answeringTwice: Fault = async ({ pass, response }) => {
  const { status, body } = await pass();
  const head = `HTTP/1.1 ${status} OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  const once = Buffer.concat([Buffer.from(head), body]);
  response.socket?.write(Buffer.concat([once, once]));
};

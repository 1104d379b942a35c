import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { startServer } from '../test/kit/server.ts';

/** A server that runs. */
export interface Replay {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** An answer that was given before. */
interface Taken {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Serves a database from memory: what it was asked before it answers with the same bytes at once. So the embedded database's
 * own time, which no function on AWS pays, does not count. For readers only. A parameter of SSM is always `secret`.
 */
export async function startReplay(endpoint: string, secret: string): Promise<Replay> {
  const taken = new Map<string, Taken>();
  const { url, close } = await startServer(async (asked, answered) => {
    const body = await bytesOf(asked);
    if (asked.headers['x-amz-target'] === 'AmazonSSM.GetParameter') {
      answered.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      return answered.end(JSON.stringify({ Parameter: { Type: 'SecureString', Value: secret } }));
    }
    const key = `${asked.headers['x-amz-target']} ${body}`;
    const answer = taken.get(key) ?? (await ask(endpoint, asked.headers, body));
    taken.set(key, answer);
    return answered.writeHead(answer.status, answer.headers).end(answer.body);
  });
  return { endpoint: url, close };
}

async function ask(endpoint: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Taken> {
  const sent = request(endpoint, { method: 'POST', headers: { ...headers, host: new URL(endpoint).host } });
  sent.end(body);
  const [received]: IncomingMessage[] = await once(sent, 'response');
  if (received?.statusCode !== 200) throw new Error('The embedded database refused what was asked.');
  const bytes = await bytesOf(received);
  const { 'content-type': type = '', 'x-amz-crc32': checksum = '' } = received.headers;
  const id = String(received.headers['x-amzn-requestid']);
  return {
    status: received.statusCode,
    headers: {
      'content-type': type,
      'content-length': String(bytes.length),
      'x-amz-crc32': String(checksum),
      'x-amzn-requestid': id,
    },
    body: bytes,
  };
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

import type { IncomingMessage } from 'node:http';

/** The body; `undefined` for one of more bytes than `largest`, which is read to its end all the same: the sender waits for that. */
export async function bodyOf(request: IncomingMessage, largest: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largest) chunks.push(chunk);
  }
  return size > largest ? undefined : Buffer.concat(chunks);
}

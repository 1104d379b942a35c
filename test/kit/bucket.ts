import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { startServer } from './server.ts';

/** An object as it was put. */
export interface Stored {
  readonly body: Buffer;
  readonly type: string | undefined;
  readonly cacheControl: string | undefined;
}

/** A server that speaks as much of S3 as HeadObject and PutObject need, with the bucket in the path. */
export interface Buckets {
  readonly endpoint: string;
  /** The objects, by bucket and key: `/bucket/key`. */
  readonly objects: Map<string, Stored>;
  /** The requests so far: `PUT /bucket/key`. */
  readonly requests: string[];
  /** The status it answers everything with, once it is set. */
  refusal?: number;
  close(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startBuckets(): Promise<Buckets> {
  const server = await startServer(async (request, response) => {
    const body = await buffer(request);
    const path = new URL(request.url ?? '', 'http://s3').pathname;
    buckets.requests.push(`${request.method} ${path}`);
    if (buckets.refusal !== undefined) return response.writeHead(buckets.refusal).end();
    if (request.method === 'PUT') {
      const { 'content-type': type, 'cache-control': cacheControl } = request.headers;
      buckets.objects.set(path, { body, type, cacheControl });
    }
    const stored = buckets.objects.get(path);
    if (stored === undefined) return response.writeHead(404).end();
    const etag = `"${createHash('md5').update(stored.body).digest('hex')}"`;
    return response.writeHead(200, { etag }).end();
  });
  const buckets: Buckets = {
    endpoint: server.url,
    objects: new Map(),
    requests: [],
    close: server.close,
  };
  return buckets;
}

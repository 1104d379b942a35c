import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type Answer, json } from './payload.ts';

/** Folders whose audio files are served under a path. If several have a file, the first one counts. */
export interface Folder {
  /** The path, with a slash at both ends. */
  readonly under: string;
  readonly folders: readonly string[];
}

/** The content types by file extension. */
const types = new Map([
  ['mp3', 'audio/mpeg'],
  ['wav', 'audio/wav'],
]);

/** A plain name with an extension, so that no path leads out of the folder. */
const fileName = /^[A-Za-z0-9][A-Za-z0-9_-]*\.([a-z0-9]+)$/;

/**
 * The answer for a path under a folder, like that of S3 behind CloudFront: `ETag`, one range, cached for ever, for GET and HEAD only; 404
 * if there is no such audio file. `undefined` for a path that is not under it.
 */
export async function serveFolder(
  { under, folders }: Folder,
  request: IncomingMessage,
  path: string,
): Promise<Answer | undefined> {
  if (!path.startsWith(under)) return undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD') return json(403, { message: 'Forbidden' });
  const name = path.slice(under.length);
  const type = types.get(fileName.exec(name)?.[1] ?? '');
  const body = type === undefined ? undefined : await firstContent(folders, name);
  if (type === undefined || body === undefined) return json(404, { message: 'Not Found' });
  const etag = `"${createHash('md5').update(body).digest('hex')}"`;
  const headers = {
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': type,
    // Like the distribution: audio has the console's origin, and must never be rendered as a page.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
  const whole = { status: 200, headers, cookies: [], body };
  const known = request.headers['if-none-match'];
  if (known?.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === etag || tag === '*')) {
    return { ...whole, status: 304, body: Buffer.alloc(0) };
  }
  const since = request.headers['if-range'];
  return since !== undefined && since !== etag ? whole : partOf(whole, request.headers.range);
}

async function firstContent(folders: readonly string[], name: string): Promise<Buffer | undefined> {
  for (const folder of folders) {
    const content = await contentOf(join(folder, name));
    if (content !== undefined) return content;
  }
  return undefined;
}

async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}

/** The part of an answer for a `Range` header; the complete answer if the header is missing or not valid. */
export function partOf(whole: Answer, range = ''): Answer {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (first === '' && last === '') return whole;
  const size = whole.body.length;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  if (first !== '' && last !== '' && Number(last) < from) return whole;
  if (from > to) {
    const headers = { 'content-range': `bytes */${size}`, 'content-type': 'application/json' };
    return { ...json(416, { message: 'Range Not Satisfiable' }), headers };
  }
  const headers = { ...whole.headers, 'content-range': `bytes ${from}-${to}/${size}` };
  return { ...whole, status: 206, headers, body: whole.body.subarray(from, to + 1) };
}

import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import type { ObjectCreated } from '../../functions/media.ts';
import { isFileError } from '../obstacle.ts';
import { bodyOf } from './body.ts';
import { partOf } from './folder.ts';
import type { Answer } from './payload.ts';
import { type Credentials, refusalOf } from './sigv4.ts';

/** A bucket on this machine, which speaks as much of S3's protocol as the product uses. */
export interface BucketFiles {
  readonly bucket: string;
  /** Where its objects lie, each a file under its key. */
  readonly folder: string;
  readonly credentials: Credentials;
  readonly now: () => Date;
  /** Learns of each object that was put, as a rule on the bucket's events would. */
  onCreated?(key: string): void;
}

/** The path under which a bucket is served: the endpoint of the AWS SDK. */
export const storagePath = '/storage';

/** The event that a rule on a bucket's events hands to a function when an object was put. */
export function objectCreated(bucket: string, key: string): ObjectCreated {
  return {
    ...{ id: randomUUID(), version: '0', account: '000000000000', region: 'us-east-1', resources: [] },
    ...{ time: new Date().toISOString(), source: 'aws.s3', 'detail-type': 'Object Created' },
    detail: { bucket: { name: bucket }, object: { key } },
  };
}

/** No upload is larger than this. */
const largestObject = 10 * 1024 * 1024;

/** Names without dots at their begin, separated by slashes: no way leads out of the folder. */
const keyShape = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/**
 * Answers a request under {@link storagePath} as S3 does: GET, HEAD, PUT (also `If-None-Match: *`) and DELETE of one object,
 * each with a signature in its header or its query. `undefined` for other paths.
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html)
 */
export async function serveStorage(
  files: BucketFiles,
  request: IncomingMessage,
): Promise<Answer | undefined> {
  const url = new URL(request.url ?? '/', 'http://storage');
  if (!url.pathname.startsWith(`${storagePath}/`)) return undefined;
  const body = await bodyOf(request, largestObject);
  if (body === undefined) return failed(400, 'EntityTooLarge');
  const refusal = refusalOf(request, url, body, files);
  if (refusal !== undefined) return failed(403, refusal);
  const [, , bucket, ...names] = url.pathname.split('/');
  const key = decodeURIComponent(names.join('/'));
  if (bucket !== files.bucket) return failed(404, 'NoSuchBucket');
  if (!keyShape.test(key)) return failed(400, 'InvalidArgument');
  const file = join(files.folder, key);
  if (request.method === 'GET' || request.method === 'HEAD') return await read(file, request, url);
  if (request.method === 'DELETE') return await remove(file);
  if (request.method === 'PUT') return await put(files, key, body, request.headers['if-none-match'] === '*');
  return failed(405, 'MethodNotAllowed');
}

async function read(file: string, { headers }: IncomingMessage, { searchParams }: URL): Promise<Answer> {
  const body = await contentOf(file);
  if (body === undefined) return failed(404, 'NoSuchKey');
  const disposition = searchParams.get('response-content-disposition');
  const type = searchParams.get('response-content-type');
  const whole: Answer = {
    status: 200,
    cookies: [],
    body,
    headers: {
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'content-type': type ?? (file.endsWith('.wav') ? 'audio/wav' : 'application/octet-stream'),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      ...(disposition === null ? {} : { 'content-disposition': disposition }),
    },
  };
  return partOf(whole, headers.range);
}

async function remove(file: string): Promise<Answer> {
  await rm(file, { force: true });
  return { status: 204, headers: {}, cookies: [], body: Buffer.alloc(0) };
}

/** Puts an object whole or not at all; of two that may only create it, one does. */
async function put(files: BucketFiles, key: string, body: Buffer, creates: boolean): Promise<Answer> {
  const file = join(files.folder, key);
  const draft = join(files.folder, `.${randomUUID()}`);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(draft, body, { mode: 0o600 });
  try {
    if (!creates) await rm(file, { force: true });
    await link(draft, file);
  } catch (error) {
    if (!isFileError(error) || !('code' in error) || error.code !== 'EEXIST') throw error;
    // Two that overwrite at once: one of them was the later.
    return creates ? failed(412, 'PreconditionFailed') : created();
  } finally {
    await rm(draft, { force: true });
  }
  files.onCreated?.(key);
  return created();
}

function created(): Answer {
  return { status: 200, headers: {}, cookies: [], body: Buffer.alloc(0) };
}

function failed(status: number, code: string): Answer {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`);
  return { status, headers: { 'content-type': 'application/xml' }, cookies: [], body };
}

async function contentOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}

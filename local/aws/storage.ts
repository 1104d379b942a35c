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

/** The options of the local bucket, which implements the part of S3's API that is used. */
export interface BucketFiles {
  readonly bucket: string;
  /** The folder of its objects; each is a file with its key as path. */
  readonly folder: string;
  readonly credentials: Credentials;
  readonly now: () => Date;
  /** Called for each object that was put, like a rule for the bucket's events. */
  onCreated?(key: string): void;
}

/** The path of the bucket, for the endpoint of the AWS SDK. */
export const storagePath = '/storage';

/** EventBridge's event for a new object. */
export function objectCreated(bucket: string, key: string): ObjectCreated {
  return {
    ...{ id: randomUUID(), version: '0', account: '000000000000', region: 'us-east-1', resources: [] },
    ...{ time: new Date().toISOString(), source: 'aws.s3', 'detail-type': 'Object Created' },
    detail: { bucket: { name: bucket }, object: { key } },
  };
}

/** The largest object, in bytes. */
const largestObject = 10 * 1024 * 1024;

/** Names that do not begin with a dot, separated by slashes, so that no path leads out of the folder. */
const keyShape = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

/**
 * Answers a request under {@link storagePath} like S3: GET, HEAD, PUT (with `If-None-Match: *`) and DELETE of one object, with a
 * signature in a header or the query. `undefined` for other paths.
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html)
 */
export async function serveStorage(
  files: BucketFiles,
  request: IncomingMessage,
): Promise<Answer | undefined> {
  const target = request.url ?? '/';
  if (!target.startsWith(`${storagePath}/`)) return undefined;
  const url = new URL(target, 'http://storage');
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

/** Puts an object completely or not at all. Of two concurrent requests that may only create it, one succeeds. */
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
    // Two requests overwrite at the same time: either may be the last one.
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

import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { StorageConfig } from '../config.ts';
import { largestBytes } from '../flow/upload.ts';

/** The bucket that holds uploads, which stay private, and what callers hear, which the distribution serves. */
export interface Storage {
  readonly client: S3Client;
  readonly bucket: string;
}

/** A request that puts a file straight into the storage: made with exactly these headers, it is taken once. */
export interface Upload {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How long an upload may begin after it was announced, and how long the URL of an original works, in seconds. */
const uploadSeconds = 900;
const listenSeconds = 300;

/** Where originals lie, messages of callers, and renditions: the distribution serves the last alone. */
const uploads = 'uploads/';
const voicemail = 'voicemail/';
const served = 'audio/';

/**
 * Opens a bucket. Endpoint, region and credentials are the AWS SDK's own unless given; with `pathStyle` the bucket stands in
 * the path of its URLs, not in their host.
 */
export function openStorage(
  { audioBucket: bucket, pathStyle }: StorageConfig,
  config: S3ClientConfig = {},
): Storage {
  // An SDK that adds checksums of its own would sign that of an empty body into a URL that is made before its body is known.
  const client = new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 1000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    forcePathStyle: pathStyle,
    ...config,
  });
  return { client, bucket };
}

/**
 * A URL that takes one file: of this type and size to the byte, and only while there is none, since all of that is signed. A
 * browser sends `Content-Length` by itself.
 */
export async function presignUpload(
  { client, bucket }: Storage,
  id: string,
  { contentType, bytes }: { readonly contentType: string; readonly bytes: number },
): Promise<Upload> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: uploads + id,
    ContentType: contentType,
    ContentLength: bytes,
    IfNoneMatch: '*',
  });
  const signed = new Set(['content-type', 'content-length', 'if-none-match', 'host']);
  const options = { expiresIn: uploadSeconds, signableHeaders: signed, unhoistableHeaders: signed };
  const url = await getSignedUrl(client, command, options);
  return { method: 'PUT', url, headers: { 'content-type': contentType, 'if-none-match': '*' } };
}

/** A URL at which an original can be heard for five minutes. It comes as an attachment, so that no browser shows it as a page. */
export async function presignOriginal(
  { client, bucket }: Storage,
  id: string,
  contentType: string,
): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: uploads + id,
    ResponseContentType: contentType,
    ResponseContentDisposition: `attachment; filename="${id}.${contentType === 'audio/wav' ? 'wav' : 'mp3'}"`,
  });
  return await getSignedUrl(client, command, { expiresIn: listenSeconds });
}

/** The id of the audio whose original lies under a key; `undefined` for other objects. */
export function uploadedId(key: string): string | undefined {
  return key.startsWith(uploads) ? key.slice(uploads.length) : undefined;
}

/** Reads an original. `undefined` if there is none; at most one byte more than an upload may have. */
export async function readOriginal({ client, bucket }: Storage, id: string): Promise<Uint8Array | undefined> {
  try {
    const range = `bytes=0-${largestBytes}`;
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: uploads + id, Range: range }),
    );
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    // An empty object has no range.
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 416)
      return new Uint8Array();
    throw error;
  }
}

/** Deletes an original; one that is not there is no error. */
export async function removeOriginal({ client, bucket }: Storage, id: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: uploads + id }));
}

/** Keeps what callers hear, under a name that is made from its content: twice is once. */
export async function putServed(
  { client, bucket }: Storage,
  file: string,
  content: Uint8Array,
): Promise<void> {
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: served + file,
      Body: content,
      ContentType: 'audio/wav',
      CacheControl: 'public, max-age=31536000, immutable',
    }),
  );
}

/** Keeps the sound of a message, as MP3. */
export async function putVoicemailSound(
  { client, bucket }: Storage,
  id: string,
  content: Uint8Array,
): Promise<void> {
  const Key = `${voicemail}${id}.mp3`;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: content, ContentType: 'audio/mpeg' }));
}

/** A URL at which a message can be heard for five minutes. It comes as an attachment, so that no browser shows it as a page. */
export async function presignVoicemail({ client, bucket }: Storage, id: string): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: `${voicemail}${id}.mp3`,
    ResponseContentType: 'audio/mpeg',
    ResponseContentDisposition: `attachment; filename="${id}.mp3"`,
  });
  return await getSignedUrl(client, command, { expiresIn: listenSeconds });
}

/** Deletes the sound of a message; one that is not there is no error. */
export async function removeVoicemailSound({ client, bucket }: Storage, id: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: `${voicemail}${id}.mp3` }));
}

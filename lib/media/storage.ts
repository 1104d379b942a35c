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

/** The bucket for uploads and voicemail, which are private, and for the audio of calls, which the distribution serves. */
export interface Storage {
  readonly client: S3Client;
  readonly bucket: string;
}

/** A request that uploads a file directly to the storage. It needs exactly these headers, and works once. */
export interface Upload {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How long the URL of an upload is valid, and how long that of an original or a voicemail, in seconds. */
const uploadSeconds = 900;
const listenSeconds = 300;

/** The prefixes of originals, voicemails, and served audio. The distribution serves only the last one. */
const uploads = 'uploads/';
const voicemail = 'voicemail/';
const served = 'audio/';

/**
 * Opens a bucket. Endpoint, region and credentials are the AWS SDK's defaults unless `config` sets them. With `pathStyle` the bucket is
 * part of the path of URLs, not of the host.
 */
export function openStorage(
  { audioBucket: bucket, pathStyle }: StorageConfig,
  config: S3ClientConfig = {},
): Storage {
  // By default the SDK would sign the checksum of an empty body into presigned URLs.
  const client = new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 1000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    forcePathStyle: pathStyle,
    ...config,
  });
  return { client, bucket };
}

/**
 * Creates a request that uploads one file of exactly this type and size, if there is none yet. All of that is signed. Browsers send
 * `Content-Length` themselves.
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

/** A URL of an original, valid for five minutes. It is served as an attachment, so that browsers never render it as a page. */
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

/** The id of the audio whose original has this key; `undefined` for other objects. */
export function uploadedId(key: string): string | undefined {
  return key.startsWith(uploads) ? key.slice(uploads.length) : undefined;
}

/** Reads an original, at most one byte more than the limit of uploads. `undefined` if there is none. */
export async function readOriginal({ client, bucket }: Storage, id: string): Promise<Uint8Array | undefined> {
  try {
    const range = `bytes=0-${largestBytes}`;
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: uploads + id, Range: range }),
    );
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    // A range of an empty object is not satisfiable.
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 416)
      return new Uint8Array();
    throw error;
  }
}

/** Deletes an original, if it exists. */
export async function removeOriginal({ client, bucket }: Storage, id: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: uploads + id }));
}

/** Stores audio for calls. Its name is a digest of its content, so repetition changes nothing. */
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

/** Stores the audio of a voicemail, as MP3. */
export async function putVoicemailSound(
  { client, bucket }: Storage,
  id: string,
  content: Uint8Array,
): Promise<void> {
  const Key = `${voicemail}${id}.mp3`;
  await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: content, ContentType: 'audio/mpeg' }));
}

/** A URL of a voicemail, valid for five minutes. It is served as an attachment, so that browsers never render it as a page. */
export async function presignVoicemail({ client, bucket }: Storage, id: string): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: `${voicemail}${id}.mp3`,
    ResponseContentType: 'audio/mpeg',
    ResponseContentDisposition: `attachment; filename="${id}.mp3"`,
  });
  return await getSignedUrl(client, command, { expiresIn: listenSeconds });
}

/** Deletes the audio of a voicemail, if it exists. */
export async function removeVoicemailSound({ client, bucket }: Storage, id: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: `${voicemail}${id}.mp3` }));
}

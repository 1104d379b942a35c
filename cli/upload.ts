import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeadObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Obstacle } from '../local/obstacle.ts';

/**
 * Uploads the MP3 files of a folder to the audio bucket, each under the path at which the distribution serves it. Existing files are
 * not changed. Returns the names of uploaded files.
 *
 * @throws {Obstacle} if another file exists under a name: carriers and caches would go on with the old one.
 */
export async function uploadAudio(s3: S3Client, bucket: string, folder: string): Promise<string[]> {
  const put: string[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.mp3'))) {
    const body = readFileSync(join(folder, name));
    const there = await etagOf(s3, bucket, `audio/${name}`);
    if (there === undefined) {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `audio/${name}`,
          Body: body,
          ContentType: 'audio/mpeg',
          CacheControl: 'public, max-age=31536000, immutable',
        }),
      );
      put.push(name);
    } else if (there !== `"${createHash('md5').update(body).digest('hex')}"`) {
      throw new Obstacle(
        `The bucket holds another audio/${name}: a file never changes under its name, so give yours a new one.`,
      );
    }
  }
  return put;
}

/** The ETag of an object, under the bucket's own encryption its MD5; `undefined` if there is no object. */
async function etagOf(s3: S3Client, bucket: string, key: string): Promise<string | undefined> {
  try {
    return (await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ETag ?? '';
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}

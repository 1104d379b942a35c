import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { contentTypeOf } from '../local/build.ts';

/**
 * Uploads the console's build and its setting to its bucket: the page last, so that no page lacks its files. Files of earlier builds
 * stay for pages that are open. Returns the number of uploaded files.
 */
export async function uploadConsole(
  s3: S3Client,
  bucket: string,
  { folder, setting }: { readonly folder: string; readonly setting: string },
): Promise<number> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort((a, b) => Number(a === 'index.html') - Number(b === 'index.html'));
  const put = (key: string, body: string | Buffer) =>
    s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: contentTypeOf(key),
        CacheControl: key.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      }),
    );
  await put('console.json', setting);
  for (const file of files) await put(file, readFileSync(join(folder, file)));
  return files.length + 1;
}

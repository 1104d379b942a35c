import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { uploadConsole } from '../cli/console.ts';
import { createConsole } from '../local/aws/console.ts';
import { startBuckets } from './kit/bucket.ts';
import { makePackage, type Package } from './kit/package.ts';

const setting = { issuer: 'http://127.0.0.1:4000', client: 'c', signOut: 'http://127.0.0.1:4000/logout' };
const files = { 'index.html': '<page>', 'icon.svg': '<svg/>', 'assets/index-a1.js': 'go()' };

/** Ids may hold dots: of calls at other carriers, of SIP addresses. */
const pages = [
  ...['/', '/flows', '/flows/office/versions/3', '/nowhere', '/calls/v3:T02ll.x', '/calls/a.b.js'],
  ...['/agents/sip%3Aann@pbx.example', '//secret.txt', '/../secret.txt'],
];
const elsewhere = ['/assets/none', '/assets/../../secret.txt', '/none.js', '/.env'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'branchline-console-'));
  mkdirSync(join(folder, 'assets'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, '..', 'secret.txt'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('on a laptop', () => {
  const get = (path: string, method = 'GET', built?: Promise<string | undefined>) =>
    createConsole({ folder, setting, ...(built === undefined ? {} : { built }) }).serve(
      { method } as IncomingMessage,
      path,
    );

  test.each(pages)('%s is the one page', async (path) => {
    const answer = await get(path);
    expect([answer?.status, String(answer?.body)]).toEqual([200, '<page>']);
    expect(answer?.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    });
  });

  test('files are kept for ever where their names change with them', async () => {
    expect((await get('/assets/index-a1.js'))?.headers['cache-control']).toContain('immutable');
    expect((await get('/icon.svg'))?.headers['cache-control']).toBe('no-cache');
  });

  test('says where users sign in, and lets the page speak with nobody else', async () => {
    const answer = await get('/console.json');
    expect(JSON.parse(String(answer?.body))).toEqual(setting);
    const policy = (await get('/'))?.headers['content-security-policy'];
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:4000;");
  });

  test.each(elsewhere)('there is nothing at %s', async (path) => expect(await get(path)).toBeUndefined());

  test('other methods are not for it', async () => expect(await get('/', 'POST')).toBeUndefined());

  test('a page waits for the build, and says what to do where that failed', async () => {
    expect((await get('/', 'GET', Promise.resolve(undefined)))?.status).toBe(200);
    const answer = await get('/', 'GET', Promise.resolve('npm run build:web says more.'));
    expect([answer?.status, String(answer?.body)]).toEqual([503, 'npm run build:web says more.\n']);
  });
});

test('the upload puts the page last, so that its files are there', async () => {
  const buckets = await startBuckets();
  vi.stubEnv('AWS_ENDPOINT_URL_S3', buckets.endpoint);
  const s3 = new S3Client({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  expect(await uploadConsole(s3, 'b', { folder, setting: '{}' })).toBe(4);
  expect(buckets.requests).toHaveLength(4);
  expect(buckets.requests.at(-1)).toBe('PUT /b/index.html');
  expect(buckets.objects.get('/b/index.html')).toMatchObject({
    type: 'text/html; charset=utf-8',
    cacheControl: 'no-cache',
  });
  expect(buckets.objects.get('/b/assets/index-a1.js')?.cacheControl).toContain('immutable');
  expect(buckets.objects.get('/b/console.json')?.body.toString()).toBe('{}');
  vi.unstubAllEnvs();
  s3.destroy();
  await buckets.close();
});

describe('on AWS', () => {
  let made: Package;
  beforeAll(async () => {
    made = await makePackage();
  }, 60_000);
  const properties = (id: string) => made.resources[id]?.Properties ?? {};

  test('every path but those of API and audio is the console, over TLS, from a closed bucket', () => {
    expect(properties('Distribution')).toHaveProperty(
      'DistributionConfig.DefaultCacheBehavior',
      expect.objectContaining({ TargetOriginId: 'console', ViewerProtocolPolicy: 'redirect-to-https' }),
    );
    const { CacheBehaviors } = properties('Distribution').DistributionConfig as {
      CacheBehaviors: { PathPattern: string; TargetOriginId: string }[];
    };
    expect(CacheBehaviors.map(({ PathPattern, TargetOriginId }) => [PathPattern, TargetOriginId])).toEqual([
      ['/audio/*', 'audio'],
      ['/api/*', 'api'],
    ]);
    expect(properties('ConsoleBucket').PublicAccessBlockConfiguration).toEqual({
      ...{ BlockPublicAcls: true, BlockPublicPolicy: true },
      ...{ IgnorePublicAcls: true, RestrictPublicBuckets: true },
    });
  });

  test('paths become the one page as on a laptop', () => {
    const code = String(properties('ConsolePaths').FunctionCode);
    const sent = (uri: string) =>
      runInNewContext(`${code}; handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`);
    expect(pages.map(sent)).toEqual(pages.map(() => '/index.html'));
    const kept = [...Object.keys(files).map((file) => `/${file}`), '/console.json', ...elsewhere];
    expect(kept.map(sent)).toEqual(kept);
  });

  test('the page may do what it may on a laptop, and speak with the user pool', async () => {
    const policy = JSON.stringify(properties('ConsoleHeaders').ResponseHeadersPolicyConfig);
    const local = await createConsole({ folder, setting }).serve({ method: 'GET' } as IncomingMessage, '/');
    for (const rule of local?.headers['content-security-policy']?.split('; ') ?? ['missing']) {
      expect(policy).toContain(rule.replace(' http://127.0.0.1:4000', ''));
    }
  });
});

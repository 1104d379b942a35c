import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { holdMusicFile } from '../audio/make.ts';
import { createGateway } from '../local/aws/gateway.ts';
import { script, serve } from './kit/application.ts';

const file = readFileSync(holdMusicFile);
const size = file.length;
const path = '/audio/hold-music-1.mp3';

async function gateway(): Promise<string> {
  const audio = { under: '/audio/', folders: [fileURLToPath(new URL('.', holdMusicFile))] };
  const publicUrl = new URL('https://phones.example.org');
  return await serve(createGateway({ routes: [], handlers: new Map(), publicUrl, audio }));
}

/** What the gateway answers to a request for the music. */
async function get(headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch((await gateway()) + path, { headers, method });
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, body };
}

describe('the music', () => {
  test('comes whole, with its type, and to be kept for ever', async () => {
    const { status, headers, body } = await get();
    expect([status, body.equals(file)]).toEqual([200, true]);
    expect(headers.get('content-type')).toBe('audio/mpeg');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-length')).toBe(String(size));
    expect(headers.get('accept-ranges')).toBe('bytes');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  test('is announced to HEAD without its bytes', async () => {
    const { status, headers, body } = await get({}, 'HEAD');
    expect([status, headers.get('content-length'), body.length]).toEqual([200, String(size), 0]);
  });

  test('is not sent again to whom has it', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    for (const known of [etag, `"another", ${etag}`, '*', `W/${etag}`]) {
      const { status, headers, body } = await get({ 'if-none-match': known });
      expect([status, body.length]).toEqual([304, 0]);
      expect(headers.get('content-length')).toBeNull();
    }
    expect((await get({ 'if-none-match': '"another"' })).status).toBe(200);
  });

  test.each([
    ['bytes=0-99', 0, 99],
    ['bytes=100-', 100, size - 1],
    ['bytes=-100', size - 100, size - 1],
    [`bytes=${size - 1}-${size + 9}`, size - 1, size - 1],
    [`bytes=-${size + 9}`, 0, size - 1],
  ])('comes in part for %s', async (range, from, to) => {
    const { status, headers, body } = await get({ range });
    expect([status, headers.get('content-range')]).toEqual([206, `bytes ${from}-${to}/${size}`]);
    expect(body.equals(file.subarray(from, to + 1))).toBe(true);
  });

  test.each(['bytes=9-2', 'bytes=-', 'bytes=0-1,4-5', 'words=0-1', ''])(
    'comes whole where the range says nothing: %s',
    async (range) => {
      const { status, body } = await get({ range });
      expect([status, body.length]).toEqual([200, size]);
    },
  );

  test.each([`bytes=${size}-`, 'bytes=-0'])('has no part beyond its end: %s', async (range) => {
    const { status, headers } = await get({ range });
    expect([status, headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
  });

  test('comes whole where the part at hand is of another file', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    expect((await get({ range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await get({ range: 'bytes=0-9', 'if-range': '"another"' })).status).toBe(200);
  });

  test('is only read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await get({}, method)).status).toBe(403);
  });
});

test.each([
  '/audio/',
  '/audio',
  '/audio/hold-music',
  '/audio/hold-music-2.mp3',
  '/audio/make.ts',
  '/audio/../package.json',
  '/audio/..%2fpackage.json',
  '/audio/../audio/hold-music-1.mp3',
  '/audio/%2e%2e/audio/hold-music-1.mp3',
  '/audio//hold-music-1.mp3',
  '/audio/hold-music-1.mp3/',
  '/audio/hold-music-1.mp3%00.mp3',
  '/audio/constructor.constructor',
])('%s is 404', async (wanted) => {
  const { hostname, port } = new URL(await gateway());
  // Not by fetch, which would tidy the path.
  const status = await new Promise((resolve, reject) => {
    request({ hostname, port, path: wanted }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(404);
});

test('a caller of the local carrier hears it', async () => {
  const { events } = await script({ '/': `<Play>${await gateway()}${path}</Play>` });
  expect(events[0]).toBe('play hold-music-1.mp3');
  expect(events.at(-1)).toMatch(/^ended finished \d+$/);
});

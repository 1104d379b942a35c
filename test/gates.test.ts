import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { drawing, lastStep } from '../bench/drawing.ts';
import { eventOf, publicUrl, token } from '../bench/webhook.ts';
import { createVoice } from '../lib/calls/app.ts';
import { createTokens } from '../lib/carrier/tokens.ts';
import { readQueueConfig, readVoiceConfig } from '../lib/config.ts';
import { noSounds } from '../lib/flow/sounds.ts';
import { createQueue } from '../lib/queue/queue.ts';
import { createVersionCache } from '../lib/store/flows/cache.ts';
import { openTable } from '../lib/store/table/table.ts';
import { makePackage } from './kit/package.ts';
import { credentials } from './kit/table.ts';

/** What may not grow unnoticed. Who raises a limit says why in the commit; 1 KB is 1,000 bytes. */
const limits = {
  'voice.zip': 122,
  'journal.zip': 64,
  'media.zip': 1700,
  'admin.zip': 420,
  'JavaScript of the first page, gzipped': 300,
  // 14.5 alone; up to 15.3 in a process whose other tests have run the same code otherwise.
  'memory that a warm step allocates': 16,
};

const measured: string[] = [];
afterAll(() => console.log(`\n${measured.join('\n')}`));

/** Notes a figure, which is printed at the end, and fails if it is over its limit. */
function gate(what: keyof typeof limits, bytes: number): void {
  const limit = limits[what];
  const kilobytes = bytes / 1000;
  measured.push(`${what.padEnd(40)} ${kilobytes.toFixed(1).padStart(7)} KB, limit ${limit}`);
  expect(kilobytes, what).toBeGreaterThan(0);
  expect(kilobytes, what).toBeLessThanOrEqual(limit);
}

test('the zips are small: a cold start loads them', async () => {
  const { zips } = await makePackage();
  for (const name of ['voice', 'journal', 'media', 'admin'] as const) {
    gate(`${name}.zip`, zips[name]?.length ?? 0);
  }
  expect(Object.keys(zips)).toHaveLength(4);
}, 60_000);

test('the first page needs little JavaScript', () => {
  const page = new URL('../web/dist/index.html', import.meta.url);
  expect(existsSync(page), 'The console is not built: npm run build:web').toBe(true);
  const html = readFileSync(page, 'utf8');
  const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
  expect(files.length).toBeGreaterThan(1);
  const bytes = files.map(
    (path) => gzipSync(readFileSync(new URL(`../web/dist${path}`, import.meta.url))).length,
  );
  gate(
    'JavaScript of the first page, gzipped',
    bytes.reduce((sum, each) => sum + each, 0),
  );
});

test('a warm step allocates little: what it leaves behind is collected while other calls wait', async () => {
  const environment = {
    ...{ TABLE_NAME: 'none', TWILIO_AUTH_TOKEN: token, PUBLIC_URL: publicUrl, AUDIO_URL: publicUrl },
    TWILIO_ACCOUNT_SID: 'AC0123456789abcdef0123456789abcdef',
  };
  const table = openTable('none', { region: 'us-east-1', credentials });
  const now = () => new Date(0);
  const tokens = createTokens([token], { onFault: () => undefined });
  const missing = () => Promise.reject(new Error('A warm step reads nothing.'));
  const handler = createVoice({
    config: readVoiceConfig(environment),
    tokens,
    library: {
      reachedBy: missing,
      liveVersionOf: missing,
      versionOf: createVersionCache(async () => ({ flow: drawing(5), sounds: noSounds })),
    },
    queue: createQueue(readQueueConfig(environment), { table, tokens, now, onFault: () => undefined }),
    now,
    write: () => undefined,
  });
  const webhook = eventOf(lastStep(5, 1));
  const steps = async (times: number) => {
    for (let left = times; left > 0; left -= 1) await handler(webhook);
  };
  expect((await handler(webhook)).statusCode).toBe(200);
  // What a function serves again and again is compiled in the end, and then makes fewer objects; on a busy machine that is late.
  let least = Number.POSITIVE_INFINITY;
  for (
    let attempt = 0;
    attempt < 8 && least > limits['memory that a warm step allocates'] * 1000;
    attempt += 1
  ) {
    await steps(10_000);
    const found = await allocatedByStep(steps);
    // Below zero most rounds had a garbage collection: they tell nothing.
    if (found > 0) least = Math.min(least, found);
  }
  gate('memory that a warm step allocates', least);
  table.client.destroy();
});

/** What a step leaves on the heap, in bytes. A garbage collection makes a round look small or negative; the largest rounds had none. */
async function allocatedByStep(steps: (times: number) => Promise<void>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    const before = process.memoryUsage().heapUsed;
    await steps(100);
    rounds.push((process.memoryUsage().heapUsed - before) / 100);
  }
  return rounds.toSorted((one, other) => other - one)[4] ?? 0;
}

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { makePackage } from './kit/package.ts';

/** What may not grow unnoticed. Who raises a limit says why in the commit; 1 KB is 1,000 bytes. */
const limits = {
  'voice.zip': 122,
  'journal.zip': 64,
  'media.zip': 1700,
  'admin.zip': 420,
  'JavaScript of the first page, gzipped': 300,
  'styles of the first page, gzipped': 75,
  'memory that a warm step allocates': 15,
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

test('the first page needs little JavaScript and few styles', () => {
  const page = new URL('../web/dist/index.html', import.meta.url);
  expect(existsSync(page), 'The console is not built: npm run build:web').toBe(true);
  const html = readFileSync(page, 'utf8');
  const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(
    ([, path = '']) => path,
  );
  expect(files.length).toBeGreaterThan(1);
  const bytesOf = (kind: string) =>
    files
      .filter((path) => path.endsWith(kind))
      .map((path) => gzipSync(readFileSync(new URL(`../web/dist${path}`, import.meta.url))).length)
      .reduce((sum, each) => sum + each, 0);
  gate('JavaScript of the first page, gzipped', bytesOf('.js'));
  gate('styles of the first page, gzipped', bytesOf('.css'));
});

test('a warm step allocates little: what it leaves behind is collected while other calls wait', async () => {
  // In a process of its own: code that other tests have run is compiled otherwise, and garbage of theirs is collected meanwhile.
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    fileURLToPath(new URL('kit/allocation.ts', import.meta.url)),
  ]);
  gate('memory that a warm step allocates', Number(stdout));
}, 60_000);

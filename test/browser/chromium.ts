import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, type BrowserServer, chromium } from 'playwright-core';
import { madeOnce } from '../kit/once.ts';

/** Where browsers are installed on this kind of machine. */
const usual: Readonly<Record<string, readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/** The browser of `CHROMIUM_PATH`, or an installed one; `undefined` if there is none. */
function installed(): string | undefined {
  return [process.env.CHROMIUM_PATH ?? '', ...(usual[process.platform] ?? [])].find((path) =>
    existsSync(path),
  );
}

/** Whether the browser that comes with `npm ci` runs on this machine. */
const packed = process.platform === 'linux' && process.arch === 'x64';

/** Whether there is a browser to test in: one comes with `npm ci` on Linux x64, elsewhere it must be installed. */
export const hasBrowser = packed || installed() !== undefined;

/** Starts a headless browser: that of `CHROMIUM_PATH`, an installed one, or the one that npm brought. */
export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await executable(), args: [...args, jsFlags(heap)] });
}

/**
 * Starts the browser of the tests for several processes, which connect to its `wsEndpoint()`. It takes a sixth less
 * processor time than that of `launch()`: a page of a test is closed before optimised code pays for its making, and half
 * as many pixels each way are painted. Sizes in CSS pixels are the same.
 */
export async function launchServer(): Promise<BrowserServer> {
  return chromium.launchServer({
    executablePath: await executable(),
    args: [...args, jsFlags(`${heap} --no-opt --no-maglev`), '--force-device-scale-factor=0.5'],
  });
}

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A microphone that beeps, and is allowed unasked.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // A page that a test answers itself counts as public, and could reach no server of this machine.
  '--disable-features=LocalNetworkAccessChecks',
];

/** A heap that starts large is collected less often, which saves a twentieth of the processor time of the tests. */
const heap = '--initial-heap-size=256 --min-semi-space-size=32 --max-semi-space-size=64';

const jsFlags = (flags: string): string => `--js-flags=${flags}`;

async function executable(): Promise<string> {
  return installed() ?? join(await unpack(), 'chromium');
}

const home = fileURLToPath(new URL('../../node_modules/@sparticuz/chromium/', import.meta.url));

/**
 * Unpacks the browser that npm brought, once: its own way would have several test files write to one file at once, and
 * start it half written.
 */
async function unpack(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  return await madeOnce(`chromium-${version}`, (folder) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: home,
      env: { PATH: process.env.PATH, TMPDIR: folder },
    }),
  );
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The files and folders that the console is built from, relative to the root of the project. */
export const consoleSources = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'flows',
  'lib/calendar',
  'lib/engine',
  'lib/flow',
  'lib/nodes',
  'lib/proof',
  'package-lock.json',
];

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** The content type of a file of the console. */
export function contentTypeOf(file: string): string {
  return contentTypes[extname(file)] ?? 'application/octet-stream';
}

/** A running build. */
export interface Build {
  /** Resolves when it is over; with a message that names the error and the fix if it failed. */
  readonly over: Promise<string | undefined>;
  stop(): void;
}

/** The folder of the console's build. */
export function consoleFolder(root: string): string {
  return join(root, 'web/dist');
}

/** Builds the console in another process; `undefined` if the build is newer than all of its sources. */
export function buildConsole(root: string): Build | undefined {
  const made = timeOf(join(consoleFolder(root), 'index.html'));
  if (consoleSources.every((source) => newestIn(join(root, source)) < made)) return undefined;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', 'web', '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const over = Promise.all([text(child.stderr), once(child, 'exit')]).then(
    ([said, [code]]) => (code === 0 ? undefined : failed(said)),
    (cause: unknown) => failed(String(cause)),
  );
  return { over, stop: () => child.kill() };
}

function failed(why: string): string {
  return `The console could not be built; npm run build:web says more.\n${why}`.trim();
}

/** The time of the last change in a folder, or of a file (milliseconds since 1970). */
function newestIn(path: string): number {
  if (!statSync(path).isDirectory()) return timeOf(path);
  const files = readdirSync(path, { recursive: true, withFileTypes: true });
  return Math.max(...files.map((file) => timeOf(join(file.parentPath, file.name))));
}

/** The time of a file's last change; 0 if it does not exist. */
function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

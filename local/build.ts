import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What the console is made of, from the root of the project. */
const sources = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'flows',
  'lib/flow',
  'lib/nodes',
  'lib/engine',
];

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** What a file of the console is served as. */
export function contentTypeOf(file: string): string {
  return contentTypes[extname(file)] ?? 'application/octet-stream';
}

/** A build under way. */
export interface Build {
  /** Resolves when it is over, with what went wrong and what to do, if anything did. */
  readonly over: Promise<string | undefined>;
  stop(): void;
}

/** Where the build of the console lies. */
export function consoleFolder(root: string): string {
  return join(root, 'web/dist');
}

/** Builds the console in a process of its own; `undefined` if its build is there and newer than all of its sources. */
export function buildConsole(root: string): Build | undefined {
  const made = timeOf(join(consoleFolder(root), 'index.html'));
  if (sources.every((source) => newestIn(join(root, source)) < made)) return undefined;
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

/** When the youngest file of a folder, or a file, was written. */
function newestIn(path: string): number {
  if (!statSync(path).isDirectory()) return timeOf(path);
  const files = readdirSync(path, { recursive: true, withFileTypes: true });
  return Math.max(...files.map((file) => timeOf(join(file.parentPath, file.name))));
}

/** 0 for a file that is not there. */
function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

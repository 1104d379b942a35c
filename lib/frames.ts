import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Where the code lies: the root of the repository, or of the zip. */
const root = fileURLToPath(new URL('..', import.meta.url));

/** This very file; in a zip, the bundle that all of the code stands in. */
const self = fileURLToPath(import.meta.url).slice(root.length);

const mostFrames = 10;

/** How many frames that are not of our source are kept before those that are. */
const mostForeign = 3;

/**
 * Where an error came from, innermost first: `lib/calls/turn.ts:33` for our source, also in a bundle with a source map beside
 * it, `node:net:1611` for other code. Nothing of the message is in a frame.
 */
export function framesOf(error: Error): string[] {
  // The message stands before the frames, and a line of it may look like one.
  const stack = (error.stack ?? '').replace(error.message, '');
  const frames = stack.split('\n').flatMap((line) => frameOf(line) ?? []);
  const kept = frames.filter(({ ours }, place) => ours || place < mostForeign);
  return kept.slice(0, mostFrames).map(({ text }) => text);
}

/**
 * Adds the frames of the caller that awaits here to an error from elsewhere: one that is made in the callback of a socket has none of
 * our source. Returns the error.
 */
export function withCallers(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const here = { stack: '' };
  Error.captureStackTrace(here, withCallers);
  error.stack = `${error.stack}${here.stack.slice(here.stack.indexOf('\n'))}`;
  return error;
}

interface Frame {
  readonly text: string;
  readonly ours: boolean;
}

function frameOf(line: string): Frame | undefined {
  const [, name, place, row, column] =
    /^\s+at (?:(.*?) \()?(?:file:\/\/)?(.+?):(\d+):(\d+)\)?$/.exec(line) ?? [];
  if (place === undefined) return undefined;
  const file = place.startsWith(root) ? place.slice(root.length) : place;
  const origin = file === self ? originOf(Number(row), Number(column)) : undefined;
  // The names of functions in a bundle are shortened.
  if (origin !== undefined) return { text: origin, ours: true };
  const ours = /^(lib|functions)\//.test(file) && mapOfBundle() === undefined;
  return { text: name === undefined ? `${file}:${row}` : `${name} (${file}:${row})`, ours };
}

/** The place in our source that a place in the bundle was made from, as `file:line`. */
function originOf(row: number, column: number): string | undefined {
  const entry = mapOfBundle()?.findEntry(row - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry) || entry.originalSource === undefined)
    return undefined;
  return `${entry.originalSource}:${entry.originalLine + 1}`;
}

let map: SourceMap | 'none' | undefined;

/** The source map beside the bundle, read when the first error is written: no call waits for it. Undefined if there is none. */
function mapOfBundle(): SourceMap | undefined {
  map ??= readMap();
  return map === 'none' ? undefined : map;
}

function readMap(): SourceMap | 'none' {
  try {
    return new SourceMap(JSON.parse(readFileSync(fileURLToPath(`${import.meta.url}.map`), 'utf8')));
  } catch {
    return 'none';
  }
}

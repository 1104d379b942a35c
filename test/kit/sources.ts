import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A source file: its path from the root, its text with and without comments, and what it imports. */
interface Source {
  readonly path: string;
  readonly text: string;
  readonly code: string;
  readonly imports: readonly string[];
}

function sourcesUnder(folder: string): Source[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !/(^|\/)(node_modules|dist|generated)\//.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      const named = text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g);
      const imports = Array.from(named, ([, name = '']) =>
        name.startsWith('.') ? normalize(join(dirname(path), name)) : name,
      );
      const code = text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
      return { path, text, code, imports };
    });
}

const folders = ['lib', 'functions', 'local', 'cli', 'audio', 'test', 'bench', 'drills', 'web'].filter(
  (folder) => readdirSync(root).includes(folder),
);
/** Every source file of the project. */
export const sources = folders.flatMap(sourcesUnder);
/** The same without tests. */
export const ours = sources.filter(({ path }) => !path.startsWith('test/'));

/** The room of a file: `lib/flow`, `functions`; the files that lie in `lib` itself are shared. */
export function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  if (first !== 'lib') return first;
  return second.includes('.') ? 'shared' : `lib/${second}`;
}

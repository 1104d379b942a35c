import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import { prove } from '../lib/proof/prove.ts';
import { pages } from './kit/pages.ts';

test.each(pages.filter(({ text }) => filesOf(text).length > 0))(
  '$path names files and exports that are there',
  ({ text }) => {
    const files = filesOf(text);
    expect(files.filter(({ file }) => !existsSync(file))).toEqual([]);
    const defined = ({ file, name }: { file: string; name: string }) =>
      name === '' || new RegExp(`\\b${name}\\b`).test(readFileSync(file, 'utf8'));
    expect(files.filter((each) => !defined(each))).toEqual([]);
    expect(strayFiles(text)).toEqual([]);
  },
);

test.each(pages.flatMap(({ path, text }) => flowsOf(text).map((flow) => ({ path, flow }))))(
  '$path shows a flow without problems, from which people are reached',
  ({ flow }) => {
    expect(check(JSON.parse(flow))).toEqual([]);
    expect(prove(JSON.parse(flow)).failures).toEqual([]);
  },
);

/** Whole flows among the code of a page. */
function flowsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```json\n([\s\S]*?)^ *```/gm)].map(([, block = '']) => block);
  return blocks.filter((block) => block.includes('"schema": 1'));
}

/** Paths in sentences, with what is said to be in them: `lib/a.ts` (`one`), `one` in `lib/a.ts`. */
function filesOf(text: string): { file: string; name: string }[] {
  const path = '`((?:lib|cli|web|local|functions|drills|test|docs|flows|bench|audio)/[\\w./-]*\\w[/]?)`';
  const all = (pattern: string) => [...text.matchAll(new RegExp(pattern, 'g'))];
  return [
    ...all(path).map(([, file = '']) => ({ file, name: '' })),
    ...all(`${path} \\((\`\\w+\`(?:, \`\\w+\`)*)\\)`).flatMap(([, file = '', names = '']) =>
      names.split(', ').map((name) => ({ file, name: name.replaceAll('`', '') })),
    ),
    ...all(`\`(\\w+)\` in ${path}`).map(([, name = '', file = '']) => ({ file, name })),
  ].filter(({ file }) => file !== 'flows/hello.flow.json'); // The README's reader writes it.
}

/** Files that a line names without their folder, though no folder that the line names before has them. */
function strayFiles(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const named = [...line.matchAll(/`([\w/-]*?)([\w.-]+\.tsx?)?`/g)].map(([, folder = '', file = '']) => ({
      folder,
      file,
    }));
    const folders = named
      .flatMap(({ folder }) => [folder, join('web/src', folder)])
      .filter((folder) => folder.includes('/'));
    const bare = named.filter(({ folder, file }) => folder === '' && file !== '').map(({ file }) => file);
    return folders.length === 0
      ? []
      : bare.filter((file) => !folders.some((folder) => existsSync(join(folder, file))));
  });
}

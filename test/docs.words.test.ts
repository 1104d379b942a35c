import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeTypes } from '../lib/nodes/index.ts';
import { enUS } from '../web/src/words/en-US/index.ts';
import { zhCN } from '../web/src/words/zh-CN/index.ts';

/** All texts under a key, without what is counted behind them: `Undo ({{seconds}})` is `Undo`. */
function textsOf(words: unknown): string[] {
  if (typeof words === 'string') return [words.replace(/\s?[(（]\{\{\w+\}\}[)）]$/, '')];
  return Object.values(words as object).flatMap(textsOf);
}

test.each([
  ['docs/console.md', enUS, /\*\*([A-Z][^*]*)\*\*/g],
  ['README.zh-CN.md', zhCN, /【([^】]*)】/g],
  ['docs/console.zh-CN.md', zhCN, /【([^】]*)】/g],
  ['docs/calls-txt.zh-CN.md', zhCN, /【([^】]*)】/g],
  ['docs/prove.zh-CN.md', zhCN, /【([^】]*)】/g],
])('%s names pages, buttons and modules as the console does', (path, words, names) => {
  const known = new Set(textsOf(words));
  const named = [...readFileSync(path, 'utf8').matchAll(names)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('the READMEs name every node type, the Chinese one as the console does', () => {
  const types = nodeTypes.map(({ type }) => type).sort();
  const rows = (path: string, row: RegExp) => [...readFileSync(path, 'utf8').matchAll(row)];
  const plain = rows('README.md', /^\| ((?:`[a-z]+`(?: · )?)+) \|/gm).flatMap(([, named = '']) =>
    named.replaceAll('`', '').split(' · '),
  );
  expect(plain.sort()).toEqual(types);
  const chinese = rows('README.zh-CN.md', /^\| (\S+) \| (`\S+`) \|/gm).flatMap(
    ([, names = '', named = '']) => {
      const said = names.split('、');
      return named
        .replaceAll('`', '')
        .split('、')
        .map((type, index) => [type, said[index]] as const);
    },
  );
  expect(Object.fromEntries(chinese)).toEqual(
    Object.fromEntries(types.map((type) => [type, zhCN.nodes[type]?.name])),
  );
});

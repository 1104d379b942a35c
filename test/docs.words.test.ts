import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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
])('%s names pages, buttons and modules as the console does', (path, words, names) => {
  const known = new Set(textsOf(words));
  const named = [...readFileSync(path, 'utf8').matchAll(names)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

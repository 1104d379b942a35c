import { expect, test } from 'vitest';
import { enUS } from '../web/src/words/en-US/index.ts';
import { ours } from './kit/sources.ts';

/** The console's code without its texts. */
const code = ours
  .filter(({ path }) => path.startsWith('web/src/') && !/words\/(en-US|zh-CN)\//.test(path))
  .map((source) => source.code)
  .join('\n');

/** The keys of all texts, without the ending that counts: `canvas.hides_one` is `canvas.hides`. */
function keysOf(words: object, above: readonly string[] = []): string[] {
  return Object.entries(words).flatMap(([name, text]) => {
    const path = [...above, name];
    return typeof text === 'string' ? path.join('.').replace(/_(one|other)$/, '') : keysOf(text, path);
  });
}

/** Whether the code names a key, or makes it up behind one of its beginnings: `phone.did.${…}`. */
function isNamed(key: string): boolean {
  const names = key.split('.');
  const beginnings = names.slice(1).map((_, index) => `\`${names.slice(0, index + 1).join('.')}.\${`);
  return [`'${key}'`, `\`${key}\``, ...beginnings].some((text) => code.includes(text));
}

test('each text of the console is shown somewhere', () => {
  const keys = [...new Set(keysOf(enUS))];
  expect(keys.length).toBeGreaterThan(500);
  expect(keys.filter((key) => !isNamed(key))).toEqual([]);
});

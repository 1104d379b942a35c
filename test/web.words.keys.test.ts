import { expect, test } from 'vitest';
import { errors } from '../lib/errors.ts';
import { enUS } from '../web/src/words/en-US/index.ts';
import { ours } from './kit/sources.ts';
import { textsByKey } from './kit/textsbykey.ts';

test('the console holds no text that nothing shows', () => {
  const others = ours.filter(({ path }) => !/^web\/src\/words\/(en-US|zh-CN)\//.test(path));
  const sources = others.filter(({ path }) => path.startsWith('web/src/'));
  // A key is written out, or has a part that is filled in: `calls.reasons.${reason}`.
  const shown = sources.flatMap(({ text }) =>
    Array.from(
      text.matchAll(/'([a-z]+\.[^'\n]+)'|`([a-z]+\.[^`\n]+)`/gi),
      ([, key, made]) => key ?? made ?? '',
    ),
  );
  const patterns = [...new Set(shown)].map((key) => {
    const fixed = key.split(/\$\{(?:[^{}]|\{[^}]*\})*\}/);
    return new RegExp(`^${fixed.map((part) => part.replaceAll('.', '\\.')).join('([^.]+)')}$`);
  });
  const written = new Set(others.flatMap(({ code }) => code.match(/[\w-]+/g) ?? []));
  const isShown = (key: string) =>
    patterns.some((pattern) => {
      const found = pattern.exec(key);
      return found?.slice(1).every((part) => part.split(' ').every((word) => written.has(word)));
    });
  const keys = Array.from(textsByKey(enUS).keys(), (key) => key.replace(/_(one|other)$/, ''));
  const dead = keys.filter((key) => !isShown(key));
  expect(dead).toEqual([]);
});

test('the console says every refusal that its users can meet', () => {
  // Requests that the console never sends, conflicts that it settles, and what only commands of the terminal do.
  const unmet = ['cursor-foreign', 'not-json', 'not-declared-json', 'path-missing', 'method-refused'].concat(
    ['match-missing', 'draft-stale', 'draft-elsewhere', 'caller-on-line'],
    ['carrier-number-missing', 'carrier-number-unfit', 'carrier-refused'],
  );
  const met = Object.keys(errors).filter((code) => !unmet.includes(code));
  expect(met.filter((code) => !Object.hasOwn(enUS.refusals, code))).toEqual([]);
  const known = ['strange', ...Object.keys(errors)];
  expect(Object.keys(enUS.refusals).filter((code) => !known.includes(code))).toEqual([]);
});

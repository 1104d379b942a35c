import { expect, test } from 'vitest';
import { nodeTypes } from '../lib/nodes/index.ts';
import { findModules, moduleTexts, withShown } from '../web/src/editor/modulesearch.ts';
import { namesIn } from '../web/src/words/naming.ts';
import { nodes } from '../web/src/words/zh-CN/nodes.ts';
import { translatorOf } from './kit/translator.ts';

const modules = moduleTexts(nodes);

test.each([
  // By the beginning of a name, then by a name, in either language, and by the type.
  ['play', 'play'],
  ['放音', 'play'],
  ['HOURS', 'hours'],
  ['转', 'transfer'],
  ['开始', 'start'],
  // “Outside number”, though a module before it speaks of numbers, too.
  ['num', 'dial'],
  // By what it does, and by what its settings say.
  ['account number', 'collect'],
  ['技能组', 'transfer'],
  ['skill group', 'transfer'],
])('“%s” finds %s first', (query, type) => {
  expect(findModules(query, modules)[0]).toBe(type);
});

test('all words must be found in one place; an empty text finds all in their order', () => {
  expect(findModules('no such words', modules)).toEqual([]);
  expect(findModules('skill nonsense', modules)).toEqual([]);
  expect(findModules('  ', modules)).toEqual(nodeTypes.map(({ type }) => type));
});

test('until the Chinese words are there, the English ones find', () => {
  expect(findModules('放音', moduleTexts())).toEqual([]);
  expect(findModules('play', moduleTexts())[0]).toBe('play');
});

test('the words of the language that is shown find at once, so that Enter right after the text adds the module', () => {
  const shown = withShown(moduleTexts(), namesIn(translatorOf('zh-CN')));
  expect(findModules('放音', shown)[0]).toBe('play');
  expect(findModules('play', shown)[0]).toBe('play');
});

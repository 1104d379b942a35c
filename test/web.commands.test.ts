import { expect, test } from 'vitest';
import type { CommandKit } from '../web/src/editor/command.ts';
import { commands, isThere } from '../web/src/editor/commands.ts';
import { type KeyStroke, matchesKeys } from '../web/src/editor/keys.ts';

const stroke = (key: string, held: Partial<KeyStroke> = {}): KeyStroke => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...held,
});

test.each([
  ['Ctrl+Z', stroke('z', { ctrlKey: true }), true],
  ['Ctrl+Z', stroke('z', { metaKey: true }), true],
  ['Ctrl+Z', stroke('Z', { ctrlKey: true, shiftKey: true }), false],
  ['Ctrl+Shift+Z', stroke('Z', { ctrlKey: true, shiftKey: true }), true],
  ['Ctrl+Z', stroke('z'), false],
  ['Ctrl+Z', stroke('z', { ctrlKey: true, altKey: true }), false],
  ['A', stroke('A'), true],
  ['A', stroke('a', { ctrlKey: true }), false],
  ['?', stroke('?', { shiftKey: true }), true],
  ['?', stroke('?'), true],
  ['Shift+ArrowUp', stroke('ArrowUp', { shiftKey: true }), true],
  ['ArrowUp', stroke('ArrowUp', { shiftKey: true }), false],
  ['Delete', stroke('Delete'), true],
])('%s and the key event %o: %s', (keys, event, expected) => {
  expect(matchesKeys(keys, event)).toBe(expected);
});

test('no two commands share an id or a key', () => {
  const all = [...commands.map(({ id }) => id), ...commands.flatMap(({ keys }) => keys)];
  expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
});

test('those who may only read have no command that changes the flow, and none for views that are not there', () => {
  const kit = { tools: {}, views: {}, mayEdit: false } as CommandKit;
  const there = commands.filter((each) => isThere(each, kit)).map(({ id }) => id);
  expect(there).toEqual([
    'copy',
    'phone',
    'find',
    'problems',
    'callers',
    'prompts',
    'json',
    'settings',
    'all',
    'help',
    ...['palette', 'open', 'walk', 'fold', 'unfoldAll', 'outline'],
    ...['zoomIn', 'zoomOut', 'fit', 'natural', 'escape'],
  ]);
});

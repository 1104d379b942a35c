import { expect, test } from 'vitest';
import { jsonText, typeJson } from '../web/src/editor/form/typedjson.ts';

test('JSON stays as it was typed until something else sets the value', () => {
  const typed = typeJson('{"a":1}', undefined);
  expect(typed.value).toEqual({ a: 1 });
  expect(jsonText(typed, { a: 1 })).toBe('{"a":1}');
  // Undo takes the value back, and what was typed with it.
  expect(jsonText(typed, undefined)).toBe('');
  expect(jsonText(typed, { a: 0 })).toBe('{\n  "a": 0\n}');
});

test('what is not JSON yet stays in the field and sets nothing; no text takes the value away', () => {
  const begun = typeJson('{"a":', { a: 0 });
  expect(begun.value).toEqual({ a: 0 });
  expect(jsonText(begun, { a: 0 })).toBe('{"a":');
  expect(typeJson(' ', { a: 0 }).value).toBeUndefined();
});

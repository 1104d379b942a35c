import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonFaultText, readJson } from '../lib/flow/json.ts';

describe('a text of JSON', () => {
  test('is read as the engine reads it, and refused where the engine refuses it', () => {
    const mangled = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', '"', '\\', ',', ':', '{', '}', '[', ']', '0', '-', '.', 'e', '\u0001', 'tru'),
      )
      .map(([text, at, odd]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + odd + text.slice(place + (at % 2));
      });
    void fc.assert(
      fc.property(fc.oneof(fc.json(), mangled, fc.string()), (text) => {
        const { value, faults = [] } = { value: undefined, ...readJson(text) };
        let expected: { readonly value: unknown } | undefined;
        try {
          expected = { value: JSON.parse(text) };
        } catch {
          // It is no JSON.
        }
        if (faults.some(({ fault }) => fault === 'duplicate-key')) return;
        expect(faults.length === 0 ? { value } : undefined).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('may be nested as deep as it likes', () => {
    const deep = 200_000;
    expect(readJson(`${'['.repeat(deep)}${']'.repeat(deep)}`).faults).toBeUndefined();
    expect(readJson('{"a":'.repeat(deep)).faults).toMatchObject([{ fault: 'syntax', needs: 'value' }]);
    expect(readJson(`"${String.raw`\n`.repeat(4_000_000)}"`).faults).toBeUndefined();
  });
});

describe('a key that stands twice', () => {
  test('is told with its path and both lines, however it is written', () => {
    const text = '{\n  "nodes": {\n    "menu": { "exits": { "1": "a",\n "2": "b", "\\u0031": "c" } }\n  }\n}';
    const { faults = [] } = readJson(text);
    expect(faults).toEqual([
      { fault: 'duplicate-key', path: 'nodes.menu.exits.1', firstLine: 3, line: 4, column: 12 },
    ]);
    expect(faults.map(jsonFaultText)).toEqual([
      'The key `nodes.menu.exits.1` stands on line 3 and again on line 4: keep one of them.',
    ]);
  });

  test('counts in its own object alone, and each one is told', () => {
    expect(readJson('{"a": {"a": [{"a": 1}, {"a": 2}]}, "b": "a"}').faults).toBeUndefined();
    const { faults = [] } = readJson(
      '{"a": 1, "a": 2, "b": [{"c": 1, "c": 2}], "toString": 3, "toString": 4}',
    );
    expect(faults.map(jsonFaultText)).toEqual([
      'The key `a` stands twice on line 1: keep one of them.',
      'The key `b.0.c` stands twice on line 1: keep one of them.',
      'The key `toString` stands twice on line 1: keep one of them.',
    ]);
  });
});

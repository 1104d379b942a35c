import { describe, expect, test } from 'vitest';
import { parseFlow } from '../cli/parse.ts';
import { asFlow } from '../lib/admin/parse.ts';
import { check } from '../lib/engine/check.ts';
import { Failure } from '../lib/errors.ts';
import { greeting } from './kit/sampleflows.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** The one problem of a file that holds no flow. */
function problemOf(file: Uint8Array) {
  try {
    parseFlow(file);
  } catch (error) {
    if (error instanceof Failure) return error.problems[0];
  }
  return undefined;
}

describe('a file', () => {
  test('is UTF-8, with a byte order mark or without', () => {
    const document = greeting('a', '您好 😀');
    expect(parseFlow(bytes(JSON.stringify(document)))).toEqual(document);
    expect(parseFlow(bytes(`\ufeff${JSON.stringify(document)}`))).toEqual(document);
    for (const file of [Buffer.from('{"a":"\xe9"}', 'latin1'), Buffer.from('\ufeff{}', 'utf16le')]) {
      expect(problemOf(file)).toMatchObject({ rule: 'not-utf-8', severity: 'error' });
    }
  });

  test.each([
    ['{\n  "a":}', 2, 7],
    ['{\n  "a": 1,\n}', 3, 1],
    ['{ a: 1 }', 1, 3],
    ['{"a": 1\n"b": 2}', 2, 1],
    ['[1, 2', 1, 6],
    ['{"a": ["x", {}, [], tru]}', 1, 21],
    ['{"a": [1, , 2]}', 1, 11],
    ['[,1]', 1, 2],
    ['{"a": "x\ny"}', 1, 9],
    ['{"a": 1}}', 1, 9],
    ['// no\n{}', 1, 1],
    ['', 1, 1],
    ['  \n', 2, 1],
    ['}', 1, 1],
    ['{"a": NaN}', 1, 7],
    ['{"a": "b:,[", "c": \'d\'}', 1, 20],
  ])('says where it stops being JSON: %j', (text, line, column) => {
    const message = problemOf(bytes(text))?.message;
    expect(message).toContain(`from line ${line}, column ${column} on: `);
    expect(message).not.toContain('position');
  });
});

test('a key that stands twice is refused, with both of its lines', () => {
  const exits = '{"1": "sales",\n"2": "support",\n"1": "billing"}';
  const text = `{"schema": 1, "id": "a", "name": "A", "nodes": {"menu": {"type": "branch", "exits": ${exits}}}}`;
  expect(problemOf(bytes(text))).toEqual({
    rule: 'duplicate-key',
    severity: 'error',
    message: 'The key `nodes.menu.exits.1` stands on line 1 and again on line 3: keep one of them.',
  });
});

describe('a document', () => {
  test('of a newer format is told in one problem', () => {
    const document = { ...greeting('a'), schema: 2, extras: true };
    expect(check(document)).toEqual([
      {
        rule: 'shape',
        severity: 'error',
        field: 'schema',
        message: expect.stringContaining('newer release'),
      },
    ]);
    expect(() => asFlow(document)).toThrow(Failure);
  });

  test('is measured as JSON in UTF-8', () => {
    const sized = (text: string) => () => asFlow({ ...greeting('a'), nodes: { a: { type: 'play', text } } });
    expect(sized('x'.repeat(1_048_000))).not.toThrow();
    expect(sized('x'.repeat(1_048_577))).toThrow('1048576 at most');
    expect(sized('您'.repeat(400_000))).toThrow('1048576 at most');
  });
});

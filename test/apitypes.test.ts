import { expect, test } from 'vitest';
import { apiTypes } from '../cli/apitypes.ts';

/** A description with one call that answers a schema. */
function describing(schema: unknown, path = '/api/things') {
  return {
    paths: {
      [path]: {
        get: {
          'x-roles': ['admin'],
          parameters: [
            { name: 'limit', in: 'query', required: false, schema: { type: 'integer' } },
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          ],
          responses: {
            200: { content: { 'application/json': { schema } } },
            401: { $ref: '#/components/responses/Unauthorized' },
          },
        },
      },
    },
    components: {
      responses: { Unauthorized: { content: { 'application/json': { schema: { type: 'string' } } } } },
      schemas: {
        Thing: { type: 'object', properties: { a: { type: 'number' } } },
        Unused: { type: 'number' },
      },
    },
  };
}

/** What is said, with all blanks alike. */
const said = (schema: unknown) => apiTypes(describing(schema)).replace(/\s+/g, ' ');

test.each([
  [{ type: 'integer', minimum: 1 }, 'number'],
  [{ enum: ['a', 1] }, "'a' | 1"],
  [{ const: true }, 'true'],
  [{ type: 'array', items: { type: 'string', pattern: 'x' } }, 'string[]'],
  [{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, '(string | number)[]'],
  [{ $ref: '#/components/schemas/Thing' }, 'Thing'],
  [{ $ref: '#/components/schemas/Draft' }, 'Flow'],
  [{ description: 'Anything' }, 'unknown'],
  [{ anyOf: [{ type: 'string' }, { type: 'boolean' }] }, 'string | boolean'],
  [
    { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['a'] },
    '{ readonly a: string; readonly b?: unknown; }',
  ],
  [
    { type: 'object', propertyNames: { enum: ['x'] }, additionalProperties: { type: 'number' } },
    "Readonly<Partial<Record<'x', number>>>",
  ],
])('%j is %s', (schema, type) => {
  expect(said(schema)).toContain(`'application/json': ${type}`);
});

test('a call has its parameters, its shared answers and its roles; what nothing names has no type', () => {
  const text = said({ $ref: '#/components/schemas/Thing' });
  expect(text).toContain('query?: { limit?: number }; header?: never; path: { id: string }');
  expect(text).toMatch(/401: \{ headers: [^}]*\}; content: \{ 'application\/json': string \}/);
  expect(text).toContain("'GET /api/things': ['admin']");
  expect(text).toContain('export type Thing = {');
  expect(text).not.toContain('Unused');
});

test.each([{ type: 'null' }, { not: {} }, { allOf: [] }])(
  '%j is refused: no type says just that',
  (schema) => {
    expect(() => apiTypes(describing(schema))).toThrow('No type says what this schema says');
  },
);

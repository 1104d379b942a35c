import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { generate } from '../cli/generate.ts';
import { check } from '../lib/engine/check.ts';
import { flowSchema } from '../lib/engine/schema.ts';
import { nodeTypes } from '../lib/nodes/index.ts';

test.each(generate())('$path.pathname is fresh: else `npm run generate`', ({ path, text }) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});

const validate = new Ajv2020({
  strict: true,
  strictRequired: false,
  keywords: ['enumDescriptions', 'errorMessage'],
}).compile(flowSchema() as object);
const folder = new URL('../flows/', import.meta.url);

/** A flow that holds just this node. */
function flowWith(node: object) {
  return { schema: 1, id: 'a', name: 'A', nodes: { node } };
}

describe('the schema of flow files', () => {
  test.each(readdirSync(folder).filter((file) => file.endsWith('.flow.json')))('takes %s', (file) => {
    validate(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
    expect(validate.errors).toBeNull();
  });

  test.each(nodeTypes)('takes the example of $type, and so does check', ({ type, example }) => {
    const flow = flowWith({ type, ...example });
    validate(flow);
    expect(validate.errors).toBeNull();
    const rules = check(flow).map((problem) => problem.rule);
    expect(rules.filter((rule) => !/^(exit-to-nowhere|no-start)$/.test(rule))).toEqual([]);
  });

  test.each([
    ['a node type that is invalid', { type: 'dance' }],
    ['a missing setting', { type: 'play', exits: { next: 'node' } }],
    ['an unknown setting', { type: 'start', colour: 'red', exits: { next: 'node' } }],
    ['a required exit that is not connected', { type: 'start', exits: {} }],
    ['an exit that the type does not have', { type: 'end', exits: { next: 'node' } }],
    ['a menu without a key', { type: 'branch', prompt: { text: 'x' }, exits: { timeout: 'node' } }],
    [
      'a number out of its range',
      { type: 'branch', prompt: { text: 'x' }, maxErrors: 11, exits: { 1: 'node' } },
    ],
    ['a text too long', { type: 'end', prompt: { text: 'x'.repeat(3001) } }],
  ])('refuses %s, and so does check', (_, node) => {
    expect(validate(flowWith(node))).toBe(false);
    const rules = check(flowWith(node)).map((problem) => problem.rule);
    expect(rules.filter((rule) => !/^(no-start|unreachable|endless)$/.test(rule))).not.toEqual([]);
  });

  test('takes node ids such as constructor', () => {
    const nodes = {
      constructor: { type: 'start', exits: { next: 'toString' } },
      toString: { type: 'end', prompt: { text: 'Bye.' } },
    };
    expect(validate({ schema: 1, id: 'a', name: 'A', nodes })).toBe(true);
    expect(check({ schema: 1, id: 'a', name: 'A', nodes })).toEqual([]);
  });
});

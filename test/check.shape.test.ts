import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { asFlow } from '../lib/admin/parse.ts';
import { check } from '../lib/engine/check.ts';
import { flowSchema } from '../lib/engine/schema.ts';
import { maxCoordinate } from '../lib/flow/position.ts';
import { greeting } from './kit/sampleflows.ts';

const validate = new Ajv2020({
  strict: true,
  strictRequired: false,
  keywords: ['enumDescriptions', 'errorMessage'],
}).compile(flowSchema() as object);

/** The problems of the rule `shape`, as `node.field: message`. */
function shapes(document: unknown): string[] {
  return check(document)
    .filter(({ rule }) => rule === 'shape')
    .map(({ node, field, message }) => `${[node, field].filter(Boolean).join('.')}: ${message}`);
}

describe('a place on the canvas', () => {
  const flow = greeting('a');
  const noted = (at: readonly [number, number]) => ({ ...flow, notes: { far: { at, text: 'Far.' } } });
  const placed = (at: readonly [number, number]) => ({ ...flow, layout: { hello: at } });

  test.each([
    [maxCoordinate, -maxCoordinate],
    [0.5, 0],
  ] as const)('may be [%d, %d]', (...at) => {
    for (const document of [placed(at), noted(at)]) {
      expect(shapes(document)).toEqual([]);
      expect(validate(document)).toBe(true);
      expect(asFlow(document).flow).toBe(document);
    }
  });

  test.each([
    [maxCoordinate + 1, 0],
    [0, -1e12],
    [1e308, 0],
    [Number.POSITIVE_INFINITY, 0],
  ] as const)('may not be [%d, %d]: neither check, nor the schema, nor the API takes it', (...at) => {
    const rule = 'must lie within ±1,000,000.';
    expect(shapes(placed(at))).toEqual([`layout.hello: \`layout.hello\` ${rule}`]);
    const axis = at[0] === 0 ? 1 : 0;
    expect(shapes(noted(at))).toEqual([`notes.far.at.${axis}: \`notes.far.at.${axis}\` ${rule}`]);
    for (const document of [placed(at), noted(at)]) {
      expect(validate(document)).toBe(false);
      expect(() => asFlow(document)).toThrow('cannot be kept');
    }
  });
});

describe('what the console draws is what it seems to be, whatever the type of a node', () => {
  const flow = greeting('a');
  const withNode = (node: object) => ({ ...flow, nodes: { ...flow.nodes, odd: node } });

  test('a type of a newer release is kept, and its other settings are its own', () => {
    expect(shapes(withNode({ type: 'fax', label: 'Fax', pages: [1], exits: { sent: 'end' } }))).toEqual([]);
  });

  test.each([
    [{ type: 'fax', label: 5 }, 'odd.label: `label` must be a text.'],
    [{ type: 'fax', description: {} }, 'odd.description: `description` must be a text.'],
    [{ type: 'fax', exits: 7 }, 'odd.exits: `exits` must be an object: { "next": "end" }.'],
    [{ type: 'end', exits: null }, 'odd.exits: `exits` must be an object: { "next": "end" }.'],
    [{ type: 'fax', exits: { sent: 7 } }, 'odd.exits.sent: `exits.sent` must be the id of a node.'],
    [{ type: 'end', exits: { sent: ['end'] } }, 'odd.exits.sent: `exits.sent` must be the id of a node.'],
    [
      { type: 'play', prompt: { text: 'x' }, exits: { next: null } },
      'odd.exits.next: `exits.next` must be the id of a node.',
    ],
  ])('%j cannot be kept', (node, problem) => expect(shapes(withNode(node))).toEqual([problem]));
});

describe('a file of another system', () => {
  test.each([
    ['Twilio Studio', { description: 'A', states: [], initial_state: 'Trigger', flags: {} }],
    ['Amazon Connect', { Version: '2019-10-30', StartAction: 'a', Metadata: {}, Actions: [] }],
    ['Amazon Connect', { modules: [], version: '1', type: 'contactFlow', start: 'a', metadata: {} }],
    ['n8n', { name: 'A', nodes: [{ name: 'Start', type: 'n8n-nodes-base.start' }], connections: {} }],
    [
      'Node-RED',
      [
        { id: 'a', type: 'tab' },
        { id: 'b', type: 'inject', z: 'a', wires: [[]] },
      ],
    ],
    ['TextIt', { version: '13', site: 'https://textit.com', flows: [] }],
  ])('%s: one sentence says so', (system, document) => {
    const message = `This is a ${system} flow; Branchline cannot import those yet.`;
    expect(check(document)).toEqual([{ rule: 'shape', severity: 'error', message }]);
  });

  test.each([
    [[]],
    [[{ id: 'a' }]],
    [[{ id: 'a', type: 'tab' }, 7]],
    [{ nodes: [], states: {} }],
    [{ flows: [] }],
  ])('%j is none of them', (document) => {
    expect(shapes(document).join()).not.toContain('cannot import');
    expect(shapes(document)).not.toEqual([]);
  });
});

import fc from 'fast-check';
import { nodeTypes } from '../../lib/nodes/index.ts';

/** Mostly a value of the right kind, else any JSON. */
function or<T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });
}

const numbers = fc.oneof(
  fc.integer({ min: -2000, max: 2000 }),
  fc.constantFrom(0.5, -1e6, 1e6, 1e7, 1e12, -1e308),
);
const ids = fc.constantFrom('a', 'b', 'start', 'constructor', '__proto__', 'note', 'a b', '');
const prompts = or(
  fc.oneof(
    or(fc.string()).map((text) => ({ text })),
    fc.constant([{ audio: 'hold-music' }, { text: '您好' }]),
  ),
);
const exits = or(
  fc.dictionary(fc.constantFrom('next', '1', '#', 'timeout', 'failed', 'sent'), or(ids), { maxKeys: 3 }),
);
const types = fc.constantFrom(...nodeTypes.map(({ type }) => type), 'fax', 'constructor', '');

const nodes = fc.record(
  {
    type: or(types),
    label: or(fc.string()),
    description: or(fc.string()),
    prompt: prompts,
    errorPrompt: prompts,
    skillGroup: or(fc.string()),
    maxErrors: or(fc.integer()),
    labels: or(fc.dictionary(fc.constantFrom('1', '#'), or(fc.string()))),
    holdMusic: or(fc.constant({ audio: 'hold-music' })),
    exits,
  },
  { requiredKeys: ['type'] },
);
const places = or(fc.tuple(or(numbers), or(numbers)));
const notes = fc.record(
  {
    at: places,
    size: or(fc.tuple(or(numbers), or(numbers))),
    text: or(fc.string()),
    color: or(fc.constantFrom('pink', 'mauve')),
  },
  { requiredKeys: ['at', 'text'] },
);

/** Documents in the shape of flows, many of which have a wrong value somewhere. */
export const malformedFlows = fc.record(
  {
    schema: or(fc.constant(1)),
    id: or(fc.constant('try')),
    name: or(fc.string({ minLength: 1 })),
    language: or(fc.constantFrom('zh-CN', 'en-US')),
    description: or(fc.string()),
    nodes: or(fc.dictionary(ids, or(nodes), { maxKeys: 4 })),
    layout: or(fc.dictionary(ids, places, { maxKeys: 4 })),
    notes: or(fc.dictionary(ids, or(notes), { maxKeys: 2 })),
  },
  { requiredKeys: ['schema', 'id', 'name', 'nodes'] },
);

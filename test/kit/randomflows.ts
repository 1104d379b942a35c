import fc from 'fast-check';
import { type Call, type Event, keys } from '../../lib/flow/events.ts';
import type { Flow, FlowNode } from '../../lib/flow/flow.ts';

/** Texts with all that makes trouble in XML. */
export const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '${SystemCallerNumber}',
    '${WaitNo}',
    '${QueuePosition}',
    '${',
    '${}',
    ']]>',
    '<Say>&amp;',
    '\ud800',
    '\u0000',
    '😀',
  ),
);

const parts = fc.oneof(
  texts.map((text) => ({ text })),
  fc.constant({ audio: 'hold-music' }),
);
const prompts = fc.oneof(parts, fc.array(parts, { maxLength: 3 }));

/** Ids that make trouble for careless look-ups, and some that do not. */
const ids = ['a', 'b', 'c', 'constructor', 'toString', 'hasOwnProperty'];
const targets = fc.constantFrom(...ids, 'nowhere');

function exits(names: readonly string[]) {
  return fc.dictionary(fc.constantFrom(...names), targets, { maxKeys: 6 });
}

function optional<T>(value: fc.Arbitrary<T>) {
  return fc.option(value, { nil: undefined });
}

const nodes: fc.Arbitrary<FlowNode> = fc.oneof(
  fc.record({
    type: fc.constant('play'),
    prompt: prompts,
    interruptible: optional(fc.boolean()),
    times: optional(fc.integer({ min: 0, max: 3 })),
    exits: exits(['next']),
  }),
  fc.record({
    type: fc.constant('branch'),
    prompt: prompts,
    errorPrompt: optional(prompts),
    timeoutPrompt: optional(prompts),
    maxErrors: optional(fc.integer({ min: -1, max: 12 })),
    maxTimeouts: optional(fc.integer({ min: 1, max: 3 })),
    exits: exits([...keys, 'timeout', 'errors']),
  }),
  fc.record({
    type: fc.constant('transfer'),
    skillGroup: fc.constantFrom('sales', 'constructor', '??'),
    transferringPrompt: optional(prompts),
    failPrompt: optional(prompts),
    connectedPrompt: optional(prompts),
    exits: exits(['next', 'failed']),
  }),
  fc.record({ type: fc.constant('end'), prompt: optional(prompts) }),
  fc.record({ type: fc.string(), exits: exits(['next']) }),
) as fc.Arbitrary<FlowNode>;

/** Flows of a few nodes, right and wrong ones: what a careless hand could have put into the table. */
export const flows: fc.Arbitrary<Flow> = fc
  .tuple(
    targets,
    fc.tuple(nodes, nodes, nodes, nodes, nodes, nodes),
    fc.constantFrom('en-US', 'zh-CN', 'tlh'),
  )
  .map(([first, some, language]) => ({
    schema: 1,
    id: 'random',
    name: 'Random',
    language,
    nodes: {
      start: { type: 'start', exits: { next: first } },
      ...Object.fromEntries(ids.map((id, index) => [id, some[index] as FlowNode])),
    },
  }));

/** Who calls. */
export const calls: fc.Arbitrary<Call> = fc.record({
  callSid: fc.constantFrom('CA1', ''),
  from: fc.oneof(fc.constant('+15550123'), texts),
  to: fc.constant('+15550100'),
});

/** What the world says: keys, silence, and what no phone can type. */
export const events: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ event: fc.constant('arrived' as const), call: calls }),
  fc.record({ event: fc.constant('silent' as const), call: calls }),
  fc.record({ event: fc.constant('continued' as const), call: calls }),
  fc.record({ event: fc.constant('queued' as const), ahead: fc.nat({ max: 99 }), call: calls }),
  fc.record({ event: fc.constant('connected' as const), staffNo: fc.constant('1001'), call: calls }),
  fc.record({
    event: fc.constant('dialled' as const),
    how: fc.constantFrom('talked' as const, 'busy' as const, 'no-answer' as const, 'failed' as const),
    gone: fc.boolean(),
    call: calls,
  }),
  fc.record({
    event: fc.constant('leftQueue' as const),
    by: fc.constantFrom('talked' as const, 'hung-up' as const, 'taken-out' as const, 'full' as const),
    waitedSeconds: fc.integer({ min: 0, max: 400 }),
    gone: fc.boolean(),
    ringing: fc.boolean(),
    call: calls,
  }),
  fc.record({
    event: fc.constant('pressed' as const),
    keys: fc.oneof(fc.constantFrom(...keys), fc.constantFrom('12', 'A', '', '__proto__', 'timeout')),
    call: calls,
  }),
);

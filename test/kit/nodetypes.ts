import * as v from 'valibot';
import { vi } from 'vitest';
import {
  again,
  ask,
  type DefinedType,
  defineNode,
  endCall,
  enterFlow,
  go,
  leaveFlow,
  wait,
} from '../../lib/nodes/node.ts';
import { prompt } from '../../lib/nodes/settings.ts';

const face = { group: 'flow' as const, icon: 'phone', tone: '#000000' };
const next = { next: { name: 'Next', about: 'On', required: true } };
const settings = { prompt: v.optional(prompt({ name: 'Prompt', about: 'What is heard' })) };

/** Says its prompt in a document of its own, then asks twice, then goes on. */
const slow = defineNode({
  ...{ type: 'slow', name: 'Slow', summary: 'Slow', face, settings, exits: next, example: {} },
  enter(_, turn) {
    if (turn.state !== 'said') return again(turn.say('prompt'), 'said');
    for (const skillGroup of ['one', 'two']) {
      const question = { ask: 'available', skillGroup } as const;
      const answer = turn.answer(question);
      if (answer === undefined) return ask(question);
      if (!answer.online) return endCall([], 'finished');
    }
    return go('next');
  },
});

/** Takes keys until two were typed, remembers each, and sets what was typed. */
const typing = defineNode({
  ...{
    type: 'typing',
    name: 'Typing',
    summary: 'Typing',
    face,
    settings,
    exits: next,
    waitsFor: 'keys',
    example: {},
  },
  enter: (_, turn) => wait([{ verb: 'gather', sounds: turn.say('prompt'), timeoutSeconds: 5 }]),
  hear(_, turn, event) {
    const typed = `${turn.state ?? ''}${event.event === 'pressed' ? event.keys : ''}`;
    const count = turn.counter('typed') + 1;
    const value = { text: typed, spokenAs: 'digits' } as const;
    if (count >= 2) return go('next', { set: [{ variable: 'Typed', value }] });
    const gather = { verb: 'gather', sounds: turn.say('prompt'), timeoutSeconds: 5 } as const;
    return wait([gather], { state: typed, counters: { typed: count } });
  },
});

/** Sets `Long` to as many letters as its label says. */
const long = defineNode({
  ...{
    type: 'long',
    name: 'Long',
    summary: 'Long',
    face,
    settings: { count: v.number() },
    exits: next,
    example: { count: 1 },
  },
  enter: (node) => go('next', { set: [{ variable: 'Long', value: { text: 'x'.repeat(node.count) } }] }),
});

/** Goes on in the flow that it names. */
const other = defineNode({
  ...{
    type: 'other',
    name: 'Other',
    summary: 'Other',
    face,
    settings: { flow: v.string() },
    example: { flow: 'x' },
  },
  exits: { ...next, failed: { name: 'Failed', about: 'Not there', required: false } },
  enter: (node, turn) => enterFlow(node.flow, turn.connected('failed') ? 'failed' : 'next'),
});

const back = defineNode({
  ...{ type: 'back', name: 'Back', summary: 'Back', face, settings: {}, exits: {}, example: {} },
  enter: () => leaveFlow('next'),
});

/** Sets the language of the call. */
const speaks = defineNode({
  ...{
    type: 'speaks',
    name: 'Speaks',
    summary: 'Speaks',
    face,
    settings: { language: v.string() },
    exits: next,
  },
  example: { language: 'zh-CN' },
  enter: (node) => go('next', { language: node.language }),
});

/** Goes where its setting says; the setting names its exits. */
const choose = defineNode({
  ...{
    type: 'choose',
    name: 'Choose',
    summary: 'Choose',
    face,
    settings: { names: v.array(v.string()) },
    example: { names: ['a'] },
  },
  exits: ({ names }) =>
    Object.fromEntries(
      (Array.isArray(names) ? names : []).map((name) => [
        String(name),
        { name: 'One', about: 'One', required: true },
      ]),
    ),
  enter: (node) => go(node.names[0] ?? ''),
});

/** Node types that do what no type of ours does yet. */
const testTypes: readonly DefinedType[] = [slow, typing, long, other, back, speaks, choose];

/** The engine, loaded again, as it is with these types added to the list of ours. */
export async function loadEngine() {
  const { nodeTypes } = await import('../../lib/nodes/index.ts');
  const all = [...nodeTypes, ...testTypes];
  const byName = new Map(all.map((definition) => [definition.type, definition]));
  vi.resetModules();
  vi.doMock('../../lib/nodes/index.ts', () => ({
    nodeTypes: all,
    nodeType: (name: string) => byName.get(name),
  }));
  const [{ step }, { check }] = await Promise.all([
    import('../../lib/engine/step.ts'),
    import('../../lib/engine/check.ts'),
  ]);
  vi.doUnmock('../../lib/nodes/index.ts');
  vi.resetModules();
  return { step, check };
}

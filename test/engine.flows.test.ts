import { describe, expect, test } from 'vitest';
import { apology } from '../lib/flow/apology.ts';
import type { Answer, FoundFlow } from '../lib/flow/asks.ts';
import { begin, deepestStack } from '../lib/flow/cursor.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { goodbye } from '../lib/flow/goodbye.ts';
import { noMemory } from '../lib/flow/memory.ts';
import { loadEngine } from './kit/nodetypes.ts';
import { arrived, begun, heard, pressed, takeAll } from './kit/steps.ts';
import { flowOf, menuOf, play } from './kit/testflows.ts';
import { writeVerb } from './kit/transcript.ts';

const { step } = await loadEngine();

describe('another flow', () => {
  const parent = flowOf(
    {
      first: { type: 'other', flow: 'child', exits: { next: 'after' } },
      after: play('After.', 'menu'),
      menu: { type: 'branch', prompt: { text: 'Menu.' }, exits: { 1: 'bye' } },
    },
    { id: 'parent' },
  );
  const child = flowOf(
    {
      first: { type: 'branch', prompt: { text: '子菜单。' }, exits: { 1: 'back' } },
      back: { type: 'back' },
    },
    { id: 'child', language: 'zh-CN' },
  );
  const found = (flow: Flow, version: number, more: Partial<FoundFlow> = {}): Answer => ({
    ask: { ask: 'flow', id: flow.id, ...(flow === parent ? { version } : {}) },
    answer: { version, flow, ...more },
  });
  const frame = { flow: 'parent', version: 1, node: 'first' };
  const enter = () => {
    const { cursor, memory } = begun(parent);
    return step(parent, cursor, memory, arrived, [found(child, 7)]);
  };
  const comeBack = (answer: Answer, state = enter().wait) => {
    if (state === undefined) throw new Error('the call is over');
    return step(child, state.cursor, state.memory, pressed('1'), [answer]);
  };

  test('is asked for, entered at its start, and speaks its own language', () => {
    const { cursor, memory } = begun(parent);
    expect(step(parent, cursor, memory, arrived).ask).toEqual({ ask: 'flow', id: 'child' });
    const taken = enter();
    expect(heard(taken)).toEqual(['< gather 8s 子菜单。']);
    expect(taken.wait?.cursor).toMatchObject({
      flow: 'child',
      version: 7,
      stack: [frame],
      language: 'zh-CN',
    });
    expect(taken.journal.map(({ flow, version, node, exit }) => [flow, version, node, exit])).toEqual([
      ['parent', 1, 'start', 'next'],
      ['parent', 1, 'first', undefined],
      ['child', 7, 'start', 'next'],
      ['child', 7, 'first', undefined],
    ]);
  });

  test('goes back to the version that called it, through that node, in its language', () => {
    const state = enter().wait;
    const asked = state && step(child, state.cursor, state.memory, pressed('1'));
    expect(asked?.ask).toEqual({ ask: 'flow', id: 'parent', version: 1 });
    const taken = comeBack(found(parent, 1));
    expect(heard(taken)).toEqual(['< gather 8s After. Menu.']);
    expect(taken.wait?.cursor).toMatchObject({ flow: 'parent', version: 1, stack: [], language: 'en-US' });
  });

  test('plays what its own version plays', () => {
    const { cursor, memory } = begun(parent);
    const speech = { 'cmn-CN Polly.Zhiyu 子菜单。': 'child.wav', 'en-US Polly.Joanna After.': 'no.wav' };
    const sounds = { audio: {}, words: {}, speech };
    const taken = step(parent, cursor, memory, arrived, [found(child, 7, { sounds })]);
    expect(heard(taken)).toEqual(['< gather 8s ♪child.wav']);
    const own = { ...sounds, speech: { 'en-US Polly.Joanna After.': 'after.wav' } };
    expect(heard(comeBack(found(parent, 1, { sounds: own }), taken.wait))).toEqual([
      '< gather 8s ♪after.wav Menu.',
    ]);
  });

  test('that is not there is passed by; a caller that is not there any more is a fault', () => {
    const missing: Answer = { ask: { ask: 'flow', id: 'child' }, answer: { missing: true } };
    const { cursor, memory } = begun(parent);
    expect(heard(step(parent, cursor, memory, arrived, [missing]))).toEqual(['< gather 8s After. Menu.']);
    const ended = comeBack({ ask: { ask: 'flow', id: 'parent', version: 1 }, answer: { missing: true } });
    expect(ended.verbs).toEqual(apology('zh-CN'));
    expect(ended.journal.at(-1)).toMatchObject({ flow: 'child', node: 'back', fault: 'no-flow' });
  });

  test('that nobody called ends at its way back, as a call does', () => {
    const alone = flowOf({ first: { type: 'back' } });
    const [taken] = takeAll(step, alone, [arrived]);
    expect(heard(taken)).toEqual([writeVerb(goodbye('en-US')), '< hangup']);
    expect(taken?.journal.at(-1)).toMatchObject({ node: 'first', end: 'finished', goodbye: 'en-US' });
  });

  test('is entered five deep, and no deeper', () => {
    const round = flowOf({
      first: { type: 'other', flow: 'test', exits: { next: 'bye', failed: 'menu' } },
      menu: menuOf('Deep.'),
    });
    const { cursor, memory } = begun(round);
    const answers = Array<Answer>(deepestStack).fill({
      ask: { ask: 'flow', id: 'test' },
      answer: { version: 1, flow: round },
    });
    const taken = step(round, cursor, memory, arrived, answers);
    expect(taken.wait?.cursor.stack).toHaveLength(deepestStack);
    expect(heard(taken)).toEqual(['< gather 8s Deep.']);
  });

  test('keeps the language that a node chose', () => {
    const chosen = flowOf({
      first: { type: 'speaks', language: 'fr-FR', exits: { next: 'sub' } },
      sub: { type: 'other', flow: 'child', exits: { next: 'bye' } },
    });
    const cursor = begin('test', 1, 'zh-CN', 'zh-CN');
    const taken = step(chosen, cursor, noMemory, arrived, [found(child, 7)]);
    expect(taken.wait?.cursor).toMatchObject({
      flow: 'child',
      language: 'fr-FR',
      chosen: true,
      fallback: 'zh-CN',
    });
    expect(taken.journal.map(({ language }) => language)).toEqual([
      'zh-CN',
      'zh-CN',
      'fr-FR',
      'fr-FR',
      'fr-FR',
    ]);
    const broken = flowOf({ first: { type: 'speaks', language: 'fr-FR', exits: { next: 'nowhere' } } });
    expect(step(broken, cursor, noMemory, arrived).verbs).toEqual(apology('zh-CN'));
  });
});

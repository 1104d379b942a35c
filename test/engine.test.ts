import { describe, expect, test } from 'vitest';
import { step } from '../lib/engine/step.ts';
import { mostSteps } from '../lib/engine/walker.ts';
import { apology } from '../lib/flow/apology.ts';
import { begin, type Cursor } from '../lib/flow/cursor.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { noMemory } from '../lib/flow/memory.ts';
import type { Verb } from '../lib/flow/verbs.ts';
import { caller } from './kit/transcript.ts';

const arrived = { event: 'arrived', call: caller } as const;
const start: FlowNode = { type: 'start', exits: { next: 'first' } };

function flowOf(nodes: Record<string, FlowNode>, head: Partial<Flow> = {}): Flow {
  return { schema: 1, id: 'test', name: 'Test', nodes: { start, ...nodes }, ...head };
}

/** A row of plays, the last one leading to the node `last`. */
function plays(count: number, text: string, last: string): Record<string, FlowNode> {
  const ids = ['first', ...Array.from({ length: count - 1 }, (_, index) => `p${index}`)];
  return Object.fromEntries(
    ids.map((id, index) => [id, { type: 'play', prompt: { text }, exits: { next: ids[index + 1] ?? last } }]),
  );
}

const menu: FlowNode = { type: 'branch', prompt: { text: 'Menu.' }, exits: { 1: 'first' } };
const available = { ask: 'available', skillGroup: 'sales' } as const;
const bye: FlowNode = { type: 'end', prompt: { text: 'Bye.' } };

describe('a step', () => {
  test('says each part of a prompt in its own language and voice, with its variables filled', () => {
    const prompt = [
      { text: 'Call from ${SystemCallerNumber} to ${SystemCalleeNumber}: ${SystemSessionId}${Nobody}' },
      { text: '您好', language: 'zh-CN' },
      { text: 'Hi', voice: 'Polly.Matthew' },
      { audio: 'jingle' },
    ];
    const flow = flowOf({ first: { type: 'end', prompt } }, { voice: 'Polly.Amy', language: 'en-GB' });
    expect(step(flow, begin('test', 1, 'en-US'), noMemory, arrived).verbs).toEqual([
      {
        verb: 'say',
        text: `Call from 1 5 5 5 0 1 2 3 to 1 5 5 5 0 1 0 0: ${caller.callSid}`,
        language: 'en-GB',
        voice: 'Polly.Amy',
      },
      { verb: 'say', text: '您好', language: 'cmn-CN', voice: 'Polly.Zhiyu' },
      { verb: 'say', text: 'Hi', language: 'en-GB', voice: 'Polly.Matthew' },
      { verb: 'play', audio: 'jingle' },
      { verb: 'hangup' },
    ]);
  });

  test('begins at the start, whatever its id is', () => {
    const nodes = { constructor: { type: 'start', exits: { next: 'toString' } }, toString: bye };
    const flow: Flow = { schema: 1, id: 'test', name: 'Test', nodes };
    const { journal } = step(flow, begin('test', 1, 'en-US'), noMemory, arrived);
    expect(journal.map(({ node, exit, end }) => [node, exit ?? end])).toEqual([
      ['constructor', 'next'],
      ['toString', 'finished'],
    ]);
  });

  test('journals the key of a phone; anything else typed is a question mark', () => {
    const flow = flowOf({ first: menu });
    const cursor = { ...begin('test', 1, 'en-US'), node: 'first', waiting: 'keys' as const, step: 1 };
    for (const [key, written] of [
      ['7', '7'],
      ['*', '*'],
      ['12', '?'],
      ['A', '?'],
      ['4111111111111111', '?'],
    ] as const) {
      const { journal } = step(flow, cursor, noMemory, { event: 'pressed', keys: key, call: caller });
      expect(journal).toMatchObject([{ node: 'first', key: written }]);
    }
  });

  test('goes on with the next document when one is full, and walks on from there', () => {
    const flow = flowOf({ ...plays(6, 'x'.repeat(3000), 'end'), end: bye });
    const first = step(flow, begin('test', 1, 'en-US'), noMemory, arrived);
    const wide = flowOf({ ...plays(6, `x${'&'.repeat(2999)}`, 'end'), end: bye });
    const said: Verb[] = [];
    let cursor: Cursor | undefined = begin('test', 1, 'en-US');
    let documents = 0;
    while (cursor !== undefined) {
      const answer = step(
        wide,
        cursor,
        noMemory,
        documents === 0 ? arrived : { event: 'continued', call: caller },
      );
      said.push(...answer.verbs.filter((verb) => verb.verb === 'say'));
      expect(answer.verbs.at(-1)).toEqual({ verb: answer.wait === undefined ? 'hangup' : 'continue' });
      documents += 1;
      cursor = answer.wait?.cursor;
    }
    expect(first.wait).toBeUndefined();
    expect(said).toHaveLength(7);
    expect(documents).toBe(4);
  });

  test('says nothing where nothing is left to speak: a number that is withheld, signs around it, a lone sign', () => {
    const number = '${SystemCallerNumber}';
    const prompt = [{ text: number }, { text: `“${number}”。` }, { text: '…' }, { text: `No. ${number}` }];
    const flow = flowOf({ first: { ...menu, prompt }, end: bye });
    const from = (address: string) => {
      const call = { ...caller, from: address };
      return step(flow, begin('test', 1, 'en-US'), noMemory, { event: 'arrived', call }).verbs;
    };
    const gather = (...said: string[]) => {
      const sounds = said.map((text) => ({ verb: 'say', text, language: 'en-US', voice: 'Polly.Joanna' }));
      return [{ verb: 'gather', sounds, timeoutSeconds: 8 }];
    };
    expect(from('Anonymous')).toEqual(gather('No. '));
    expect(from('+266696687')).toEqual(from('Anonymous'));
    expect(from('+15550')).toEqual(gather('1 5 5 5 0', '“1 5 5 5 0”。', 'No. 1 5 5 5 0'));
  });

  test('speaks a text that its variables make too long for a voice in two pieces', () => {
    const text = `${'x'.repeat(2980)}\${SystemSessionId}`;
    const flow = flowOf({ first: { type: 'end', prompt: { text } } });
    const call = { ...caller, callSid: `CA${'1'.repeat(32)}` };
    const { verbs } = step(flow, begin('test', 1, 'en-US'), noMemory, { event: 'arrived', call });
    const said = verbs.flatMap((verb) => (verb.verb === 'say' ? [verb.text] : []));
    expect(said.map((each) => each.length)).toEqual([3000, 14]);
    expect(said.join('')).toBe('x'.repeat(2980) + call.callSid);
  });

  test('asks again for nothing it was told', () => {
    const transfer = { type: 'transfer', skillGroup: 'sales', exits: { next: 'end' } };
    const flow = flowOf({ first: transfer, end: bye });
    const cursor = begin('test', 1, 'en-US');
    const asked = step(flow, cursor, noMemory, arrived);
    expect(asked).toEqual({
      ...{ verbs: [], journal: [], ask: available },
      asker: { flow: 'test', node: 'first' },
    });
    const answer = { ask: available, answer: { online: false, waiting: 0 } };
    const told = step(flow, cursor, noMemory, arrived, [answer]);
    expect(told.ask).toBeUndefined();
    expect(told.verbs.at(-1)).toEqual({ verb: 'hangup' });
  });

  test('a question that gets the answer to another one is a fault', () => {
    const transfer = { type: 'transfer', skillGroup: 'sales', exits: { next: 'end' } };
    const flow = flowOf({ first: transfer, end: bye });
    const answer = { ask: { ...available, skillGroup: 'other' }, answer: { online: true, waiting: 0 } };
    const told = step(flow, begin('test', 1, 'zh-CN'), noMemory, arrived, [answer]);
    expect(told.journal.at(-1)).toMatchObject({ node: 'first', end: 'fault', fault: 'wrong-answer' });
    expect(told.verbs).toEqual(apology('zh-CN'));
    expect(told.thrown).toBeInstanceOf(Error);
  });
});

describe('a fault is spoken and ends the call', () => {
  const broken = { type: 'play', prompt: null, exits: { next: 'end' } };
  test.each([
    ['no start', { schema: 1, id: 'test', name: 'Test', nodes: {} } as Flow, 'no-start'],
    ['an exit to nowhere', flowOf({}), 'no-node'],
    ['an unknown type', flowOf({ first: { type: 'dance' } }), 'bad-node'],
    ['a setting that does not fit', flowOf({ first: broken }), 'bad-node'],
    ['a flow that holds no nodes', { schema: 1, id: 'test', name: 'Test' } as unknown as Flow, 'threw'],
  ])('%s', (_, flow, fault) => {
    const { verbs, wait, journal } = step(flow, begin('test', 1, 'zh-CN'), noMemory, arrived);
    expect(verbs).toEqual(apology('zh-CN'));
    expect(wait).toBeUndefined();
    expect(journal.at(-1)).toMatchObject({ end: 'fault', fault });
  });

  test('what the code of a node threw comes with the step, for the operator', () => {
    const flow = { schema: 1, id: 'test', name: 'Test' } as unknown as Flow;
    expect(step(flow, begin('test', 1, 'zh-CN'), noMemory, arrived).thrown).toBeInstanceOf(TypeError);
    expect('thrown' in step(flowOf({}), begin('test', 1, 'zh-CN'), noMemory, arrived)).toBe(false);
  });

  test('100 nodes in a row are walked, 101 are not', () => {
    const walk = (count: number) =>
      step(
        flowOf({ ...plays(count, 'x', 'end'), end: bye }),
        begin('test', 1, 'en-US'),
        noMemory,
        arrived,
      ).journal.at(-1);
    expect(walk(98)).toMatchObject({ node: 'end', end: 'finished' });
    expect(walk(99)).toMatchObject({ node: 'end', end: 'limit', fault: 'too-many-nodes' });
  });

  test('the count goes on over documents and again after a menu', () => {
    const long = flowOf({ ...plays(90, `x${'&'.repeat(2999)}`, 'end'), end: bye });
    const near = { ...begin('test', 1, 'en-US'), node: 'first', walked: 50, step: 9 };
    let cursor: Cursor | undefined = near;
    let last = step(long, near, noMemory, { event: 'continued', call: caller });
    for (cursor = last.wait?.cursor; cursor !== undefined; cursor = last.wait?.cursor) {
      last = step(long, cursor, noMemory, { event: 'continued', call: caller });
    }
    expect(last.journal.at(-1)).toMatchObject({ end: 'limit' });

    const again = step(
      flowOf({ first: { ...menu, exits: { 1: 'first' } } }),
      { ...near, waiting: 'keys' },
      noMemory,
      { event: 'pressed', keys: '1', call: caller },
    );
    expect(again.wait?.cursor).toMatchObject({ node: 'first', walked: 0 });
  });

  test('a call past its last step is ended', () => {
    const at = (number: number) =>
      step(flowOf({ first: menu }), { ...begin('test', 1, 'en-US'), step: number }, noMemory, arrived);
    expect(at(mostSteps - 1).wait).toBeDefined();
    expect(at(mostSteps)).toMatchObject({
      verbs: apology('en-US'),
      journal: [{ node: 'start', end: 'limit' }],
    });
    const later = { ...begin('test', 1, 'en-US'), node: 'first', waiting: 'keys' as const, step: mostSteps };
    expect(step(flowOf({ first: menu }), later, noMemory, arrived).journal).toMatchObject([
      { node: 'first' },
    ]);
  });
});

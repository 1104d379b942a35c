import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { explore } from '../lib/proof/explore.ts';
import { asking, entering, flowOf, passing } from './kit/subflows.ts';

describe('the check of a flow that enters others', () => {
  const rules = (flow: Flow, flows?: Parameters<typeof check>[1]) =>
    check(flow, flows)
      .filter(({ rule }) => rule !== 'unreachable' && rule !== 'silent-end')
      .map(({ rule, severity, node }) => [rule, severity, node]);
  const live = (...documents: Flow[]) =>
    ({ flows: new Map(documents.map((document) => [document.id, { live: true, document }])) }) as const;

  test('knows flows as facts', () => {
    const flow = entering('a', 'b');
    expect(rules(flow)).toEqual([]);
    expect(rules(flow, { flows: new Map() })).toEqual([['unknown-flow', 'warning', 'other']]);
    expect(rules(flow, { flows: new Map([['b', { live: false }]]) })).toEqual([
      ['flow-not-live', 'warning', 'other'],
    ]);
    expect(rules(flow, live(asking('b')))).toEqual([]);
  });

  test('refuses a flow that enters itself on every way without waiting', () => {
    expect(rules(passing('a', 'a'), live())).toContainEqual(['calls-itself', 'error', 'other']);
    expect(rules(passing('a', 'b'), live(passing('b', 'a')))).toContainEqual([
      'calls-itself',
      'error',
      'other',
    ]);
    expect(rules(passing('a', 'b'), live(asking('b')))).toEqual([]);
    // A flow that asks first may enter itself.
    const { nodes, ...head } = asking('a');
    const menu = { ...nodes.ask, exits: { 1: 'again' } } as FlowNode;
    const again: FlowNode = { type: 'flow', flow: 'a', exits: { next: 'back' } };
    expect(rules({ ...head, nodes: { ...nodes, ask: menu, again } }, live())).toEqual([]);
  });

  /** A flow that enters another one again and again. */
  const looping = (id: string, flow: string, failed: Record<string, string> = { failed: 'sorry' }): Flow =>
    flowOf(id, {
      start: { type: 'start', exits: { next: 'say' } },
      say: { type: 'play', prompt: { text: 'Once more.' }, exits: { next: 'other' } },
      other: { type: 'flow', flow, exits: { next: 'say', ...failed } },
      sorry: { type: 'end', prompt: { text: 'It failed.' } },
    });
  /** A flow of `before` messages, a menu, and `after` messages, that then returns. Without `menu` the messages follow directly. */
  function talking(id: string, before: number, after: number, menu = true): Flow {
    const ids = ['start', ...Array.from({ length: before + after }, (_, place) => `n${place}`), 'back'];
    if (menu) ids.splice(before + 1, 0, 'menu');
    return flowOf(
      id,
      Object.fromEntries(
        ids.map((node, place): [string, FlowNode] => {
          const next = ids[place + 1] ?? '';
          if (node === 'start') return [node, { type: 'start', exits: { next } }];
          if (node === 'back') return [node, { type: 'return' }];
          if (node === 'menu') return [node, { type: 'branch', prompt: { text: 'x' }, exits: { 1: next } }];
          return [node, { type: 'play', prompt: { text: 'x' }, exits: { next } }];
        }),
      ),
    );
  }

  test('refuses a loop through another flow only if a call can pass that one without a wait', () => {
    const round = ['endless', 'error', 'other'];
    expect(rules(looping('a', 'b'), live(asking('b')))).toEqual([]);
    expect(rules(looping('a', 'b'), live(talking('b', 1, 1, false)))).toEqual([round]);
    // A queue is no wait for the caller.
    const queueing = flowOf('b', {
      start: { type: 'start', exits: { next: 'sales' } },
      sales: { type: 'transfer', skillGroup: 'sales', exits: { next: 'back' } },
      back: { type: 'return' },
    });
    expect(rules(looping('a', 'b'), live(queueing))).toEqual([round]);
    // Of two ways through the flow one does not wait.
    const { nodes, ...head } = asking('b');
    const hours: FlowNode = { type: 'hours', schedule: 'office', exits: { open: 'ask', closed: 'back' } };
    const start: FlowNode = { type: 'start', exits: { next: 'hours' } };
    expect(rules(looping('a', 'b'), live({ ...head, nodes: { ...nodes, start, hours } }))).toEqual([round]);
    // The flow waits in yet another one, or comes back because that one is not live.
    expect(rules(looping('a', 'b'), live(passing('b', 'c'), asking('c')))).toEqual([]);
    expect(rules(looping('a', 'b'), live(passing('b', 'c'), talking('c', 0, 0, false)))).toEqual([round]);
    const through = flowOf('b', { ...passing('b', 'c').nodes, sorry: { type: 'return' } });
    expect(rules(looping('a', 'b'), live(through, asking('c')))).toEqual([round]);
    // It never returns.
    const ending = flowOf('b', { start: { type: 'start', exits: { next: 'end' } }, end: { type: 'end' } });
    expect(rules(looping('a', 'b'), live(ending))).toEqual([]);
  });

  test('leaves a loop through a flow that it does not know to the publish', () => {
    expect(rules(looping('a', 'b'))).toEqual([]);
    expect(rules(looping('a', 'b'), { flows: new Map([['b', { live: true }]]) })).toEqual([]);
    // A flow that is not live is never entered: the exit for that must not lead back.
    const unknown = { flows: new Map() };
    expect(rules(looping('a', 'b'), unknown)).toEqual([['unknown-flow', 'warning', 'other']]);
    expect(rules(looping('a', 'b', {}), unknown)).toContainEqual(['endless', 'error', 'other']);
    expect(rules(looping('a', 'b', { failed: 'say' }), live(asking('b')))).toContainEqual([
      'endless',
      'error',
      'other',
    ]);
  });

  test('warns of a loop that would go round if the other flow could not be entered', () => {
    for (const facts of [live(asking('b')), undefined]) {
      expect(rules(looping('a', 'b', {}), facts)).toEqual([['endless-unentered', 'warning', 'other']]);
    }
    expect(rules(entering('a', 'b'), live(asking('b')))).toEqual([]);
  });

  test('counts the nodes in a row across flows as a call does', () => {
    const long = (node: string) => [['too-long-walk', 'error', node]];
    const parent = entering('a', 'b');
    // 2 nodes before, then 99 of the other flow.
    expect(rules(parent, live(talking('b', 97, 0)))).toEqual([]);
    expect(rules(parent, live(talking('b', 98, 0)))).toEqual(long('start'));
    const ending = flowOf('a', {
      start: { type: 'start', exits: { next: 'other' } },
      other: { type: 'flow', flow: 'b', exits: { next: 'end' } },
      end: { type: 'end', prompt: { text: 'Goodbye.' } },
    });
    // The return and the end follow the messages after the menu, or all messages.
    expect(rules(ending, live(talking('b', 0, 98)))).toEqual([]);
    expect(rules(ending, live(talking('b', 0, 99)))).toEqual(long('other'));
    expect(rules(ending, live(talking('b', 90, 5, false)))).toEqual([]);
    expect(rules(ending, live(talking('b', 90, 6, false)))).toEqual(long('start'));
  });

  test('lets no loop through, whatever the flows: what it accepts never comes to the limit of nodes', () => {
    const ids = ['a', 'b'];
    const places = ['start', 'n0', 'n1', 'n2'];
    const target = fc.constantFrom(...places.slice(1));
    const end = { type: 'end', prompt: { text: 'Goodbye.' } };
    const play = (next: string) => ({ type: 'play', prompt: { text: 'x' }, exits: { next } });
    const ask = (next: string) => ({ type: 'branch', prompt: { text: 'x' }, exits: { 1: next } });
    const node = fc.oneof(
      target.map(play),
      target.map(ask),
      fc
        .tuple(fc.constantFrom(...ids), target, target)
        .map(([flow, next, failed]) => ({ type: 'flow', flow, exits: { next, failed } })),
      fc.constantFrom({ type: 'return' }, end),
    );
    const any = (id: string) =>
      fc.tuple(target, node, node, node).map(([next, ...nodes]) => {
        const all = [{ type: 'start', exits: { next } }, ...nodes].map((each, at) => [places[at], each]);
        return flowOf(id, Object.fromEntries(all));
      });
    const refused = (flow: Flow, other: Flow) =>
      rules(flow, live(other)).some(([, level]) => level === 'error');
    let [accepted, long] = [0, 0];
    fc.assert(
      fc.property(any('a'), any('b'), (flow, other) => {
        if (refused(other, flow)) return;
        const { ways } = explore(flow, { find: (id) => (id === 'b' ? other : undefined), mostStates: 50 });
        const isLong = ways.some(({ end: how }) => how?.fault === 'too-many-nodes');
        if (refused(flow, other)) long += Number(isLong);
        else {
          accepted += 1;
          expect(isLong).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
    expect(accepted).toBeGreaterThan(0);
    expect(long).toBeGreaterThan(0);
  });

  test('walks a flow once, however many ways lead into it', () => {
    // Each of 40 flows enters the next one twice: 2^40 ways to the last one, which returns.
    const twice = (id: string, flow: string): Flow =>
      flowOf(id, {
        start: { type: 'start', exits: { next: 'first' } },
        first: { type: 'flow', flow, exits: { next: 'second' } },
        second: { type: 'flow', flow, exits: { next: 'back' } },
        back: { type: 'return' },
      });
    const last = flowOf('f40', {
      start: { type: 'start', exits: { next: 'back' } },
      back: { type: 'return' },
    });
    const chain = Array.from({ length: 40 }, (_, place) => twice(`f${place}`, `f${place + 1}`));
    // 5 deep, a call passes 124 nodes.
    const long = ['too-long-walk', 'error', 'start'];
    expect(rules(twice('f0', 'f1'), live(...chain.slice(1), last))).toEqual([long]);
    const round = twice('f39', 'f0');
    expect(rules(twice('f0', 'f1'), live(...chain.slice(1, -1), round))).toEqual([
      long,
      ['calls-itself', 'error', 'first'],
    ]);
  });

  test('warns of a variable that another flow may set, and refuses one that nobody can', () => {
    const say = (first: string): Flow =>
      flowOf('a', {
        start: { type: 'start', exits: { next: first } },
        other: { type: 'flow', flow: 'b', exits: { next: 'say' } },
        say: { type: 'end', prompt: { text: 'Hello ${Tier}.' } },
      });
    expect(rules(say('other'))).toEqual([['unknown-variable', 'warning', 'say']]);
    const { other: _, ...nodes } = say('say').nodes;
    expect(rules({ ...say('say'), nodes })).toEqual([['unknown-variable', 'error', 'say']]);
  });
});

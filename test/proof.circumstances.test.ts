import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow, FlowNode } from '../lib/flow/flow.ts';
import { type Explored, explore, type Way } from '../lib/proof/explore.ts';
import { isProven, prove } from '../lib/proof/prove.ts';
import { passed, playScript } from '../lib/proof/run.ts';
import { flowOf, menu, play, transfer } from './kit/testflows.ts';

const spoken = { timeoutPrompt: { text: 'No key.' }, errorPrompt: { text: 'Wrong key.' } };
const agents = transfer({ failPrompt: { text: 'Nobody is here.' } }, { next: 'bye' });

/** A menu that stays where it is unless a key is pressed. */
const menuAt = (id: string, keys: Record<string, string>) =>
  menu({ ...keys, timeout: id, errors: id }, spoken);

const hours = (schedule: string, open: string, closed: string): FlowNode => ({
  type: 'hours',
  schedule,
  exits: { open, closed },
});

const staffed = (skillGroup: string, failed: string): FlowNode => ({
  ...agents,
  skillGroup,
  exits: { next: 'bye', failed },
});

/** Failures as their node and circumstances; each script plays as it says. */
function kept(flow: Flow) {
  const { failures } = prove(flow);
  return failures.map(({ rule, node, under, script }) => {
    const { problems, calls } = playScript(flow, script);
    expect([rule, problems, calls.map(passed)]).toEqual(['kept-for-ever', [], [true]]);
    return [node, under];
  });
}

describe('what does not change during a call', () => {
  test('a caller at night is not let out by the morning', () => {
    const flow = flowOf({
      first: menuAt('first', { 1: 'hours' }),
      hours: hours('office', 'agents', 'first'),
      agents,
    });
    expect(kept(flow)).toEqual([['first', { schedules: { office: 'closed' } }]]);
    expect(prove(flow).failures[0]?.message).toMatch(/^while schedule office is closed, whatever/);
  });

  test('nor by agents who may come', () => {
    const flow = flowOf({ first: menuAt('first', { 1: 'agents' }), agents: staffed('sales', 'first') });
    expect(kept(flow)).toEqual([['first', { available: { sales: 'no' } }]]);
  });

  test('one schedule is open while another is closed', () => {
    const flow = flowOf({
      first: menuAt('first', { 1: 'a' }),
      a: hours('a', 'b', 'bye'),
      b: hours('b', 'agents', 'first'),
      agents,
    });
    expect(kept(flow)).toEqual([['first', { schedules: { a: 'open', b: 'closed' } }]]);
    expect(prove(flow).failures[0]?.message).toMatch(/^while schedule a is open and schedule b is closed, /);
  });

  test('one group has agents while another has none', () => {
    const flow = flowOf({
      first: staffed('sales', 'second'),
      second: menuAt('second', { 1: 'support' }),
      support: staffed('support', 'second'),
    });
    expect(kept(flow)).toEqual([['second', { available: { support: 'no' } }]]);
  });

  test('two menus lead to each other while a schedule is open', () => {
    const flow = flowOf({
      first: menuAt('first', { 1: 'which' }),
      which: hours('a', 'second', 'agents'),
      second: menuAt('second', { 1: 'first' }),
      agents: staffed('sales', 'bye'),
    });
    const under = { schedules: { a: 'open' } };
    expect(kept(flow)).toEqual([
      ['first', under],
      ['second', under],
    ]);
  });
});

test('a caller is kept in a flow that leads to nobody, too', () => {
  const flow = flowOf({
    first: menu({ 1: 'bye', 2: 'second' }, spoken),
    second: menuAt('second', { 1: 'second' }),
  });
  expect(prove(flow).failures.map(({ rule, node }) => [rule, node])).toEqual([
    ['human-missing', ''],
    ['kept-for-ever', 'second'],
  ]);
});

test('combinations that are not looked at are said', () => {
  const flow = flowOf({ first: menuAt('first', { 1: 'agents' }), agents: staffed('sales', 'first') });
  const proof = prove(flow, { mostLooks: 1 });
  expect([proof.failures, isProven(proof)]).toEqual([[], false]);
  expect(proof.leftOut).toMatch(/^too many combinations of schedules and of skill groups/);
});

describe('no caller is kept', () => {
  test('where a way in and the ways that go round need opposite states', () => {
    const flow = flowOf({
      first: hours('a', 'bye', 'second'),
      second: menuAt('second', { 1: 'again' }),
      again: hours('a', 'second', 'bye'),
    });
    expect(prove(flow).failures.map(({ rule }) => rule)).toEqual(['human-missing']);
  });

  test('where a call only comes if a schedule changes during it', () => {
    const flow = flowOf({
      first: menuAt('first', { 1: 'open', 2: 'agents' }),
      open: hours('a', 'second', 'bye'),
      second: menuAt('second', { 1: 'closed', 2: 'agents' }),
      closed: hours('a', 'bye', 'third'),
      third: menuAt('third', { 1: 'support' }),
      support: staffed('support', 'third'),
      agents,
    });
    expect(prove(flow).failures).toEqual([]);
  });

  test('where a second menu helps while all of the first one are closed', () => {
    const ids = Array.from({ length: 9 }, (_, at) => `s${at}`);
    const keysTo = (node: string) => Object.fromEntries(ids.map((id, at) => [String(at), `${node}-${id}`]));
    const flow = flowOf({
      first: menuAt('first', keysTo('first')),
      second: menuAt('second', keysTo('second')),
      ...Object.fromEntries(ids.map((id) => [`first-${id}`, hours(id, 'agents', 'second')])),
      ...Object.fromEntries(ids.map((id) => [`second-${id}`, hours(id, 'second', 'agents')])),
      agents,
    });
    expect(prove(flow).failures).toEqual([]);
    expect(isProven(prove(flow))).toBe(true);
  });
});

const targets = fc.constantFrom('n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6');
const stops = fc.constantFrom('n0', 'n1', 'n2', 'n0', 'n1', 'n2', 'mailbox');
const menus = fc
  .tuple(targets, targets, stops)
  .map(([one, two, missed]) => menu({ 1: one, 2: two, timeout: missed, errors: missed }, spoken));
const questions: fc.Arbitrary<FlowNode> = fc.oneof(
  fc.tuple(fc.constantFrom('a', 'b'), stops, stops).map(([id, open, closed]) => hours(id, open, closed)),
  fc.tuple(fc.constantFrom('sales', 'support'), stops).map(([group, failed]) => staffed(group, failed)),
  fc.tuple(stops, stops).map(
    ([next, failed]): FlowNode => ({
      ...{ type: 'request', connection: 'crm', path: '/', take: [] },
      exits: { next, failed },
    }),
  ),
);
const flows = fc.tuple(menus, menus, menus, questions, questions, questions, questions).map((nodes) =>
  flowOf({
    ...Object.fromEntries(nodes.map((each, at) => [`n${at}`, each])),
    first: play('Welcome.', 'n0'),
    mailbox: { type: 'voicemail', skillGroup: 'sales', prompt: { text: 'Speak.' }, exits: { next: 'bye' } },
  }),
);

/** The facts of all combinations of two schedules and two groups. */
const combinations = ['open', 'closed', 'holiday'].flatMap((a) =>
  ['open', 'closed', 'holiday'].flatMap((b) =>
    ['yes', 'no'].flatMap((sales) =>
      ['yes', 'no'].map((support) => [
        ...[`schedule a: ${a}`, `schedule b: ${b}`],
        ...[`available sales: ${sales}`, `available support: ${support}`],
      ]),
    ),
  ),
);

/** The nodes where a caller is kept in some combination, found by looking at each. */
function keptByEach({ states, ways }: Explored): string[] {
  const nodes = new Set<string>();
  for (const facts of combinations) {
    const taken = ways.filter((way) =>
      way.facts.every((fact) => facts.includes(fact) || fact.startsWith('request')),
    );
    const comes = spread(new Set([0]), taken, ({ from, to }, known) => (known.has(from) ? to : undefined));
    const over = new Set(taken.flatMap((way) => (way.to === undefined || way.person ? [way.from] : [])));
    const goes = spread(over, taken, ({ from, to = -1 }, known) => (known.has(to) ? from : undefined));
    for (const place of comes) if (place > 0 && !goes.has(place)) nodes.add(states[place]?.node ?? '');
  }
  return [...nodes].sort();
}

function spread(
  known: Set<number>,
  ways: readonly Way[],
  more: (way: Way, known: ReadonlySet<number>) => number | undefined,
) {
  for (let before = -1; before < known.size; ) {
    before = known.size;
    for (const way of ways) {
      const place = more(way, known);
      if (place !== undefined) known.add(place);
    }
  }
  return known;
}

test('whatever the flow: it finds what looking at every combination finds, and shows it with a call', () => {
  const seen = { kept: 0, mixed: 0, free: 0 };
  fc.assert(
    fc.property(flows, (flow) => {
      const proof = prove(flow);
      fc.pre(proof.leftOut === undefined);
      const found = proof.failures.filter(({ rule }) => rule === 'kept-for-ever');
      expect(found.map((each) => each.node).sort()).toEqual(keptByEach(explore(flow)));
      seen[found.length > 0 ? 'kept' : 'free'] += 1;
      for (const { script, under: { schedules = {}, available = {} } = {} } of found) {
        if (Object.keys(schedules).length + Object.keys(available).length > 1) seen.mixed += 1;
        const { problems, calls } = playScript(flow, script);
        expect([problems, calls.map(passed)]).toEqual([[], [true]]);
        for (const [id, is] of Object.entries(schedules))
          expect(script).not.toMatch(new RegExp(`^\\? schedule ${id}: (?!${is})`, 'm'));
        for (const [id, is] of Object.entries(available))
          expect(script).not.toMatch(new RegExp(`^\\? available ${id}: (?!${is})`, 'm'));
      }
    }),
    { numRuns: 150, seed: 5 },
  );
  expect(seen.kept).toBeGreaterThan(20);
  expect(seen.mixed).toBeGreaterThan(5);
  expect(seen.free).toBeGreaterThan(20);
});

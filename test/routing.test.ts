import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign, type Caller, type Candidates, type RungAgent } from '../lib/routing/assign.ts';

const caller = (id: string, more: Partial<Caller> = {}): Caller => ({
  ...{ id, group: 'sales', since: `2026-07-01T12:00:0${id.slice(-1)}.000Z`, pending: false },
  ...more,
});
const free = (staffNo: string, groups = ['sales'], since = staffNo) => ({ staffNo, groups, since });
const rung = (staffNo: string, of: string, more: Partial<RungAgent> = {}): RungAgent => ({
  ...{ staffNo, groups: ['sales'], lease: `L${staffNo}`, caller: of, stage: 'ringing', unwanted: false },
  ...more,
});
const scene = (parts: Partial<Candidates>): Candidates => ({ callers: [], rung: [], free: [], ...parts });

describe('who gets whom', () => {
  const cases: [string, Partial<Candidates>, string[]][] = [
    ['nobody waits', { free: [free('1')] }, []],
    [
      'the longest waiting gets the longest free',
      { callers: [caller('c2'), caller('c1')], free: [free('2'), free('1')] },
      ['ring 1 c1', 'ring 2 c2'],
    ],
    [
      'over all groups',
      {
        callers: [caller('c2'), caller('c1', { group: 'support' })],
        free: [free('1', ['sales', 'support'])],
      },
      ['ring 1 c1'],
    ],
    [
      'an agent of another group rings for nobody',
      { callers: [caller('c1')], free: [free('1', ['support'])] },
      [],
    ],
    [
      'who is being rung for is left alone',
      { callers: [caller('c1', { ring: 'L1' })], rung: [rung('1', 'c1')], free: [free('2')] },
      [],
    ],
    [
      'and who is about to be',
      { callers: [caller('c1', { ring: 'L9', pending: true })], free: [free('2')] },
      [],
    ],
    ['but not who was once', { callers: [caller('c1', { ring: 'L9' })], free: [free('2')] }, ['ring 2 c1']],
    [
      'a ring without a caller moves to the one who waits longest, before anybody is rung',
      { callers: [caller('c3'), caller('c2')], rung: [rung('1', 'c1')], free: [free('2')] },
      ['reassign 1 c2', 'ring 2 c3'],
    ],
    [
      'and to the one it is on its way to',
      {
        callers: [caller('c2'), caller('c3', { ring: 'L1', pending: true })],
        rung: [rung('0', 'c0'), rung('1', 'c1')],
      },
      ['reassign 0 c2', 'reassign 1 c3'],
    ],
    ['or is cancelled', { rung: [rung('1', 'c1')] }, ['cancel 1']],
    ['but not one that was answered', { rung: [rung('1', 'c1', { stage: 'answered' })] }, []],
    [
      'an answered one moves',
      { callers: [caller('c2')], rung: [rung('1', 'c1', { stage: 'answered' })] },
      ['reassign 1 c2'],
    ],
    [
      'an agent on their way into the queue serves their caller, and no other',
      {
        callers: [caller('c1', { ring: 'L1' }), caller('c2')],
        rung: [rung('1', 'c1', { stage: 'sent' }), rung('2', 'c0', { stage: 'sent' })],
      },
      [],
    ],
    [
      'an unwanted ring is cancelled, and its caller is not rung for before that is done',
      {
        callers: [caller('c1', { ring: 'L1' })],
        rung: [rung('1', 'c1', { unwanted: true })],
        free: [free('2')],
      },
      ['cancel 1'],
    ],
  ];
  test.each(cases)('%s', (_, parts, moves) => {
    const made = assign(scene(parts)).moves.map((move) =>
      move.do === 'cancel' ? `cancel ${move.agent}` : `${move.do} ${move.agent} ${move.caller}`,
    );
    expect(made).toEqual(moves);
  });

  test('who is left over is said', () => {
    const { left } = assign(
      scene({ callers: [caller('c2'), caller('c1'), caller('c3')], free: [free('1')] }),
    );
    expect(left.map(({ id }) => id)).toEqual(['c2', 'c3']);
  });
});

const groups = fc.subarray(['a', 'b', 'c'], { minLength: 1 });
const scenes: fc.Arbitrary<Candidates> = fc
  .record({
    callers: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5'),
        group: fc.constantFrom('a', 'b', 'c'),
        since: fc.constantFrom('1', '2', '3'),
        ring: fc.option(fc.constantFrom('L1', 'L2', 'L3', 'L9'), { nil: undefined }),
        pending: fc.boolean(),
      }),
      { selector: ({ id }) => id },
    ),
    agents: fc.uniqueArray(
      fc.record({
        staffNo: fc.constantFrom('1', '2', '3', '4'),
        groups,
        since: fc.constantFrom('1', '2', '3'),
        caller: fc.option(fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6'), { nil: undefined }),
        stage: fc.constantFrom('ringing' as const, 'answered' as const, 'sent' as const),
        unwanted: fc.boolean(),
      }),
      { selector: ({ staffNo }) => staffNo },
    ),
  })
  .map(({ callers, agents }) => ({
    callers: callers.map(({ ring, ...rest }) =>
      ring === undefined ? { ...rest, pending: false } : { ...rest, ring },
    ),
    free: agents.flatMap(({ staffNo, groups: of, since, caller: at }) =>
      at === undefined ? [{ staffNo, groups: of, since }] : [],
    ),
    rung: agents.flatMap(({ staffNo, groups: of, caller: at, stage, unwanted }) =>
      at === undefined
        ? []
        : [
            {
              staffNo,
              groups: of,
              lease: `L${staffNo}`,
              caller: at,
              stage,
              unwanted: unwanted && stage === 'ringing',
            },
          ],
    ),
  }));

test('whatever the scene: one move an agent, one agent a caller, no more rings than callers, nobody passed over', () => {
  void fc.assert(
    fc.property(scenes, (seen) => {
      const { moves, left } = assign(seen);
      const agents = moves.map(({ agent }) => agent);
      expect(new Set(agents).size).toBe(agents.length);
      const given = moves.flatMap((move) => (move.do === 'cancel' ? [] : [move]));
      expect(new Set(given.map((move) => move.caller)).size).toBe(given.length);

      const kept = seen.rung.filter(({ lease, caller: of }) => {
        return seen.callers.some(({ id, ring }) => id === of && ring === lease);
      });
      const ringing = seen.rung.filter(({ stage, staffNo }) => {
        return stage === 'ringing' && !moves.some((move) => move.do === 'cancel' && move.agent === staffNo);
      });
      const rings = ringing.length + moves.filter((move) => move.do === 'ring').length;
      expect(rings).toBeLessThanOrEqual(seen.callers.length);

      for (const move of given) {
        const agent = [...seen.free, ...seen.rung].find(({ staffNo }) => staffNo === move.agent);
        const to = seen.callers.find(({ id }) => id === move.caller);
        expect(agent?.groups).toContain(to?.group);
        const lease = agent !== undefined && 'lease' in agent ? agent.lease : undefined;
        expect(to?.pending === true && to.ring !== lease).toBe(false);
        expect(kept.some((each) => each.caller === move.caller)).toBe(false);
        // Nobody of the group who was left over has waited longer.
        for (const other of left) {
          if (other.group === to?.group) expect(other.since >= to.since).toBe(true);
        }
      }
      // Callers who are left over have no free agent of their group.
      const used = new Set(agents);
      for (const { group } of left) {
        expect(seen.free.some((agent) => agent.groups.includes(group) && !used.has(agent.staffNo))).toBe(
          false,
        );
      }
    }),
    { numRuns: 2000 },
  );
});

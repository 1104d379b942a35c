import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Flow } from '../lib/flow/flow.ts';
import { explore } from '../lib/proof/explore.ts';
import { lint } from '../lib/proof/lint.ts';
import { Player } from '../lib/proof/player.ts';
import { prove } from '../lib/proof/prove.ts';
import { waysTo } from '../lib/proof/reach.ts';
import { passed, playScript } from '../lib/proof/run.ts';
import { flows } from './kit/randomflows.ts';

/** Ids of facts that scripts can name. */
const named = (flow: Flow) => !JSON.stringify(flow).includes('"??"');

test('whatever the flow: what a proof claims to fail is shown by a call that plays as it says', () => {
  let shown = 0;
  fc.assert(
    fc.property(flows.filter(named), (flow) => {
      for (const { rule, script } of prove(flow, { mostStates: 300 }).failures) {
        const { problems, calls } = playScript(flow, script);
        expect([rule, problems, calls.map(passed)]).toEqual([rule, [], [true]]);
        shown += 1;
      }
    }),
    { numRuns: 80 },
  );
  expect(shown).toBeGreaterThan(50);
});

test('whatever the flow: every state is reached by its ways, and every way leads to the state that it names', () => {
  fc.assert(
    fc.property(flows.filter(named), (flow) => {
      const explored = explore(flow, { mostStates: 100 });
      for (const [place, state] of explored.states.entries()) {
        const player = new Player(flow);
        for (const { happening, facts } of waysTo(explored, place)) {
          const known = new Map(facts.map((fact) => fact.split(': ') as [string, string]));
          expect(player.play(happening, known).refused).toBeUndefined();
        }
        expect(player.node).toBe(state.node);
      }
    }),
    { numRuns: 40 },
  );
});

test('whatever the flow: the linter does not throw', () => {
  fc.assert(
    fc.property(flows, (flow) => {
      expect(Array.isArray(lint(flow, { mostStates: 200 }))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

const happenings = fc.array(
  fc.constantFrom(
    ...(['1', '2', '9', '0', '*', '#'] as const).map((key) => ({ word: 'pressed', key }) as const),
    { word: 'silent' } as const,
    { word: 'talked' } as const,
    ...(['empty', 'too-long'] as const).map((how) => ({ word: 'left', how }) as const),
  ),
  { maxLength: 12 },
);

test('whatever the flow and whatever happens: no call ends with the apology or the goodbye alone that the proof does not know of', () => {
  let ends = 0;
  fc.assert(
    fc.property(flows.filter(named), happenings, fc.constantFrom('yes', 'no'), (flow, happened, online) => {
      const player = new Player(flow);
      const known = new Map(['sales', 'constructor'].map((group) => [`available ${group}`, online]));
      const entries = [{ word: 'arrived' } as const, ...happened].flatMap((each) =>
        player.ended === undefined ? player.play(each, known).entries : [],
      );
      const last = entries.at(-1);
      // Where there are too many nodes in a row depends on the whole way.
      if (last?.fault === 'too-many-nodes') return;
      if (player.ended === undefined || (last?.fault ?? last?.goodbye) === undefined) return;
      ends += 1;
      const rule = last?.fault === undefined ? 'goodbye-only' : 'fault-path';
      const found = prove(flow).failures.map((failure) => `${failure.rule} ${failure.node}`);
      expect(found).toContain(`${rule} ${last?.node}`);
    }),
    { numRuns: 250 },
  );
  expect(ends).toBeGreaterThan(40);
});

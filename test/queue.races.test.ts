import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatch } from '../lib/queue/dispatch.ts';
import { presenceChanged } from '../lib/queue/entries.ts';
import type { Queue } from '../lib/queue/queue.ts';
import { stateOf, storePresence } from '../lib/store/queue/agents.ts';
import { listEntries } from '../lib/store/queue/entries.ts';
import { listStaff } from '../lib/store/queue/staff.ts';
import { setUpCentre } from './kit/centre.ts';
import { createScheduler, scheduledTable } from './kit/scheduler.ts';
import type { Trouble } from './kit/table.ts';

const centre = setUpCentre();
const { caller, leg, rungFor } = centre;
const music = '<Play>https://phone.example.com/audio/hold-music-1.mp3</Play>';

const agents = (count: number) =>
  Array.from({ length: count }, (_, index) => [`${1001 + index}`, `client:${1001 + index}`] as const);

describe('all at once', () => {
  test('20 callers and one agent: one ring, and the first come is served first', async () => {
    await centre.group({ id: 'sales' });
    await centre.online('sales', ...agents(1));
    const callers = Array.from({ length: 20 }, (_, index) => caller(`CA${index + 10}`));
    await Promise.all(callers.map((each) => each.call()));
    const waited = await Promise.all(
      callers.map((each, index) => each.ask({ QueueTime: String(20 - index) })),
    );
    expect(new Set(waited).size).toBe(1);
    expect(waited[0]).toContain(music);
    await Promise.all(callers.map((each, index) => each.ask({ QueueTime: String(20 - index) })));
    expect(rungFor()).toEqual(['client:1001']);
    for (const [index, each] of callers.slice(0, 3).entries()) {
      const talk = leg(index);
      await talk.answer();
      await talk.meet(each);
      await talk.status('completed');
      expect((await centre.agent('1001')).lease).toMatchObject({ entry: `CA${index + 11}#1` });
    }
    expect(rungFor()).toHaveLength(4);
  });

  test('20 callers and 20 agents: each agent rings once, each caller has one ring', async () => {
    await centre.group({ id: 'sales' });
    const callers = Array.from({ length: 20 }, (_, index) => caller(`CA${index + 10}`));
    await centre.online('sales', ...agents(20));
    await Promise.all(callers.map((each) => each.call()));
    await Promise.all(callers.map((each) => each.ask({ QueueTime: '0' })));
    // Who was too slow left the rest to the requests that come after.
    for (let turn = 1; turn <= 3; turn += 1) {
      centre.pass(11);
      await callers[turn]?.ask({ QueueTime: String(turn * 11) });
    }
    expect(new Set(rungFor()).size).toBe(20);
    expect(rungFor()).toHaveLength(20);
    await expectSound();
  });
});

/** What must hold whenever nobody is at work: rings and callers pair one to one, here and at the carrier. */
async function expectSound(over: ReadonlySet<string> = new Set()): Promise<void> {
  const { agents: staff } = await listStaff(centre.table());
  const places = await listEntries(centre.table());
  const leases = staff.flatMap(({ lease }) => lease ?? []);
  const held = leases.filter(({ phase }) => phase === 'ringing' || phase === 'asked');
  const legs = centre.rings().map(({ sid }) => sid);
  const live = legs.filter((sid) => !centre.cancelled().includes(sid) && !over.has(sid));
  expect(leases.map((lease) => lease.leg).toSorted()).toEqual(live.toSorted());
  expect(new Set(held.map(({ entry }) => entry)).size).toBe(held.length);
  expect(held.length).toBeLessThanOrEqual(places.length);
  for (const { id, entry } of held) expect(places.find((each) => each.id === entry)?.ring).toBe(id);
  const free = staff.filter((agent) => stateOf(agent, centre.now()) === 'available');
  expect(Math.min(free.length, places.length - held.length)).toBe(0);
}

describe('whatever the order in which two processes reach the world', () => {
  const scheduler = createScheduler();
  const tables = new Map<string, Trouble>();
  beforeAll(() => {
    for (const name of ['one', 'two']) tables.set(name, scheduledTable(name, centre.table(), scheduler));
  });
  afterAll(() => {
    for (const table of tables.values()) table.destroy();
  });

  /** The queue as one of the processes has it. */
  function queueOf(name: string): Queue {
    const queue = centre.queue();
    const { ring, cancel, read, send } = queue.rest;
    const through =
      <In, Out>(ask: (input: In) => Promise<Out>) =>
      async (input: In) => {
        await scheduler.gate(name);
        return await ask(input);
      };
    const rest = { ring: through(ring), cancel: through(cancel), read: through(read), send: through(send) };
    return { ...queue, table: tables.get(name) ?? queue.table, rest };
  }

  const handler = (name: string) => centre.handler(tables.get(name));

  test('a caller who hangs up at any point of a match keeps no agent ringing, without another match', async () => {
    for (let before = 0; before <= 10; before += 1) {
      await centre.clear();
      await centre.group({ id: 'sales' });
      await centre.online('sales', ...agents(1));
      await centre.place('CA1');
      let left = before;
      const match = () => dispatch(queueOf('one'));
      const hangUp = () => caller('CA1').leaveAt('/voice/step', handler('two'));
      await scheduler.run({ one: match, two: hangUp }, (ready) => {
        const wanted = left > 0 ? 'one' : 'two';
        left -= 1;
        return ready.includes(wanted) ? wanted : (ready[0] ?? wanted);
      });
      await expectSound();
    }
  });

  interface Race {
    readonly callers: number;
    readonly agents: number;
    /** What has happened before the race. */
    readonly before?: () => Promise<unknown>;
    readonly one: () => Promise<unknown>;
    readonly two: () => Promise<unknown>;
    /** What must hold after it. */
    readonly after?: () => void | Promise<void>;
    /** Legs that are over after it, without having been cancelled. */
    readonly over?: readonly string[];
    /** How many rings there are to be, where one more would be one too many even for a moment. */
    readonly rings?: number;
  }

  let answer = '';
  let first = caller('CA1');
  const rung = () => dispatch(centre.queue());
  const races: Readonly<Record<string, Race>> = {
    'two matches, one caller, two agents': {
      ...{ callers: 1, agents: 2, one: () => dispatch(queueOf('one')), two: () => dispatch(queueOf('two')) },
      rings: 1,
    },
    'two matches, two callers, one agent': {
      ...{ callers: 2, agents: 1, one: () => dispatch(queueOf('one')), two: () => dispatch(queueOf('two')) },
      rings: 1,
    },
    'two matches, two callers, two agents': {
      ...{ callers: 2, agents: 2, one: () => dispatch(queueOf('one')), two: () => dispatch(queueOf('two')) },
      rings: 2,
    },
    'a match, and the caller hangs up': {
      ...{ callers: 2, agents: 1, one: () => dispatch(queueOf('one')) },
      two: () => caller('CA1').leaveAt('/voice/step', handler('two')),
    },
    'the first wait request, and the caller hangs up': {
      ...{ callers: 0, agents: 1 },
      async before() {
        first = caller('CA1');
        await first.call();
      },
      one: () => first.ask({ QueueTime: '0' }, handler('one')),
      two: () => first.leaveAt('/voice/step', handler('two')),
      after: async () => expect(await centre.waiting()).toEqual([]),
    },
    'both callers hang up while the agent rings': {
      ...{ callers: 2, agents: 1, before: rung },
      one: () => caller('CA1').leaveAt('/voice/step', handler('one')),
      two: () => caller('CA2').leaveAt('/voice/step', handler('two')),
    },
    'a match, and the agent signs out': {
      ...{ callers: 1, agents: 2, one: () => dispatch(queueOf('one')) },
      async two() {
        await storePresence(centre.table(), '1001', 'offline', centre.now());
        await presenceChanged(queueOf('two'));
      },
    },
    'one of two callers hangs up, and the agent answers': {
      ...{ callers: 2, agents: 1, before: rung, rings: 1 },
      one: () => caller('CA1').leaveAt('/voice/step', handler('one')),
      two: async () => {
        answer = await leg(0).answer(handler('two'));
      },
      after: () => expect(answer).toContain('<Queue '),
    },
    'the agent answers twice, and a match': {
      ...{ callers: 2, agents: 1, before: rung, rings: 1, one: () => leg(0).answer(handler('one')) },
      two: async () => {
        await leg(0).answer(handler('two'));
        await dispatch(queueOf('two'));
      },
    },
    "the agents are given each other's callers": {
      callers: 2,
      agents: 2,
      rings: 2,
      async before() {
        await rung();
        await leg(0).answer();
        await leg(1).answer();
      },
      one: () => leg(0).meet(caller('CA2'), handler('one')),
      two: () => leg(1).meet(caller('CA1'), handler('two')),
    },
    'an agent is given the caller of one who still rings': {
      ...{ callers: 2, agents: 2, one: () => dispatch(queueOf('one')) },
      async before() {
        await rung();
        await leg(0).answer();
      },
      two: () => leg(0).meet(caller('CA2'), handler('two')),
    },
    'a match, and a ring is missed': {
      ...{ callers: 2, agents: 2, before: rung, one: () => dispatch(queueOf('one')), over: ['CAleg1'] },
      async two() {
        centre.pass(1);
        await leg(0).status('no-answer', handler('two'));
      },
    },
    'a caller hangs up, and the agent who was rung for them declines': {
      ...{ callers: 2, agents: 1, before: rung, over: ['CAleg1'] },
      one: () => caller('CA1').leaveAt('/voice/step', handler('one')),
      two: () => leg(0).status('busy', handler('two')),
    },
  };

  test.each(Object.entries(races))(
    '%s',
    async (_, race) => {
      await fc.assert(
        fc
          .asyncProperty(fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), async (order) => {
            const left = [...order];
            await race.before?.();
            await scheduler.run({ one: race.one, two: race.two }, (ready) => {
              const preferred = left.shift() === true ? 'two' : 'one';
              return ready.includes(preferred) ? preferred : (ready[0] ?? preferred);
            });
            if (race.rings !== undefined) expect(rungFor()).toHaveLength(race.rings);
            await race.after?.();
            // The agent who missed a ring is rung by the next match only.
            await dispatch(centre.queue());
            await expectSound(new Set(race.over));
          })
          .beforeEach(async () => {
            await centre.clear();
            await centre.group({ id: 'sales' });
            await centre.online('sales', ...agents(race.agents));
            for (let index = 1; index <= race.callers; index += 1) await centre.place(`CA${index}`);
          }),
        // One wholly before the other, both ways, and four orders at random.
        { numRuns: 6, examples: [true, false].map((which) => [Array.from({ length: 40 }, () => which)]) },
      );
    },
    120_000,
  );
});

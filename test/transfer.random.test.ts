import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFloor } from './kit/floor.ts';

/** What an agent does with a ring: when, and for how long they talk. */
const habit = fc.record({
  does: fc.constantFrom('answer', 'answer', 'answer', 'decline', 'ignore'),
  afterSeconds: fc.integer({ min: 1, max: 25 }),
  talkSeconds: fc.integer({ min: 1, max: 60 }),
});

const caller = fc.record({
  comesAt: fc.integer({ min: 0, max: 120 }),
  /** When the caller hangs up, after they came; undefined for who never does. */
  leavesAfter: fc.option(fc.integer({ min: 5, max: 200 }), { nil: undefined }),
});

const change = fc.record({
  at: fc.integer({ min: 0, max: 150 }),
  agent: fc.constantFrom('1001', '1002', '1003'),
  presence: fc.constantFrom('online', 'online', 'break', 'offline'),
});

const scenario = fc.record({
  habits: fc.array(habit, { minLength: 1, maxLength: 8 }),
  callers: fc.array(caller, { minLength: 1, maxLength: 7 }),
  changes: fc.array(change, { maxLength: 5 }),
  /** When the status callbacks of the agents' legs are sent: some late, some twice. */
  delays: fc.array(fc.constantFrom([0], [0], [0, 0], [0, 3000], [2000], [8000]), {
    minLength: 1,
    maxLength: 6,
  }),
});

type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

const agents = { '1001': 'client:agent-1001', '1002': 'client:agent-1002', '1003': '+15550003' };

async function play({ habits, callers, changes, delays }: Scenario) {
  const floor = await openFloor({ agents, group: { wrapUpSeconds: 3 }, transfer: { maxWaitSeconds: 90 } });
  let turn = 0;
  let told = 0;
  floor.faults.callback = ({ Direction }) => {
    return Direction === 'inbound' ? [0] : (delays[told++ % delays.length] ?? [0]);
  };
  for (const [staffNo, address] of Object.entries(agents)) {
    let talkSeconds = 1;
    const acts = {
      ringing: (call: { answer(): boolean; decline(): boolean }) => {
        const next = habits[turn++ % habits.length];
        if (next === undefined || next.does === 'ignore') return;
        talkSeconds = next.talkSeconds;
        floor.at(next.afterSeconds, () => (next.does === 'answer' ? call.answer() : call.decline()));
      },
      gathering: (call: { press(key: string): boolean }) => call.press('1'),
      bridged: (call: { hangup(): void }) => floor.at(talkSeconds, () => call.hangup()),
    };
    floor.agent(staffNo, acts, address);
    await floor.presence(staffNo, 'online');
  }
  for (const { at, agent, presence } of changes) floor.at(at, () => floor.presence(agent, presence));
  for (const [index, { comesAt, leavesAfter }] of callers.entries()) {
    floor.at(comesAt + index / 10, () => {
      const call = floor.caller(`caller-${index}`);
      if (leavesAfter !== undefined) floor.at(leavesAfter, () => call.hangup());
    });
  }
  await floor.over();
  return floor;
}

/** Walks through a log, and holds what must be true at every line. */
function hold(log: readonly string[], callers: number): void {
  const waiting = new Set<string>();
  const ringing = new Set<string>();
  const talked = new Set<string>();
  for (const line of log) {
    const [, who = '', what = ''] = line.split(' ');
    if (who.startsWith('caller')) {
      if (what === 'queued') waiting.add(who);
      if (what === 'bridged') {
        expect(talked.has(who), `${who} talks twice`).toBe(false);
        talked.add(who);
      }
      if (what === 'bridged' || what === 'ended') waiting.delete(who);
    } else {
      if (what === 'ringing') {
        ringing.add(who);
        expect(ringing.size, `${line}: more ring than wait`).toBeLessThanOrEqual(waiting.size);
      }
      if (what === 'bridged' || what === 'ended') ringing.delete(who);
    }
  }
  expect(ringing.size).toBe(0);
  expect(log.filter((line) => /caller-\d+ ended/.test(line))).toHaveLength(callers);
}

test('whatever callers and agents do, nobody is rung for nothing, and nothing is left behind', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (each) => {
      const { log } = await play(each);
      hold(log, each.callers.length);
    }),
    { numRuns: 3 },
  );
}, 120_000);

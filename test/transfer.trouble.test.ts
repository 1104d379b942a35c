import { describe, expect, test } from 'vitest';
import { openFloor, serving } from './kit/floor.ts';

const closed = 'say 当前非工作时间，欢迎您于工作时间再次联系。';

/** The most phones that rang at once, by the lines of a log. */
function mostRinging(log: readonly string[]): number {
  let ringing = 0;
  let most = 0;
  for (const line of log) {
    if (/ 1\d{3} ringing$/.test(line)) ringing += 1;
    if (/ 1\d{3} (bridged|ended (canceled|no-answer|busy))/.test(line)) ringing -= 1;
    most = Math.max(most, ringing);
  }
  return most;
}

/** The callers to whom something happened, in order. */
function callersOf(log: readonly string[], what: 'queued' | 'bridged'): string[] {
  return log.flatMap((line) => line.match(new RegExp(`^\\d+ ([a-z][^ ]*) ${what}`))?.[1] ?? []);
}

describe('many at once', () => {
  test('eight callers and one agent: one ring at a time, first come first served', async () => {
    const floor = await openFloor({ transfer: { maxWaitSeconds: 3600 } });
    floor.agent('1001', serving(floor, 1, 2));
    await floor.presence('1001', 'online');
    const callers = Array.from({ length: 8 }, (_, index) => `caller-${index}`);
    for (const caller of callers) floor.caller(caller);
    await floor.over();
    expect(callersOf(floor.log, 'bridged')).toEqual(callersOf(floor.log, 'queued'));
    expect(callersOf(floor.log, 'bridged').toSorted()).toEqual(callers.toSorted());
    expect(floor.of('1001').filter((line) => line === 'ringing')).toHaveLength(8);
    expect(mostRinging(floor.log)).toBe(1);
  });

  test('two agents and one caller: one ring', async () => {
    const floor = await openFloor();
    for (const staffNo of ['1001', '1002']) {
      floor.agent(staffNo, serving(floor, 2, 5));
      await floor.presence(staffNo, 'online');
    }
    floor.caller('ann');
    await floor.over();
    expect(floor.log.filter((line) => line.endsWith('ringing'))).toHaveLength(1);
  });

  test('ten callers and three agents, rung one a second: everybody is served once', async () => {
    const floor = await openFloor({
      agents: { '1001': 'client:agent-1001', '1002': 'client:agent-1002', '1003': 'client:agent-1003' },
      callsPerSecond: 1,
    });
    for (const [index, staffNo] of ['1001', '1002', '1003'].entries()) {
      floor.agent(staffNo, serving(floor, 2 + index, 20 + index));
      await floor.presence(staffNo, 'online');
    }
    for (let index = 0; index < 10; index += 1) floor.at(index, () => floor.caller(`caller-${index}`));
    await floor.over();
    for (let index = 0; index < 10; index += 1) {
      expect(floor.of(`caller-${index}`).filter((line) => line === 'bridged')).toHaveLength(1);
    }
    expect(mostRinging(floor.log)).toBeLessThanOrEqual(3);
  });
});

describe('the REST API', () => {
  test.each([
    [429, 20429],
    [500, 20500],
  ])(
    'that answers %i: after three wait requests the caller hears that nobody can be had',
    async (status, code) => {
      const floor = await openFloor();
      floor.agent('1001', serving(floor, 2, 5));
      await floor.presence('1001', 'online');
      let asked = 0;
      floor.faults.rest = () => {
        asked += 1;
        return { status, code };
      };
      await floor.caller('ann').ended;
      expect(floor.of('ann')).toContain(closed);
      expect(floor.of('ann').filter((line) => line.startsWith('play'))).toHaveLength(2);
      expect(asked).toBe(3);
      await floor.over();
      expect((await floor.agents())['1001']).toMatchObject({ state: 'available' });
    },
  );

  test('that is busy for a while: the caller is served later, and nobody has missed a ring', async () => {
    const floor = await openFloor();
    floor.agent('1001', serving(floor, 2, 5));
    await floor.presence('1001', 'online');
    let asked = 0;
    floor.faults.rest = () => {
      asked += 1;
      return asked > 2 ? undefined : { status: 429, code: 20429 };
    };
    floor.caller('ann');
    await floor.over();
    expect(floor.of('ann')).toContain('bridged');
  });

  test('whose answer is lost: the ring goes on, and only once', async () => {
    const floor = await openFloor();
    floor.agent('1001', serving(floor, 5, 5));
    await floor.presence('1001', 'online');
    floor.faults.rest = ({ method }) => (method === 'POST' ? 'lost' : undefined);
    floor.caller('ann');
    await floor.over();
    expect(floor.of('1001').filter((line) => line === 'ringing')).toHaveLength(1);
    expect(floor.of('ann')).toContain('bridged');
  });

  test('that hangs without ringing: the lease runs out, and that is nobody’s miss', async () => {
    const floor = await openFloor();
    floor.agent('1001', serving(floor, 5, 5));
    await floor.presence('1001', 'online');
    let asked = 0;
    floor.faults.rest = () => {
      asked += 1;
      return asked === 1 ? 'hung' : undefined;
    };
    floor.caller('ann');
    await floor.over();
    expect(floor.of('ann')).toContain('bridged');
    expect(floor.of('1001').filter((line) => line === 'ringing')).toHaveLength(1);
  });
});

describe('status callbacks', () => {
  const legs = ({ Direction }: Readonly<Record<string, string>>) => Direction === 'outbound-api';

  test.each<[string, number[]]>([
    ['twice', [0, 0]],
    ['twice, once late', [0, 7000]],
    ['late', [9000]],
  ])('that come %s: three callers are served, in order', async (_, delays) => {
    const floor = await openFloor();
    floor.agent('1001', serving(floor, 4, 15));
    await floor.presence('1001', 'online');
    floor.faults.callback = (fields) => (legs(fields) ? delays : [0]);
    for (const caller of ['ann', 'bob', 'cat']) floor.caller(caller);
    await floor.over();
    expect(callersOf(floor.log, 'bridged')).toEqual(callersOf(floor.log, 'queued'));
    expect(callersOf(floor.log, 'bridged')).toHaveLength(3);
    expect(floor.of('1001').filter((line) => line === 'ringing')).toHaveLength(3);
    expect(mostRinging(floor.log)).toBe(1);
    expect((await floor.agents())['1001']).toMatchObject({ state: 'available' });
  });

  test('that come in the wrong order: nobody is rung twice at once', async () => {
    const floor = await openFloor();
    floor.agent('1001', { ringing: (call) => call.decline() });
    floor.agent('1002', serving(floor, 4, 15));
    await floor.presence('1001', 'online');
    await floor.presence('1002', 'online');
    const delays: Record<string, number[]> = { initiated: [9000], ringing: [5000] };
    floor.faults.callback = (fields) => (legs(fields) ? (delays[fields.CallStatus ?? ''] ?? [0]) : [0]);
    floor.caller('ann');
    await floor.over();
    expect(floor.of('ann')).toContain('bridged');
    expect(mostRinging(floor.log)).toBe(1);
  });

  test('that never come after a ring: the lease runs out, and the next agent is rung', async () => {
    const floor = await openFloor();
    floor.agent('1001', { ringing: (call) => floor.at(3, () => call.decline()) });
    floor.agent('1002', serving(floor, 4, 15));
    await floor.presence('1001', 'online');
    floor.at(1, () => floor.presence('1002', 'online'));
    floor.faults.callback = (fields) => (legs(fields) ? [] : [0]);
    floor.at(2, () => floor.caller('ann'));
    await floor.clock.settled();
    expect(floor.of('ann')).toContain('say 客服1 0 0 2号为您服务。');
  });

  test('that never come after a talk: somebody who waits makes us ask, and is served', async () => {
    const floor = await openFloor({ transfer: { maxWaitSeconds: 3600 } });
    floor.agent('1001', serving(floor, 2, 30));
    await floor.presence('1001', 'online');
    floor.faults.callback = (fields) => (legs(fields) && fields.CallStatus === 'completed' ? [] : [0]);
    floor.caller('ann');
    floor.at(60, () => floor.caller('bob'));
    await floor.clock.settled();
    expect(floor.of('bob')).toContain('bridged');
  });
});

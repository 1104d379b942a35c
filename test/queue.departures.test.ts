import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callEnded, left } from '../lib/queue/entries.ts';
import { listDepartures, writeDeparture } from '../lib/store/queue/departures.ts';
import { keepEntry, listEntries, removeEntry } from '../lib/store/queue/entries.ts';
import { setUpCentre } from './kit/centre.ts';
import { countingTable, createScheduler, scheduledTable } from './kit/scheduler.ts';
import { crashAfter, type Trouble } from './kit/table.ts';

const centre = setUpCentre();
const { caller, leg, rungFor } = centre;
const music = '<Play>https://phone.example.com/audio/hold-music-1.mp3</Play>';

const open = async () => {
  await centre.group({ id: 'sales' });
  await centre.online('sales', ['1001', 'client:ann']);
  return caller('CA1');
};
const stay = {
  ...{ callSid: 'CA1', step: 1, group: 'sales', to: '+15550100', cursor: '' },
  waitedSeconds: 0,
};

describe('a caller who has left', () => {
  test('is read by nobody any more: their place is gone, and a mark of theirs lies elsewhere', async () => {
    const one = await open();
    await one.wait();
    await one.hangUp();
    expect(await listEntries(centre.table())).toEqual([]);
    expect(await listDepartures(centre.table(), 'CA1')).toMatchObject([{ step: 1, group: 'sales' }]);
  });

  test('before their first wait request came is not rung for by it, whether it comes once or twice', async () => {
    const one = await open();
    await one.call();
    await one.hangUp();
    expect(await one.ask()).toContain(music);
    expect(await one.ask()).toContain(music);
    expect(await centre.waiting()).toEqual([]);
    expect(rungFor()).toEqual([]);
    expect(await centre.state('1001')).toBe('available');
  });

  test('is not rung for either if what served that request died before it could see the mark', async () => {
    const one = await open();
    await one.call();
    await one.hangUp();
    const dying = crashAfter(centre.table(), 1);
    expect(await one.ask({}, centre.handler(dying))).toContain(music);
    dying.destroy();
    expect(await centre.waiting()).toEqual(['CA1']);
    expect(await one.ask()).toContain(music);
    expect(await centre.waiting()).toEqual([]);
    expect(rungFor()).toEqual([]);
  });

  test('keeps no agent if what took their place away died before it could release them', async () => {
    const one = await open();
    await one.wait();
    const dying = crashAfter(centre.table(), 2);
    await one.leave('hangup', { CallStatus: 'completed' }, centre.handler(dying));
    dying.destroy();
    expect(await centre.waiting()).toEqual([]);
    expect(await centre.state('1001')).toBe('ringing');
    await one.hangUp();
    expect(centre.cancelled()).toEqual(['CAleg1']);
    expect(await centre.state('1001')).toBe('available');
  });

  test('does not come back by a wait request that is late', async () => {
    const one = await open();
    await one.wait();
    await one.hangUp();
    await one.ask();
    expect(await centre.waiting()).toEqual([]);
    expect(rungFor()).toHaveLength(1);
  });

  test('may wait again in another queue of the same call', async () => {
    await open();
    await writeDeparture(centre.table(), {
      ...{ callSid: 'CA1', step: 1, group: 'sales', cursor: '', since: '' },
      leftAt: centre.now().toISOString(),
    });
    expect(await keepEntry(centre.table(), { ...stay, step: 3 }, centre.now())).toMatchObject({
      first: true,
    });
    expect(await centre.waiting()).toEqual(['CA1']);
  });

  test('hears the same words where the announcement comes twice, and it is told who was rung for them', async () => {
    const one = await open();
    await one.wait();
    await leg(0).answer();
    const words = await leg(0).meet(one);
    expect(words).toContain('1 0 0 1');
    expect(await leg(0).meet(one)).toBe(words);
    expect(await left(centre.queue(), stay)).toMatchObject({ ring: expect.any(String) });
  });

  test('keeps their place in a later queue of the call if the announcement of an earlier talk comes again', async () => {
    for (const isSwapped of [false, true]) {
      await centre.clear();
      const one = await open();
      await one.wait();
      if (isSwapped) {
        // The carrier gives the agent another caller than the one who rang them.
        const other = caller('CA2');
        centre.pass(1);
        await other.wait();
        await leg(0).answer();
        await leg(0).meet(other);
        await other.leave('bridged');
      } else {
        await leg(0).answer();
        await leg(0).meet(one);
        await one.leave('bridged');
      }
      const callSid = isSwapped ? 'CA2' : 'CA1';
      for (const isOver of [false, true]) {
        if (isOver) await leg(0).status('completed');
        await keepEntry(centre.table(), { ...stay, callSid, step: 3 }, centre.now());
        const words = await leg(0).meet(caller(callSid));
        expect(words).toContain('1 0 0 1');
        expect(await centre.waiting()).toContain(callSid);
      }
    }
  });

  test('whose mark was written and whose place was not yet deleted is taken out by what comes next', async () => {
    for (const finish of [
      () => caller('CA1').leaveAt('/voice/step', centre.handler()),
      () => callEnded(centre.queue(), 'CA1'),
    ]) {
      await centre.clear();
      await open();
      await keepEntry(centre.table(), stay, centre.now());
      await writeDeparture(centre.table(), {
        ...{ callSid: 'CA1', step: 1, group: 'sales', cursor: '', since: '' },
        leftAt: centre.now().toISOString(),
      });
      await finish();
      expect(await centre.waiting()).toEqual([]);
    }
  });
});

describe('a wait request and a departure at once', () => {
  const scheduler = createScheduler();
  const tables = new Map<string, Trouble>();
  beforeAll(() => {
    for (const name of ['asks', 'leaves']) tables.set(name, scheduledTable(name, centre.table(), scheduler));
  });
  afterAll(() => {
    for (const table of tables.values()) table.destroy();
  });
  const over = (name: string) => tables.get(name) ?? centre.table();

  /** Every order in which the operations of the two can reach the table, as far as they have that many. */
  const orders = Array.from({ length: 64 }, (_, bits) =>
    Array.from({ length: 6 }, (_none, place) => (bits >> place) % 2 === 1),
  );

  async function race(asks: () => Promise<unknown>, leaves: () => Promise<unknown>) {
    for (const order of orders) {
      await centre.clear();
      const queued = [...order];
      await scheduler.run({ asks, leaves }, (ready) => {
        const preferred = queued.shift() === true ? 'leaves' : 'asks';
        return ready.includes(preferred) ? preferred : (ready[0] ?? preferred);
      });
      expect(await listEntries(centre.table()), order.join(' ')).toEqual([]);
      expect(await listDepartures(centre.table(), 'CA1'), order.join(' ')).toHaveLength(1);
    }
  }

  test('leave no place behind where the caller was never seen before, whatever the order', async () => {
    await race(
      () => keepEntry(over('asks'), stay, centre.now()),
      () => left({ ...centre.queue(), table: over('leaves') }, stay),
    );
  });

  test('leave none behind where they waited already', async () => {
    await race(
      () => keepEntry(over('asks'), { ...stay, waitedSeconds: 20 }, centre.now()),
      async () => {
        await keepEntry(centre.table(), stay, centre.now());
        const [place] = await listEntries(over('leaves'));
        if (place !== undefined) await removeEntry(over('leaves'), place, centre.now());
      },
    );
  });
});

test('a call that never reaches a queue costs no write when it ends', async () => {
  const counts = new Map<string, number>();
  const table = countingTable(centre.table(), counts);
  await callEnded({ ...centre.queue(), table }, 'CA1');
  table.destroy();
  expect(Object.fromEntries(counts)).toEqual({ reads: 1 });
});

import { describe, expect, test } from 'vitest';
import { realClock, VirtualClock } from '../local/carrier/clock.ts';

function outside<T>(value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, 5, value));
}

describe('the virtual clock by itself', () => {
  test('passes hours in no time, in the order of waking', async () => {
    const clock = new VirtualClock({ startsAt: 1000 });
    const woken: string[] = [];
    const sleep = (name: string, ms: number) =>
      clock.sleep(ms).then(() => woken.push(`${name} ${clock.now()}`));
    await Promise.all([sleep('c', 3_600_000), sleep('a', 10), sleep('b', 10), sleep('first', 0)]);
    expect(woken).toEqual(['first 1000', 'a 1010', 'b 1010', 'c 3601000']);
  });

  test('stands still while somebody works', async () => {
    const clock = new VirtualClock();
    const order: string[] = [];
    await Promise.all([
      clock.sleep(1).then(() => order.push('slept')),
      clock.work(outside('')).then(() => order.push(`worked ${clock.now()}`)),
    ]);
    expect(order).toEqual(['worked 0', 'slept']);
  });

  test('stands still while one of many works, whose work failed too', async () => {
    const clock = new VirtualClock();
    const failing = clock.work(outside(0).then(() => Promise.reject(new Error('no'))));
    const times: number[] = [];
    const slow = clock.work(outside(0).then(() => outside(0))).then(() => times.push(clock.now()));
    await expect(failing).rejects.toThrow('no');
    await Promise.all([slow, clock.sleep(7).then(() => times.push(clock.now()))]);
    expect(times).toEqual([0, 7]);
  });

  test('lets the one that woke run on before it wakes the next, however many promises that takes', async () => {
    const clock = new VirtualClock();
    const order: string[] = [];
    const ringing = clock.sleep(10).then(async () => {
      for (let turns = 0; turns < 100; turns += 1) await Promise.resolve();
      order.push(`answered ${clock.now()}`);
      await clock.sleep(5);
      order.push(`talked ${clock.now()}`);
    });
    await Promise.all([ringing, clock.sleep(11).then(() => order.push(`other ${clock.now()}`))]);
    expect(order).toEqual(['answered 10', 'other 11', 'talked 15']);
  });

  test('a sleep cut short holds up nobody and moves no time', async () => {
    const clock = new VirtualClock();
    const cut = new AbortController();
    const long = clock.sleep(1000, cut.signal);
    const short = clock.sleep(10).then((passed) => {
      cut.abort();
      return passed;
    });
    expect([await short, await long, clock.now()]).toEqual([true, false, 10]);
    expect(await clock.sleep(5, cut.signal)).toBe(false);
    expect(clock.now()).toBe(10);
  });

  test('a signal that comes after the waking changes nothing', async () => {
    const clock = new VirtualClock();
    const cut = new AbortController();
    expect(await clock.sleep(10, cut.signal)).toBe(true);
    cut.abort();
    await clock.sleep(1);
    expect(clock.now()).toBe(11);
  });

  test('a hundred phones that work and sleep by turns end in the same order twice', async () => {
    const run = async () => {
      const clock = new VirtualClock();
      const order: string[] = [];
      const phone = async (number: number) => {
        for (let turn = 0; turn < 5; turn += 1) {
          await clock.sleep((number * 37 + turn * 11) % 50);
          await clock.work(Promise.resolve());
          order.push(`${number}.${turn}@${clock.now()}`);
        }
      };
      await Promise.all(Array.from({ length: 100 }, (_, number) => phone(number)));
      return order;
    };
    const first = await run();
    expect(first).toHaveLength(500);
    expect(await run()).toEqual(first);
  });
});

describe('the virtual clock by hand', () => {
  test('moves only when turned, and wakes on the way what the woken lay down', async () => {
    const clock = new VirtualClock({ byHand: true });
    const times: number[] = [];
    const chain = (async () => {
      for (let nap = 0; nap < 3; nap += 1) {
        await clock.sleep(10);
        times.push(clock.now());
      }
    })();
    await clock.settled();
    expect(times).toEqual([]);
    await clock.turn(25);
    expect([times, clock.now()]).toEqual([[10, 20], 25]);
    await clock.turn(5);
    await chain;
    expect([times, clock.now()]).toEqual([[10, 20, 30], 30]);
  });

  test('moves past work that is under way', async () => {
    const clock = new VirtualClock({ byHand: true });
    const never = clock.work(new Promise(() => undefined));
    const limit = clock.sleep(15_000);
    await clock.turn(15_000);
    expect(await Promise.race([limit, never])).toBe(true);
  });

  test('is settled once the last work is done', async () => {
    const clock = new VirtualClock({ byHand: true });
    let done = false;
    void clock.work(outside(0)).then(() => {
      done = true;
    });
    await clock.settled();
    expect(done).toBe(true);
  });
});

test('the real clock passes time, and is cut short', async () => {
  const from = realClock.now();
  expect(await realClock.sleep(5)).toBe(true);
  expect(realClock.now()).toBeGreaterThanOrEqual(from + 4);
  const cut = new AbortController();
  const long = realClock.sleep(60_000, cut.signal);
  cut.abort();
  expect(await long).toBe(false);
  expect(await realClock.sleep(60_000, cut.signal)).toBe(false);
});

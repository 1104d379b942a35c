import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { describe, expect, test } from 'vitest';
import type { Handset } from '../cli/phone/handset.ts';
import { keysOf } from '../cli/phone/keys.ts';
import type { CallEvent } from '../local/carrier/event.ts';

describe("a person's keys", () => {
  /** A handset that only writes down what is done with it. */
  function recorder() {
    const done: string[] = [];
    const act = (name: string) => async () => {
      done.push(name);
      return true;
    };
    const press = async (key: string) => {
      done.push(key);
      return true;
    };
    const handset: Handset = {
      events: (async function* () {})(),
      press,
      answer: async () => false,
      decline: act('decline'),
      silence: act('silence'),
      say: (words) => act(`say ${words}`)(),
      speak: (seconds) => act(`speak ${seconds}`)(),
      other: (does) => act(`other ${does}`)(),
      hangup: act('hangup'),
      putDown: () => undefined,
    };
    return { handset, done };
  }

  const tick = () => new Promise((resolve) => setImmediate(resolve));

  test('from a pipe wait until somebody listens, one for each wait', async () => {
    const { handset, done } = recorder();
    const shown: string[] = [];
    const input = new PassThrough();
    const keys = keysOf(handset, input as unknown as ReadStream, (line) => shown.push(line));
    input.write('71\n\nh\n');
    await tick();
    expect(done).toEqual([]);
    for (const expected of [['7'], ['7', '1'], ['7', '1', 'silence'], ['7', '1', 'silence', 'hangup']]) {
      keys.notice({ event: 'gathering', timeoutSeconds: 5 });
      keys.notice({ event: 'heard', say: 'x' });
      await tick();
      expect(done).toEqual(expected);
    }
    expect(shown).toEqual(['> 7', '> 1', '> (silence)']);
    keys.close();
  });

  test('on a terminal act at once', async () => {
    const { handset, done } = recorder();
    const shown: string[] = [];
    const raw: boolean[] = [];
    const input = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode(on: boolean) {
        raw.push(on);
        return input;
      },
    });
    const keys = keysOf(handset, input as unknown as ReadStream, (line) => shown.push(line));
    for (const typed of ['1', 'x*', 's', '\r', '\u0003']) {
      input.write(typed);
      await tick();
    }
    expect(done).toEqual(['1', '*', 'silence', 'silence', 'hangup']);
    keys.close();
    expect(raw).toEqual([true, false]);
    expect(shown).toEqual(['> 1', '> *', '> (silence)', '> (silence)']);
  });

  test('on a terminal reach the call in the order in which they were typed; Ctrl-C waits for none', async () => {
    const { handset, done } = recorder();
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
    // The first request takes longer than the others.
    let arrive = () => {};
    const slow = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const press = async (key: string) => {
      if (key === '1') await slow;
      return await handset.press(key);
    };
    const keys = keysOf({ ...handset, press }, input as unknown as ReadStream, () => undefined);
    input.write('12#\u0003');
    await tick();
    expect(done).toEqual(['hangup']);
    arrive();
    await tick();
    expect(done).toEqual(['hangup', '1', '2', '#']);
    keys.close();
  });

  test('on a terminal answer, decline, and type whole lines in a talk', async () => {
    const { handset, done } = recorder();
    const raw: boolean[] = [];
    const input = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode(on: boolean) {
        raw.push(on);
        return input;
      },
    });
    const keys = keysOf(
      { ...handset, answer: async () => done.push('answer') > 0 },
      input as unknown as ReadStream,
      () => undefined,
    );
    const types = async (text: string) => {
      input.write(text);
      await tick();
    };
    keys.notice({ event: 'ringing', from: '+15550100', to: 'client:one' });
    await types('d');
    await types('a');
    keys.notice({ event: 'bridged', with: 'CA1' });
    await types('Hello, 1!\n');
    keys.notice({ event: 'said', text: 'Hi.' });
    await types('\n');
    await types('h\n');
    keys.notice({ event: 'parted' });
    await types('1');
    keys.close();
    expect(done).toEqual(['decline', 'answer', 'say Hello, 1!', 'hangup', '1']);
    expect(raw).toEqual([true, false, true, false]);
  });

  test('from a pipe answer a ring, then talk', async () => {
    const { handset, done } = recorder();
    const input = new PassThrough();
    const answer = async () => done.push('answer') > 0;
    const keys = keysOf({ ...handset, answer }, input as unknown as ReadStream, () => undefined);
    input.write('a\n12\nHello there\n');
    await tick();
    for (const event of ['ringing', 'gathering', 'gathering', 'bridged'] as const) {
      keys.notice({ event } as CallEvent);
      await tick();
    }
    input.write('h\n');
    await tick();
    expect(done).toEqual(['answer', '1', '2', 'say Hello there', 'hangup']);
    keys.close();
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createVoice } from '../lib/calls/app.ts';
import { Deadline } from '../lib/calls/deadline.ts';
import { createLibrary } from '../lib/calls/library.ts';
import type { Tokens } from '../lib/carrier/tokens.ts';
import { readQueueConfig, readVoiceConfig } from '../lib/config.ts';
import { createQueue } from '../lib/queue/queue.ts';
import { createVersionCache } from '../lib/store/flows/cache.ts';
import { openTable } from '../lib/store/table/table.ts';
import { greeting } from './kit/sampleflows.ts';
import { startServer } from './kit/server.ts';
import { credentials } from './kit/table.ts';
import { call, hear, type Post, publicUrl, tokens } from './kit/webhook.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => undefined);
const tooSlow = expect.objectContaining({ code: 'too-slow', message: 'Not done within 2000 ms.' });

describe('work that is watched from the start', () => {
  test('is answered for when it is late, though it asks for no signal', async () => {
    const late = expect(new Deadline(2000).watch(() => never)).rejects.toThrow(tooSlow);
    await vi.advanceTimersByTimeAsync(1999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await late;
  });

  test.each([
    ['done', async () => 'done'],
    ['failed', async () => Promise.reject(new Error('down'))],
  ])('leaves no timer when it has %s', async (_, work) => {
    await new Deadline(2000).watch(work).catch(() => undefined);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('work that is watched once it asks for the signal', () => {
  test('has no timer if it does not ask', async () => {
    const timers = await new Deadline(2000).run(async () => vi.getTimerCount());
    expect([timers, vi.getTimerCount()]).toEqual([0, 0]);
  });

  test('has one timer however often it asks, and always the same signal', async () => {
    const deadline = new Deadline(2000);
    const answer = deadline.run(async () => {
      const { signal } = deadline;
      return deadline.signal === signal && vi.getTimerCount() === 1;
    });
    expect(await answer).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is answered for when it is late, though it does not heed the signal', async () => {
    const deadline = new Deadline(2000);
    let signal: AbortSignal | undefined;
    const answer = deadline.run(() => {
      signal = deadline.signal;
      return never;
    });
    const late = expect(answer).rejects.toThrow(tooSlow);
    await vi.advanceTimersByTimeAsync(1999);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await late;
    expect(signal?.reason).toEqual(tooSlow);
  });

  test('has its time from the beginning, not from the asking', async () => {
    const deadline = new Deadline(2000);
    await vi.advanceTimersByTimeAsync(1500);
    const late = expect(deadline.run(() => aborted(deadline))).rejects.toThrow(tooSlow);
    await vi.advanceTimersByTimeAsync(499);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await late;
  });

  test('is late at once if it asks when the time is up', async () => {
    const deadline = new Deadline(2000);
    await vi.advanceTimersByTimeAsync(5000);
    const late = expect(deadline.run(() => aborted(deadline))).rejects.toThrow(tooSlow);
    await vi.advanceTimersByTimeAsync(1);
    await late;
  });

  test('keeps its own failure', async () => {
    const deadline = new Deadline(2000);
    const answer = deadline.run(async () => {
      throw new Error(`down, aborted: ${deadline.signal.aborted}`);
    });
    await expect(answer).rejects.toThrow('down, aborted: false');
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a part of the time is no longer than what is left without its reserve', async () => {
  const deadline = new Deadline(2500);
  expect(deadline.part(800, 1000).leftMs).toBe(800);
  await vi.advanceTimersByTimeAsync(900);
  expect(deadline.part(800, 1000).leftMs).toBe(600);
  await vi.advanceTimersByTimeAsync(900);
  expect(deadline.part(800, 1000).leftMs).toBe(0);
  expect(deadline.part(800).leftMs).toBe(700);
});

/** Rejects when the signal fires, as a read of the table does. */
function aborted({ signal }: Deadline): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

test('a flow in memory is had without asking for the signal; one that is not, with it', async () => {
  const memory = createVersionCache(async (id) => greeting(id));
  const timersOf = (flow: string) => {
    const deadline = new Deadline(2000);
    return deadline.run(async () => {
      const found = memory(flow, 1, deadline);
      const timers = vi.getTimerCount();
      await found;
      return timers;
    });
  };
  expect([await timersOf('a'), await timersOf('a'), await timersOf('b')]).toEqual([1, 0, 1]);
});

describe('a cold function whose table does not answer, and whose tokens take 800 ms, answers', () => {
  const cursor = 'cursor=1&flow=mute&version=1&node=agents&waiting=1&step=1&language=en-US';
  const leg = 'agent=1001&lease=l1&ring=20&language=en-US&confirm=1';
  const left = { QueueResult: 'leave', QueueTime: '7' };
  const over = { CallStatus: 'completed' };
  const webhooks: [string, number, string, Post][] = [
    ['who calls', 2500, '/voice/incoming', {}],
    ['who pressed a key', 2500, `/voice/step?${cursor}`, { Digits: '1' }],
    ['who has left a queue and listens', 2500, `/voice/step?${cursor}`, left],
    ['who waits', 2500, `/voice/wait?${cursor}&group=sales&audio=hold-music&maxWaitSeconds=300`, {}],
    ['who is about to be connected', 2500, `/voice/announced?${leg}`, {}],
    ['the agent who answers', 2500, `/voice/answered?${leg}`, {}],
    ['the agent who confirms', 2500, `/voice/confirmed?${leg}`, { Digits: '1' }],
    ['the agent whose talk is over', 2500, `/voice/dialled?${leg}`, { DialCallStatus: 'completed' }],
    ['nobody: a step whose call is over', 4000, `/voice/step?${cursor}`, over],
    ['nobody: who hung up in a queue', 4000, `/voice/step?${cursor}`, { ...left, ...over }],
    ['nobody: how a call is', 4000, '/voice/status', over],
    ['nobody: how a leg is', 4000, `/voice/leg?${leg}`, { CallStatus: 'ringing' }],
  ];

  test.each(webhooks)('%s within %i ms of arrival', async (_, limitMs, at, fields) => {
    const { handler, lines, close } = await openMute();
    const begun = performance.now();
    let tookMs = 0;
    const answer = hear(handler, at, { ...call, ...fields }).then((xml) => {
      tookMs = performance.now() - begun;
      return xml;
    });
    // In small steps, as the real clock goes: what waits on a socket gets its turn between them.
    for (let ms = 0; ms < limitMs + 500 && tookMs === 0; ms += 10) await vi.advanceTimersByTimeAsync(10);
    expect(tookMs).toBeGreaterThan(800);
    expect(tookMs).toBeLessThanOrEqual(limitMs);
    await answer;
    expect(lines.map((line) => JSON.parse(line).code)).toContain('too-slow');
    await close();
  });
});

/** The function as it stands after a cold start, over a table that takes connections and says nothing. */
async function openMute() {
  const server = await startServer(() => undefined);
  const table = openTable('mute', { endpoint: server.url, region: 'us-east-1', credentials });
  const slow: Tokens = {
    fit: (_, fits) => new Promise((resolve) => setTimeout(() => resolve(fits(tokens)), 800)),
    first: () => tokens[0] ?? '',
  };
  const environment = {
    TABLE_NAME: 'mute',
    PUBLIC_URL: publicUrl,
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: tokens.join(','),
  };
  const now = () => new Date(0);
  const lines: string[] = [];
  const handler = createVoice({
    config: readVoiceConfig(environment),
    tokens: slow,
    library: createLibrary(table),
    queue: createQueue(readQueueConfig(environment), {
      ...{ table, now, tokens: slow },
      onFault: () => undefined,
    }),
    now,
    write: (line) => lines.push(line),
  });
  const close = () => {
    table.client.destroy();
    return server.close();
  };
  return { handler, lines, close };
}

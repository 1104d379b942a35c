import { expect, test } from 'vitest';
import type { SpeechProgress } from '../web/src/api/generated/types.ts';
import { makeAllSpeech, type SpeechMade } from '../web/src/editor/speech.ts';

/** Speech of which each request makes one text more, as soon as it may. */
function speech(all: number) {
  const waiting: (() => void)[] = [];
  let done = 0;
  let requests = 0;
  const make = async (): Promise<SpeechProgress> => {
    requests += 1;
    await new Promise<void>((go) => waiting.push(go));
    done += 1;
    return { done, left: Math.max(0, all - done), failed: [], carrier: [] };
  };
  return { make, next: () => waiting.shift()?.(), requests: () => requests };
}

test('speech is made request by request until none is left', async () => {
  const { make, next } = speech(2);
  const told: SpeechMade[] = [];
  const made = makeAllSpeech(make, (each) => told.push(each), new AbortController().signal);
  next();
  await expect.poll(() => told).toEqual([{ done: 1, all: 2 }]);
  next();
  expect(await made).toMatchObject({ done: 2, left: 0 });
});

test('what was stopped stays stopped, although another one is begun before its request is answered', async () => {
  const { make, next, requests } = speech(9);
  const [first, second] = [new AbortController(), new AbortController()];
  const stopped = makeAllSpeech(make, () => {}, first.signal);
  first.abort();
  const told: SpeechMade[] = [];
  void makeAllSpeech(make, (each) => told.push(each), second.signal);
  next();
  expect(await stopped).toBeUndefined();
  next();
  await expect.poll(() => told).toEqual([{ done: 2, all: 9 }]);
  expect(requests()).toBe(3);
});

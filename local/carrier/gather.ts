import type { Element } from './document.ts';
import type { Ear } from './ear.ts';
import { fetchSound, playSound, type Stage } from './sound.ts';
import type { Webhook } from './webhook.ts';

/**
 * Plays a Gather: its sounds, which a key interrupts, then a wait for each key. Resolves with the request to its action, or with
 * `undefined` if no key came, so that the next verb follows.
 * (https://www.twilio.com/docs/voice/twiml/gather)
 */
export async function playGather(stage: Stage, gather: Element, ear: Ear): Promise<Webhook | undefined> {
  const { action, method = 'POST', finishOnKey = '#', actionOnEmptyResult } = gather.attributes;
  // All files are fetched before the first plays.
  for (const sound of gather.children) await fetchSound(stage, sound);
  ear.open();
  try {
    for (const sound of gather.children) {
      if (!ear.something.aborted) await playSound(stage, sound, ear.something);
    }
    const { digits, finishedOn } = await listen(stage, gather, ear, finishOnKey);
    if (digits === '' && actionOnEmptyResult !== 'true') return undefined;
    const url = action === undefined ? stage.url : new URL(action.trim(), stage.url).href;
    return { url, method, fields: { Digits: digits, FinishedOnKey: finishedOn, msg: 'Gather End' } };
  } finally {
    ear.close();
  }
}

async function listen(stage: Stage, { attributes }: Element, ear: Ear, finishOnKey: string) {
  const timeoutSeconds = Number(attributes.timeout ?? 5) || 5;
  const most = Number(attributes.numDigits ?? Number.POSITIVE_INFINITY);
  const takesKeys = (attributes.input ?? 'dtmf').includes('dtmf');
  let digits = '';
  while (digits.length < most) {
    if (!ear.something.aborted) await stage.tell({ event: 'gathering', timeoutSeconds });
    await stage.pass(timeoutSeconds * 1000, ear.something);
    const key = ear.take();
    if (key === undefined) break;
    if (key === finishOnKey) return { digits, finishedOn: key };
    if (takesKeys) digits += key;
  }
  return { digits, finishedOn: '' };
}

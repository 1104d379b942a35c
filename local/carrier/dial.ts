import { Bridge } from './bridge.ts';
import type { Element } from './document.ts';
import type { Leg } from './leg.ts';
import { dialNumber } from './number.ts';
import { followAction, type Next } from './play.ts';
import { aborted } from './signals.ts';
import type { Stage } from './sound.ts';

/**
 * Plays a Dial: connects this leg with the first caller of a queue, or with a number, until either hangs up. Then its action is
 * requested with the result, or without an action the next verb follows (https://www.twilio.com/docs/voice/twiml/queue).
 */
export async function playDial(leg: Leg, stage: Stage, verb: Element): Promise<Next> {
  const { hangupOnStar } = verb.attributes;
  const [noun] = verb.children;
  if (noun === undefined) return undefined;
  if (noun.name === 'Number') return await goOn(leg, stage, verb, await dialNumber(leg, stage, verb, noun));
  const bridge = new Bridge(leg, { ...announcementOf(noun, stage), endsOnStar: hangupOnStar === 'true' });
  const fields = await connect(leg, stage, verb, noun.text.trim(), bridge);
  return await goOn(leg, stage, verb, fields);
}

/** Requests the action with the result. */
async function goOn(
  leg: Leg,
  stage: Stage,
  { attributes: { action, method = 'POST' } }: Element,
  fields: Record<string, string>,
): Promise<Next> {
  const url = action === undefined ? undefined : new URL(action.trim(), stage.url).href;
  return await followAction(leg, stage, url === undefined ? undefined : { url, method, fields });
}

function announcementOf({ attributes: { url, method = 'POST' } }: Element, stage: Stage) {
  if (url === undefined) return {};
  return { announcement: { url: new URL(url.trim(), stage.url).href, method, fields: {} } };
}

/** Resolves with the fields for the action. */
async function connect(
  leg: Leg,
  stage: Stage,
  { attributes: { timeout = '30', timeLimit = '14400' } }: Element,
  name: string,
  bridge: Bridge,
): Promise<Record<string, string>> {
  const { queues, clock } = leg.exchange;
  const queue = queues.find(name);
  if (queue === undefined) return { DialCallStatus: 'failed', DialBridged: 'false' };
  const place = await queue.take(bridge, clock, Number(timeout) * 1000, stage.signal);
  if (place === undefined) {
    return { DialCallStatus: stage.signal.aborted ? 'canceled' : 'no-answer', DialBridged: 'false' };
  }
  // Synchronously, so that the bridge cannot open after the leg has hung up.
  const close = () => bridge.close();
  stage.signal.addEventListener('abort', close, { once: true });
  if (stage.signal.aborted) close();
  await aborted(bridge.opened, bridge.closed);
  if (bridge.opened.aborted) await talk(leg, place.leg, bridge, Number(timeLimit) * 1000);
  stage.signal.removeEventListener('abort', close);
  const { seconds } = bridge;
  return {
    DialBridged: String(seconds !== undefined),
    DialCallDuration: String(seconds ?? 0),
    DialCallSid: place.leg.sid,
    DialCallStatus: seconds === undefined ? 'no-answer' : 'completed',
  };
}

async function talk(leg: Leg, caller: Leg, bridge: Bridge, limitMs: number): Promise<void> {
  void leg.exchange.clock.sleep(limitMs, bridge.closed).then((passed) => {
    if (passed) bridge.close();
  });
  await leg.tell({ event: 'bridged', with: caller.sid });
  await aborted(bridge.closed);
  await leg.tell({ event: 'parted' });
}

import type { Bridge } from './bridge.ts';
import type { Element } from './document.ts';
import { Fault } from './fault.ts';
import { type Leg, Redirected } from './leg.ts';
import { followAction, type Next, performOnly, playDocument, type Source } from './play.ts';
import { Place, type Queue } from './queue.ts';
import { aborted } from './signals.ts';
import type { Stage } from './sound.ts';
import type { Webhook } from './webhook.ts';

/** How a stay in a queue ended (https://www.twilio.com/docs/voice/twiml/enqueue#action). */
type QueueResult =
  | 'bridged'
  | 'bridging-in-process'
  | 'error'
  | 'hangup'
  | 'leave'
  | 'queue-full'
  | 'redirected'
  | 'redirected-from-bridged';

const performWaiting = performOnly(
  ['Play', 'Say', 'Pause', 'Hangup', 'Redirect', 'Leave', 'Gather'],
  'what a queue plays to those who wait',
);
const performAnnouncing = performOnly(
  ['Play', 'Say', 'Pause', 'Redirect'],
  'what a caller hears before they are connected',
);

/** The shortest time between two wait requests: a document without sounds would otherwise be requested endlessly at one instant. */
const shortestTurnMs = 1000;

/**
 * Plays an Enqueue: puts a caller into a queue, which is created if needed, until an agent's Dial takes them or they leave. Then its
 * action is requested with the result, or without an action the next verb follows.
 */
export async function playEnqueue(leg: Leg, stage: Stage, verb: Element): Promise<Next> {
  const { action, method = 'POST', maxQueueSize } = verb.attributes;
  const queue = leg.exchange.queues.named(verb.text.trim());
  if (maxQueueSize !== undefined) queue.maxSize = Number(maxQueueSize);
  const place = new Place(leg, stage.signal);
  const result = queue.isFull ? 'queue-full' : await stay(leg, stage, verb, queue, place);
  const fields = { ...queue.timeOf(place), QueueResult: result };
  const url = action === undefined ? undefined : new URL(action.trim(), stage.url).href;
  return await followAction(leg, stage, url === undefined ? undefined : { url, method, fields });
}

async function stay(leg: Leg, stage: Stage, verb: Element, queue: Queue, place: Place): Promise<QueueResult> {
  queue.join(place);
  const signal = AbortSignal.any([stage.signal, place.taken]);
  try {
    await leg.tell({ event: 'queued', queue: queue.name });
    signal.throwIfAborted();
    const result = await hold(leg, stage, verb, queue, place, signal);
    if (place.bridge === undefined) return result;
  } catch (cause) {
    queue.leave(place);
    if (place.bridge === undefined) {
      if (stage.signal.aborted) return stage.signal.reason instanceof Redirected ? 'redirected' : 'hangup';
      if (!(cause instanceof Fault)) throw cause;
      await leg.fail(cause);
      return 'error';
    }
  } finally {
    queue.leave(place);
  }
  return await meet(leg, stage, queue, place, place.bridge);
}

/** Plays the documents of the wait URL again and again. After the document of a Redirect or a Gather, it is requested again, too. */
async function hold(
  leg: Leg,
  stage: Stage,
  { attributes: { waitUrl = '', waitUrlMethod = 'POST' } }: Element,
  queue: Queue,
  place: Place,
  signal: AbortSignal,
): Promise<QueueResult> {
  if (waitUrl === '') {
    await aborted(signal);
    signal.throwIfAborted();
  }
  const wait: Webhook = { url: new URL(waitUrl.trim(), stage.url).href, method: waitUrlMethod, fields: {} };
  const { clock } = leg.exchange;
  for (let source: Source = wait; ; ) {
    const begun = clock.now();
    const next: Next = await playDocument(
      leg,
      withFields(source, queue.fieldsOf(place)),
      signal,
      performWaiting,
    );
    if (next === 'leave') return 'leave';
    if (next !== undefined && 'over' in next) leg.leave(next.over);
    source = next !== undefined && 'source' in next ? next.source : wait;
    if (source === wait && clock.now() - begun < shortestTurnMs) await clock.sleep(shortestTurnMs, signal);
    signal.throwIfAborted();
  }
}

function withFields(source: Source, fields: Readonly<Record<string, string>>): Source {
  return 'twiml' in source ? source : { ...source, fields: { ...fields, ...source.fields } };
}

/** Plays the announcement to a caller whom an agent has taken, then connects them until either hangs up. */
async function meet(
  leg: Leg,
  stage: Stage,
  queue: Queue,
  place: Place,
  bridge: Bridge,
): Promise<QueueResult> {
  const signal = AbortSignal.any([stage.signal, bridge.closed]);
  try {
    if (bridge.announcement !== undefined) {
      const fields = { ...queue.timeOf(place), DequeingCallSid: bridge.agent.sid };
      await announce(leg, { ...bridge.announcement, fields }, signal);
    }
    signal.throwIfAborted();
    bridge.open(leg);
    await leg.tell({ event: 'bridged', with: bridge.agent.sid });
    await aborted(signal);
    await leg.tell({ event: 'parted' });
  } catch (cause) {
    if (!signal.aborted) {
      if (!(cause instanceof Fault)) throw cause;
      await leg.fail(cause);
      return 'error';
    }
  } finally {
    bridge.close();
  }
  const talked = bridge.seconds !== undefined;
  if (stage.signal.reason instanceof Redirected) return talked ? 'redirected-from-bridged' : 'redirected';
  if (talked) return 'bridged';
  return stage.signal.aborted ? 'hangup' : 'bridging-in-process';
}

async function announce(leg: Leg, first: Webhook, signal: AbortSignal): Promise<void> {
  for (let next: Next = { source: first }; typeof next === 'object' && 'source' in next; ) {
    next = await playDocument(leg, withFields(next.source, first.fields), signal, performAnnouncing);
  }
}

import { playDial } from './dial.ts';
import type { Element } from './document.ts';
import { playEnqueue } from './enqueue.ts';
import { Fault } from './fault.ts';
import { type Leg, Over, Redirected } from './leg.ts';
import { type Next, performPlain, playDocument, type Source } from './play.ts';
import { playRecord } from './record.ts';
import type { Stage } from './sound.ts';

/**
 * Plays document after document on a leg until the end of the call. Where one fails, the fallback URL is requested, unless its own document
 * was the one.
 */
export async function run(leg: Leg, first: Source, fallbackUrl: string | undefined): Promise<void> {
  let source = first;
  let fallback: Source | undefined;
  try {
    while (!leg.gone.aborted) {
      const next = await play(leg, source).catch(async (cause: unknown): Promise<Next> => {
        if (leg.gone.aborted || !(cause instanceof Fault)) throw cause;
        await leg.fail(cause);
        if (fallbackUrl === undefined || source === fallback) return { over: 'failed' };
        const fields = { ErrorCode: String(cause.code), ErrorUrl: 'url' in source ? source.url : '' };
        fallback = { url: fallbackUrl, method: 'POST', fields };
        return { source: fallback };
      });
      if (typeof next === 'object' && 'source' in next) source = next.source;
      else leg.leave(typeof next === 'object' ? next.over : 'finished');
    }
  } catch (cause) {
    if (!(cause instanceof Over)) await leg.fail(cause);
    leg.leave('failed');
  }
}

async function play(leg: Leg, source: Source): Promise<Next> {
  const signal = leg.begin();
  try {
    return await playDocument(leg, source, signal, perform);
  } catch (cause) {
    // An interrupted exchange throws errors of its own.
    if (signal.reason instanceof Redirected) return { source: signal.reason.source };
    throw signal.aborted ? signal.reason : cause;
  }
}

async function perform(leg: Leg, stage: Stage, verb: Element): Promise<Next> {
  const { name, attributes } = verb;
  if (leg.answeredAt === undefined) {
    if (name === 'Reject') return { over: attributes.reason === 'busy' ? 'busy' : 'rejected' };
    // A Pause or a Redirect as the first verb does not answer the call; every other verb does.
    if (name !== 'Pause' && name !== 'Redirect') leg.pickUp();
  }
  switch (name) {
    case 'Reject':
      return { over: 'hangup' };
    case 'Enqueue':
      return await playEnqueue(leg, stage, verb);
    case 'Dial':
      return await playDial(leg, stage, verb);
    case 'Record':
      return await playRecord(leg, stage, verb);
    case 'Leave':
      throw new Fault(12200, '<Leave> stands outside of what a queue plays');
    default:
      return await performPlain(leg, stage, verb);
  }
}

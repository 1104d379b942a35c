import type { EndReason, Listener } from './event.ts';
import type { Exchange } from './exchange.ts';
import { Leg } from './leg.ts';
import { run } from './run.ts';
import { Reports } from './status.ts';

/** The webhooks of a number. */
export interface Webhooks {
  readonly voiceUrl: string;
  readonly fallbackUrl?: string;
  readonly statusCallback?: string;
}

/** The result of a call. */
export interface Ended {
  readonly reason: EndReason;
  /** Whole seconds since the answer; 0 if nobody answered. */
  readonly seconds: number;
}

/** What the other side of a dial does: it answers, is busy, does not answer, cannot be reached, or hangs up after a talk. */
export const otherSides = ['answered', 'busy', 'no-answer', 'refused', 'talked'] as const;

/** One of these. */
export type OtherSide = (typeof otherSides)[number];

/** A call from the view of its phone. */
export interface Call {
  readonly sid: string;
  /** Answers a ringing call; `false` if it no longer rings. */
  answer(): boolean;
  /** Declines a ringing call as busy; `false` if it no longer rings. */
  decline(): boolean;
  /** Presses one key; `false` if no key is awaited, so that it is lost. */
  press(key: string): boolean;
  /** Ends the wait for a key now; `false` if no key is awaited. */
  silence(): boolean;
  /** Says something to the other side; `false` if there is none. */
  say(text: string): boolean;
  /** Speaks into a recording for some seconds, 0 for less than a second; `false` if nothing is recorded. */
  speak(seconds: number): boolean;
  /** Decides what the dialled number does, or ends the talk from its side; `false` if there is none. */
  other(does: OtherSide): boolean;
  hangup(): void;
  /** Aborted when the call is over. */
  readonly gone: AbortSignal;
  /** Resolves when the call is over and its status callbacks are answered. */
  readonly ended: Promise<Ended>;
}

/** Starts a call to a number. `listener` gets its events. */
export function startCall(
  exchange: Exchange,
  webhooks: Webhooks,
  { from, to }: { readonly from: string; readonly to: string },
  listener: Listener,
): Call {
  const leg = new Leg(exchange, { from, to, direction: 'inbound' }, 'ringing', listener);
  void follow(leg, webhooks);
  return leg;
}

async function follow(leg: Leg, { voiceUrl, fallbackUrl, statusCallback }: Webhooks): Promise<void> {
  const reports = new Reports(leg, statusCallback, ['completed']);
  await run(leg, { url: voiceUrl, method: 'POST', fields: {} }, fallbackUrl);
  reports.tell('completed');
  await reports.delivered();
  await leg.tellEnd();
  await leg.done();
  leg.end();
}

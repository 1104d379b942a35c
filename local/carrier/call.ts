import type { EndReason, Listener } from './event.ts';
import type { Exchange } from './exchange.ts';
import { Leg } from './leg.ts';
import { run } from './run.ts';
import { Reports } from './status.ts';

/** What a number rings. */
export interface Webhooks {
  readonly voiceUrl: string;
  readonly fallbackUrl?: string;
  readonly statusCallback?: string;
}

/** How a call went. */
export interface Ended {
  readonly reason: EndReason;
  /** Whole seconds from the answer on; 0 if nobody answered. */
  readonly seconds: number;
}

/** What the other side of a dial does: answers, is busy, lets it ring, cannot be reached, or hangs up after a talk. */
export const otherSides = ['answered', 'busy', 'no-answer', 'refused', 'talked'] as const;

/** One of these. */
export type OtherSide = (typeof otherSides)[number];

/** A call, seen from the phone that it is on. */
export interface Call {
  readonly sid: string;
  /** Takes a call that rings here; false if none does any more. */
  answer(): boolean;
  /** Lets the one who calls hear that this phone is busy; false if none rings here any more. */
  decline(): boolean;
  /** Presses one key; false if no key is awaited: it is lost. */
  press(key: string): boolean;
  /** Lets the time to wait for a key be over now; false if no key is awaited. */
  silence(): boolean;
  /** Says something to the one this phone talks to; false if there is nobody. */
  say(text: string): boolean;
  /** Speaks for a number of seconds into a recording, 0 for a word that is cut off; false if nothing is recorded. */
  speak(seconds: number): boolean;
  /** Decides what the number does that is dialled for this phone, or ends its talk from the other side; false if there is none. */
  other(does: OtherSide): boolean;
  hangup(): void;
  /** Aborted as soon as the call is over. */
  readonly gone: AbortSignal;
  /** Resolves when the call is over and its status callbacks are answered. */
  readonly ended: Promise<Ended>;
}

/** A call to one of the numbers. It runs by itself; the listener is told what happens on it. */
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

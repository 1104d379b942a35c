import { type Call, startCall, type Webhooks } from './call.ts';
import { type Clock, realClock } from './clock.ts';
import type { Listener } from './event.ts';
import type { Account } from './webhook.ts';

/** What a carrier serves. */
export interface Setup {
  readonly account: Account;
  /** What each number rings, by E.164 number. */
  readonly numbers: ReadonlyMap<string, Webhooks>;
  /** What every other number rings; without it, nobody has that number. */
  readonly others?: Webhooks;
  /** Where a public origin is really reached, where that is not itself. */
  readonly origins?: ReadonlyMap<string, string>;
}

/** How one call is made. */
export interface Dialled {
  readonly from: string;
  readonly to: string;
  readonly listener: Listener;
  /** The carrier's clock for this call; the world's when left out. */
  readonly clock?: Clock;
}

/** A carrier that knows TwiML, and nothing of who answers its webhooks. */
export interface Carrier {
  /** Rings a number. Undefined where nobody has it. */
  dial(dialled: Dialled): Call | undefined;
}

/** A carrier for an account and its numbers. */
export function createCarrier({ account, numbers, others, origins }: Setup): Carrier {
  return {
    dial({ from, to, listener, clock = realClock }) {
      const webhooks = numbers.get(to) ?? others;
      if (webhooks === undefined) return undefined;
      const line = { account, clock, ...(origins === undefined ? {} : { origins }) };
      return startCall(line, webhooks, { from, to }, listener);
    },
  };
}

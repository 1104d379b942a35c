/** The shape of a call's id. Wider than Twilio's (`CA` and 32 hex digits), because other carriers of TwiML have other ids. */
export const callSidPattern = /^[A-Za-z0-9:_.-]{1,128}$/;

/** The longest that a call can last: the carrier ends it after 4 hours (https://www.twilio.com/docs/voice/api/call-resource). */
export const longestCallMs = 4 * 3_600_000;

/** The call that an event belongs to. Every event carries it, so no state is needed between steps. */
export interface Call {
  /** The carrier's id of the call. */
  readonly callSid: string;
  /** The caller's address: E.164 if the carrier knows the number. */
  readonly from: string;
  /** The called number. */
  readonly to: string;
}

/** How a caller left a queue: after a talk, by hanging up, by our `leave`, because the queue was full, or by an error. */
export type LeftBy = 'talked' | 'hung-up' | 'taken-out' | 'full' | 'fault';

/** The result of a dial: a talk, or why there was none. */
export type DialledHow = 'talked' | 'busy' | 'no-answer' | 'failed';

/** What happened in a call and leads to a step. Nothing that a caller does is an error. */
export type Event = { readonly call: Call } & (
  | { readonly event: 'arrived' }
  /** The keys that were pressed: one, or several if the node waits for several. */
  | { readonly event: 'pressed'; readonly keys: string }
  | { readonly event: 'silent' }
  | { readonly event: 'continued' }
  /** The caller has just entered a queue with `ahead` callers before them. */
  | { readonly event: 'queued'; readonly ahead: number }
  /** An agent has answered and is about to be connected with the caller. */
  | { readonly event: 'connected'; readonly staffNo: string }
  /** A dial of an outside number is over. `gone`: the caller has hung up. */
  | { readonly event: 'dialled'; readonly how: DialledHow; readonly gone: boolean }
  /**
   * A recording is over. `recording` is its id, left out if nothing was recorded; `seconds` is its length. `failed`: the carrier
   * could not record. `gone`: the caller has hung up.
   */
  | {
      readonly event: 'recorded';
      readonly recording?: string;
      readonly seconds: number;
      readonly gone: boolean;
      readonly failed?: true;
    }
  | {
      readonly event: 'leftQueue';
      readonly by: LeftBy;
      readonly waitedSeconds: number;
      /** Whether the caller has hung up. */
      readonly gone: boolean;
      /** Whether an agent was being rung for the caller. */
      readonly ringing: boolean;
    }
);

/** What a node can wait for: a key, the end of a stay in a queue, of a dial, or of a recording. */
export const waitKinds = ['keys', 'queue', 'dial', 'recording'] as const;

/** One of these. */
export type WaitsFor = (typeof waitKinds)[number];

/** The keys of a phone. */
export const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const;

/** A key of a phone. */
export type Key = (typeof keys)[number];

/** Whether a text is exactly one key of a phone. */
export function isKey(typed: string): typed is Key {
  return (keys as readonly string[]).includes(typed);
}

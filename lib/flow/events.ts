/** The ids of calls, at any carrier that speaks TwiML: wider than Twilio's `CA` and 32 digits. */
export const callSidPattern = /^[A-Za-z0-9:_.-]{1,128}$/;

/** Who is on the line: told with every event, so that a step needs to remember nothing. */
export interface Call {
  /** The carrier's id of the call. */
  readonly callSid: string;
  /** The caller's number, E.164 where the carrier knows one. */
  readonly from: string;
  /** The number that was dialled. */
  readonly to: string;
}

/** How a caller left a queue: after a talk, by hanging up, because we took them out, because it was full, or by a fault. */
export type LeftBy = 'talked' | 'hung-up' | 'taken-out' | 'full' | 'fault';

/** How a dial went: after a talk, or why there was none. */
export type DialledHow = 'talked' | 'busy' | 'no-answer' | 'failed';

/** What the world says at a step. What a caller does is never an error. */
export type Event = { readonly call: Call } & (
  | { readonly event: 'arrived' }
  /** What was typed: one key, or several if the node waits for several. */
  | { readonly event: 'pressed'; readonly keys: string }
  | { readonly event: 'silent' }
  | { readonly event: 'continued' }
  /** The caller has just come into a queue, behind this many others. */
  | { readonly event: 'queued'; readonly ahead: number }
  /** An agent has answered, and the two are about to be connected. */
  | { readonly event: 'connected'; readonly staffNo: string }
  /** A dial of an outside number is over; `gone` if it was the caller who hung up. */
  | { readonly event: 'dialled'; readonly how: DialledHow; readonly gone: boolean }
  /**
   * A recording is over; without a `recording`, nothing was recorded. `seconds` are those of it, `failed` says that the carrier
   * could not record, and `gone` that the caller has hung up.
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

/** What a node can wait for: a key of the caller, that they leave a queue, or that a dial or a recording is over. */
export const waitKinds = ['keys', 'queue', 'dial', 'recording'] as const;

/** One of these. */
export type WaitsFor = (typeof waitKinds)[number];

/** The keys of a phone. */
export const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const;

/** A key of a phone. */
export type Key = (typeof keys)[number];

/** Whether what was typed is one key of a phone. */
export function isKey(typed: string): typed is Key {
  return (keys as readonly string[]).includes(typed);
}

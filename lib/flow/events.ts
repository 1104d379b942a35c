/** Who is on the line: told with every event, so that a step needs to remember nothing. */
export interface Call {
  /** The carrier's id of the call. */
  readonly callSid: string;
  /** The caller's number, E.164 where the carrier knows one. */
  readonly from: string;
  /** The number that was dialled. */
  readonly to: string;
}

/** What the world says at a step. What a caller does is never an error. */
export type Event = { readonly call: Call } & (
  | { readonly event: 'arrived' }
  | { readonly event: 'pressed'; readonly key: string }
  | { readonly event: 'silent' }
  | { readonly event: 'continued' }
);

/** The keys of a phone. */
export const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const;

/** A key of a phone. */
export type Key = (typeof keys)[number];

/** Whether what was typed is one key of a phone. */
export function isKey(typed: string): typed is Key {
  return (keys as readonly string[]).includes(typed);
}

/** What happens on a phone of the carrier that runs beside the console. */
export type PhoneEvent =
  | { readonly event: 'dialled' | 'registered'; readonly id: string }
  | { readonly event: 'ringing'; readonly from: string; readonly to: string }
  | { readonly event: 'heard'; readonly say: string; readonly language?: string; readonly voice?: string }
  | { readonly event: 'heard'; readonly play: string }
  | { readonly event: 'gathering'; readonly timeoutSeconds: number }
  | { readonly event: 'recording'; readonly leftSeconds: number }
  | { readonly event: 'queued'; readonly queue: string }
  | { readonly event: 'dialling'; readonly number: string }
  | { readonly event: 'bridged' | 'parted' | 'document' }
  | { readonly event: 'said' | 'message'; readonly text: string }
  | { readonly event: 'failed'; readonly code: number; readonly message: string }
  | { readonly event: 'ended'; readonly reason: string; readonly seconds: number };

/** Which phone is held: one that calls a number, or the one of an address, which is rung. */
export type PhoneOrder = { readonly to: string; readonly from: string } | { readonly address: string };

/** What the holder of a phone does with it. */
export type PhoneAct =
  | { readonly act: 'answer' | 'decline' | 'silence' | 'hangup' }
  | { readonly act: 'keys'; readonly keys: string }
  | { readonly act: 'say'; readonly text: string };

/** The phones of the carrier that runs beside the console. */
export interface Phones {
  /**
   * Holds a phone until the signal is aborted or its call is over; `tell` is called with each event, in order. Rejects with an
   * `Error` whose message is for people.
   */
  hold(order: PhoneOrder, tell: (event: PhoneEvent) => void, signal: AbortSignal): Promise<void>;
  /** Does something with a phone; resolves with `false` if its call is over. Rejects like `hold`. */
  act(id: string, act: PhoneAct): Promise<boolean>;
}

/** Why a call is over. `phone`: this phone hung up or declined it. */
export type EndReason =
  | 'phone'
  | 'hangup'
  | 'finished'
  | 'rejected'
  | 'busy'
  | 'no-answer'
  | 'canceled'
  | 'failed'
  | 'time-limit';

/** An event of a call, for its phone. */
export type CallEvent =
  /** This phone rings. */
  | { readonly event: 'ringing'; readonly from: string; readonly to: string }
  /** A document has arrived, valid or not. */
  | { readonly event: 'document'; readonly url: string; readonly xml: string }
  /** A text begins. */
  | { readonly event: 'heard'; readonly say: string; readonly voice?: string; readonly language?: string }
  /** An audio begins. */
  | { readonly event: 'heard'; readonly play: string }
  /** The sounds are over, and a key is awaited; also sent after each key. */
  | { readonly event: 'gathering'; readonly timeoutSeconds: number }
  /** The caller is recorded for at most `leftSeconds` more; also sent each time they have spoken. */
  | { readonly event: 'recording'; readonly leftSeconds: number }
  /** The caller is in a queue. */
  | { readonly event: 'queued'; readonly queue: string }
  /** An outside number is about to be rung for the caller. */
  | { readonly event: 'dialling'; readonly number: string }
  /** Two calls are connected. */
  | { readonly event: 'bridged'; readonly with: string }
  /** The other call says something. */
  | { readonly event: 'said'; readonly text: string }
  /** A text message has arrived. */
  | { readonly event: 'message'; readonly from: string; readonly text: string }
  /** The two calls are no longer connected. */
  | { readonly event: 'parted' }
  /** A webhook failed, or a document violates the carrier's rules. */
  | { readonly event: 'failed'; readonly code: number; readonly message: string }
  | { readonly event: 'ended'; readonly reason: EndReason; readonly seconds: number };

/** Receives the events of a call, in order. If it returns a promise, the call waits for it, and a virtual clock stands still. */
export type Listener = (event: CallEvent) => void | Promise<void>;

/** Why a call is over; `phone`: this phone hung up or, rung, did not want it. */
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

/** What happens on a call, as a phone can show it. */
export type CallEvent =
  /** This phone is rung. */
  | { readonly event: 'ringing'; readonly from: string; readonly to: string }
  /** A document has come, good or bad. */
  | { readonly event: 'document'; readonly url: string; readonly xml: string }
  /** The caller begins to hear a text. */
  | { readonly event: 'heard'; readonly say: string; readonly voice?: string; readonly language?: string }
  /** The caller begins to hear an audio. */
  | { readonly event: 'heard'; readonly play: string }
  /** All that there is to hear has been heard, and the carrier waits for a key, each key again. */
  | { readonly event: 'gathering'; readonly timeoutSeconds: number }
  /** What the phone says is recorded for some seconds more; told again after each thing that is said. */
  | { readonly event: 'recording'; readonly leftSeconds: number }
  /** The caller stands in a queue. */
  | { readonly event: 'queued'; readonly queue: string }
  /** A number outside is rung for the caller. */
  | { readonly event: 'dialling'; readonly number: string }
  /** Two calls hear each other from now on. */
  | { readonly event: 'bridged'; readonly with: string }
  /** The other call says something. */
  | { readonly event: 'said'; readonly text: string }
  /** A text message has come. */
  | { readonly event: 'message'; readonly from: string; readonly text: string }
  /** The two do not hear each other any more. */
  | { readonly event: 'parted' }
  /** Something broke the carrier's rules. */
  | { readonly event: 'failed'; readonly code: number; readonly message: string }
  | { readonly event: 'ended'; readonly reason: EndReason; readonly seconds: number };

/** Is told what happens, in order. A call waits for a promise it gives, and a virtual clock stands still meanwhile. */
export type Listener = (event: CallEvent) => void | Promise<void>;

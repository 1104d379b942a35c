/** Why a call is over. */
export type EndReason = 'caller' | 'hangup' | 'finished' | 'rejected' | 'busy' | 'failed' | 'time-limit';

/** What happens on a call, as a phone can show it. */
export type CallEvent =
  /** A document has come, good or bad. */
  | { readonly event: 'document'; readonly url: string; readonly xml: string }
  /** The caller begins to hear a text. */
  | { readonly event: 'heard'; readonly say: string; readonly voice?: string; readonly language?: string }
  /** The caller begins to hear an audio. */
  | { readonly event: 'heard'; readonly play: string }
  /** All that there is to hear has been heard, and the carrier waits for a key, each key anew. */
  | { readonly event: 'gathering'; readonly timeoutSeconds: number }
  /** Something broke the carrier's rules. */
  | { readonly event: 'failed'; readonly code: number; readonly message: string }
  | { readonly event: 'ended'; readonly reason: EndReason; readonly seconds: number };

/** Is told what happens, in order. A call waits for a promise it gives, and a virtual clock stands still meanwhile. */
export type Listener = (event: CallEvent) => void | Promise<void>;

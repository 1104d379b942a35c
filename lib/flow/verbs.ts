/** Speak a text, in the carrier's own language code and voice. */
export interface Say {
  readonly verb: 'say';
  readonly text: string;
  readonly language: string;
  readonly voice?: string;
}

/** Play an audio of the library. */
export interface Play {
  readonly verb: 'play';
  readonly audio: string;
}

/** What can be heard while a key is awaited. */
export type Sound = Say | Play;

/** Play the sounds and take one key; a key interrupts them. Silence is counted from the end of the sounds. */
export interface Gather {
  readonly verb: 'gather';
  readonly sounds: readonly Sound[];
  readonly timeoutSeconds: number;
}

/** Go on with the next document: this one is as long as it should be. */
export interface Continue {
  readonly verb: 'continue';
}

/** End the call. */
export interface Hangup {
  readonly verb: 'hangup';
}

/** What a phone is told to do. Nodes speak verbs; only the carrier's room knows how they are written. */
export type Verb = Sound | Gather | Continue | Hangup;

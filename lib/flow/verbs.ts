import type { Key } from './events.ts';

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

/** Play the sounds and take keys; the first one interrupts them. Silence is counted from the end of the sounds, then from each key. */
export interface Gather {
  readonly verb: 'gather';
  readonly sounds: readonly Sound[];
  readonly timeoutSeconds: number;
  /** How many keys are taken at most; 1 if left out. */
  readonly most?: number;
  /** The key that ends the entry and is not part of it; if left out, every key is part of it. */
  readonly finishKey?: Key;
}

/** Put the caller into the queue of a skill group. What comes after is the node's, once they have left it. */
export interface Enqueue {
  readonly verb: 'enqueue';
  readonly skillGroup: string;
  /** The audio of the library that is looped meanwhile. */
  readonly holdMusic: string;
  readonly maxWaitSeconds: number;
  /** The node has something to say to the event `queued`, which is heard first in the queue. */
  readonly announces?: true;
  /** What is heard in the queue, or when an agent answers, names variables that the call has set. */
  readonly remembers?: true;
}

/** Take the caller out of the queue they wait in. */
export interface Leave {
  readonly verb: 'leave';
}

/** Connect the agent who hears this with the caller who is first in the queue of a skill group. */
export interface Connect {
  readonly verb: 'connect';
  readonly skillGroup: string;
}

/** Ring a number outside, and connect the caller when it is answered. What comes after is the node's. */
export interface Dial {
  readonly verb: 'dial';
  /** In E.164. */
  readonly number: string;
  /** The number that the other side sees. */
  readonly callerId: string;
  readonly ringSeconds: number;
  readonly maxMinutes: number;
}

/** Beep, and record what the caller says until the finish key, silence, the longest time, or they hang up. */
export interface Recording {
  readonly verb: 'record';
  /** The skill group whose message it is. */
  readonly mailbox: string;
  readonly maxSeconds: number;
  readonly silenceSeconds: number;
  /** The key that ends it; if left out, none does. */
  readonly finishKey?: Key;
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
export type Verb = Sound | Gather | Enqueue | Leave | Connect | Dial | Recording | Continue | Hangup;

/** Whether a verb is a sound. */
export function isSound(verb: Verb): verb is Sound {
  return verb.verb === 'say' || verb.verb === 'play';
}

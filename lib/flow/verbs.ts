import type { Key } from './events.ts';

/** Speak a text. `language` is the carrier's code, `voice` the carrier's voice. */
export interface Say {
  readonly verb: 'say';
  readonly text: string;
  readonly language: string;
  readonly voice?: string;
}

/** Play an audio of the library: its id, or its file in a version with sounds. */
export interface Play {
  readonly verb: 'play';
  readonly audio: string;
}

/** A verb that can be heard while a key is awaited. */
export type Sound = Say | Play;

/** Play the sounds and take keys; the first key interrupts the sounds. The time-out runs from the end of the sounds, then from each key. */
export interface Gather {
  readonly verb: 'gather';
  readonly sounds: readonly Sound[];
  readonly timeoutSeconds: number;
  /** The most keys that are taken; 1 if left out. */
  readonly maxDigits?: number;
  /** The key that ends the entry and is not part of it; left out if there is none. */
  readonly finishKey?: Key;
}

/** Put the caller into the queue of a skill group. The node goes on when they have left it. */
export interface Enqueue {
  readonly verb: 'enqueue';
  readonly skillGroup: string;
  /** The library audio that is looped while they wait. */
  readonly holdMusic: string;
  readonly maxWaitSeconds: number;
  /** The node answers the event `queued` with an announcement that is heard first in the queue. */
  readonly announces?: true;
  /** A prompt in the queue, or one when an agent answers, uses variables that the call has set. */
  readonly remembers?: true;
}

/** Take the caller out of their queue. */
export interface Leave {
  readonly verb: 'leave';
}

/** Connect the agent on this call with the first caller in the queue of a skill group. */
export interface Connect {
  readonly verb: 'connect';
  readonly skillGroup: string;
}

/** Ring an outside number, and connect the caller when it is answered. The node goes on when the dial is over. */
export interface Dial {
  readonly verb: 'dial';
  /** In E.164. */
  readonly number: string;
  /** The number that the called side sees, in E.164. */
  readonly callerId: string;
  readonly ringSeconds: number;
  readonly maxMinutes: number;
}

/** Beep, then record the caller until the finish key, `silenceSeconds` of silence, `maxSeconds`, or a hang-up. */
export interface Recording {
  readonly verb: 'record';
  /** The skill group that gets the message. */
  readonly mailbox: string;
  readonly maxSeconds: number;
  readonly silenceSeconds: number;
  /** The key that ends the recording; left out if there is none. */
  readonly finishKey?: Key;
}

/** Go on with the next document, because this one is full. */
export interface Continue {
  readonly verb: 'continue';
}

/** End the call. */
export interface Hangup {
  readonly verb: 'hangup';
}

/** An instruction to the caller's phone. Nodes return verbs; only `lib/carrier` turns them into TwiML. */
export type Verb = Sound | Gather | Enqueue | Leave | Connect | Dial | Recording | Continue | Hangup;

/** Whether a verb is a sound. */
export function isSound(verb: Verb): verb is Sound {
  return verb.verb === 'say' || verb.verb === 'play';
}

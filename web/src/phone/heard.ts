import type { Sound } from '../../../lib/flow/verbs.ts';
import type { CallTurn } from './testcall.ts';

/** A sound of a call, or a file of one, and whether a key counts while it is heard. */
export interface HeardSound {
  readonly sound: Sound | { readonly verb: 'file'; readonly url: string };
  readonly takesKeys: boolean;
  /** It is heard again and again, as the music of a queue. */
  readonly loops?: true;
}

/** What is heard after something has happened, in order: the music of a queue last, behind what is announced there. */
export function soundsOf({ verbs }: Pick<CallTurn, 'verbs'>): HeardSound[] {
  const sounds = verbs.flatMap((verb): HeardSound[] => {
    switch (verb.verb) {
      case 'say':
      case 'play':
        return [{ sound: verb, takesKeys: false }];
      case 'gather':
        return verb.sounds.map((sound) => ({ sound, takesKeys: true }));
      case 'enqueue':
        return [{ sound: { verb: 'play', audio: verb.holdMusic }, takesKeys: false, loops: true }];
      default:
        return [];
    }
  });
  return [...sounds.filter(({ loops }) => loops !== true), ...sounds.filter(({ loops }) => loops === true)];
}

/** Whether a key that is pressed as soon as the first of these sounds is heard counts. */
export function takesEarlyKey(sounds: readonly HeardSound[]): boolean {
  return sounds[0]?.takesKeys !== false;
}

/** How far the calls on the test phone have come. */
export interface Progress {
  /** How many calls were begun. */
  readonly calls: number;
  /** How many things have happened in the last one. */
  readonly turns: number;
}

/** Whether a call has begun or gone on since, and was not taken back: then what came last is to be heard. */
export function hasGoneOn(before: Progress, now: Progress): boolean {
  return now.calls > before.calls || now.turns > before.turns;
}

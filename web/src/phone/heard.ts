import type { Sound } from '../../../lib/flow/verbs.ts';
import type { Scene } from './calling.ts';

/** A sound of a call, or a file of one, and whether a key counts while it is heard. */
export interface HeardSound {
  readonly sound: Sound | { readonly verb: 'file'; readonly url: string };
  readonly takesKeys: boolean;
  /** It is heard again and again, as the music of a queue. */
  readonly loops?: true;
}

/** What is heard after something has happened, in order: the music of a queue last, behind what is announced there. */
export function soundsOf({ verbs }: Pick<Scene, 'verbs'>): HeardSound[] {
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

import { type Pronunciation, pronounce } from './pronounce.ts';
import { isSpeakable } from './text.ts';
import { isSound, type Sound, type Verb } from './verbs.ts';

/**
 * The audio files and pronunciations of a version, stored with it when it is published, so that the version never changes. File
 * names are relative to the base URL of audio.
 */
export interface Sounds {
  /** The file of each library audio that the flow uses, by the audio's id. */
  readonly audio: Readonly<Record<string, string>>;
  /** The file of each synthesised text, by {@link speechKey}. */
  readonly speech: Readonly<Record<string, string>>;
  /** Pronunciations, by the carrier's code of the language. */
  readonly words: Readonly<Record<string, readonly Pronunciation[]>>;
}

/** The sounds of a version without files and pronunciations. */
export const noSounds: Sounds = { audio: {}, speech: {}, words: {} };

/** The sounds, or the object `noSounds` if they are empty: a step then skips them. */
export function orNoSounds(sounds: Sounds | undefined): Sounds {
  if (sounds === undefined) return noSounds;
  const { audio, speech, words } = sounds;
  return [audio, speech, words].every((each) => Object.keys(each).length === 0) ? noSounds : sounds;
}

/** The key of a spoken text: its language, its voice and the text. */
export function speechKey({
  language,
  voice = '',
  text,
}: {
  readonly language: string;
  readonly voice?: string | undefined;
  readonly text: string;
}): string {
  return `${language} ${voice} ${text}`;
}

/**
 * The verbs with the sounds of a version: audio ids become files, synthesised texts become files, and other texts get their
 * pronunciations. A text that is then empty is left out.
 */
export function withSounds(verbs: readonly Verb[], sounds: Sounds): Verb[] {
  return verbs.flatMap((verb): readonly Verb[] => {
    if (isSound(verb)) return sounding(verb, sounds);
    if (verb.verb === 'gather')
      return [{ ...verb, sounds: verb.sounds.flatMap((sound) => sounding(sound, sounds)) }];
    if (verb.verb === 'enqueue') return [{ ...verb, holdMusic: fileOf(sounds, verb.holdMusic) }];
    return [verb];
  });
}

/** Cache: the result for each sound in the version that used it last. The engine passes the same objects again. */
const kept = new WeakMap<Sound, { readonly sounds: Sounds; readonly heard: readonly Sound[] }>();

function sounding(sound: Sound, sounds: Sounds): readonly Sound[] {
  const known = kept.get(sound);
  if (known?.sounds === sounds) return known.heard;
  const heard = found(sound, sounds);
  kept.set(sound, { sounds, heard });
  return heard;
}

function found(sound: Sound, sounds: Sounds): readonly Sound[] {
  if (sound.verb === 'play') return [{ ...sound, audio: fileOf(sounds, sound.audio) }];
  const key = speechKey(sound);
  const file = Object.hasOwn(sounds.speech, key) ? sounds.speech[key] : undefined;
  if (file !== undefined) return [{ verb: 'play', audio: file }];
  const words = Object.hasOwn(sounds.words, sound.language) ? sounds.words[sound.language] : undefined;
  if (words === undefined) return [sound];
  const text = pronounce(sound.text, words);
  // The carrier treats a text without words as an error.
  return isSpeakable(text) ? [{ ...sound, text }] : [];
}

function fileOf({ audio }: Sounds, id: string): string {
  return (Object.hasOwn(audio, id) ? audio[id] : undefined) ?? id;
}

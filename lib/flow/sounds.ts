import { type Pronunciation, pronounce } from './pronounce.ts';
import { isSpeakable } from './text.ts';
import { isSound, type Sound, type Verb } from './verbs.ts';

/**
 * What a version plays, frozen with it when it was published: files under the base URL of audio, and how words are spoken.
 * So a published version never changes, and a step reads nothing of it.
 */
export interface Sounds {
  /** The file of each audio of the library that the flow names, by its id. */
  readonly audio: Readonly<Record<string, string>>;
  /** The file of each text that was synthesised, by {@link speechKey}. */
  readonly speech: Readonly<Record<string, string>>;
  /** How words are spoken, by the carrier's code of the language. */
  readonly words: Readonly<Record<string, readonly Pronunciation[]>>;
}

/** The sounds of a version that has none of its own. */
export const noSounds: Sounds = { audio: {}, speech: {}, words: {} };

/** Sounds as a version has them: `noSounds` itself if there are none, which a step need not look through. */
export function orNoSounds(sounds: Sounds | undefined): Sounds {
  if (sounds === undefined) return noSounds;
  const { audio, speech, words } = sounds;
  return [audio, speech, words].every((each) => Object.keys(each).length === 0) ? noSounds : sounds;
}

/** What tells one spoken text from another: its language, its voice and itself. */
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
 * The verbs as a version sounds: audio by its file, a text that was synthesised as its file, any other text with its words
 * as they are spoken; one of which nothing is left then is left out.
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

/** What sounds became in the version that said each of them last: the engine hands the same ones over again and again. */
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
  // A carrier takes a text without words for an error.
  return isSpeakable(text) ? [{ ...sound, text }] : [];
}

function fileOf({ audio }: Sounds, id: string): string {
  return (Object.hasOwn(audio, id) ? audio[id] : undefined) ?? id;
}

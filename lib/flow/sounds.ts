import { isSound, type Sound, type Verb } from './verbs.ts';

/** How a word is spoken. */
export interface Pronunciation {
  readonly word: string;
  readonly spokenAs: string;
}

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
 * as they are spoken.
 */
export function withSounds(verbs: readonly Verb[], sounds: Sounds): Verb[] {
  return verbs.map((verb) => {
    if (isSound(verb)) return sounding(verb, sounds);
    if (verb.verb === 'gather')
      return { ...verb, sounds: verb.sounds.map((sound) => sounding(sound, sounds)) };
    if (verb.verb === 'enqueue') return { ...verb, holdMusic: fileOf(sounds, verb.holdMusic) };
    return verb;
  });
}

function sounding(sound: Sound, sounds: Sounds): Sound {
  if (sound.verb === 'play') return { ...sound, audio: fileOf(sounds, sound.audio) };
  const key = speechKey(sound);
  const file = Object.hasOwn(sounds.speech, key) ? sounds.speech[key] : undefined;
  if (file !== undefined) return { verb: 'play', audio: file };
  const words = Object.hasOwn(sounds.words, sound.language) ? sounds.words[sound.language] : undefined;
  return words === undefined ? sound : { ...sound, text: pronounce(sound.text, words) };
}

function fileOf({ audio }: Sounds, id: string): string {
  return (Object.hasOwn(audio, id) ? audio[id] : undefined) ?? id;
}

/** The letters and digits of scripts that put spaces between words. */
const letter =
  '[[\\p{L}\\p{M}\\p{N}]--[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}]]';
const isLetter = new RegExp(`^${letter}$`, 'v');

/**
 * A text with its words as they are spoken: in one pass, the longest word first, capitals or not. In scripts that put spaces
 * between words, a word counts only if it stands alone: `Dr` is not found in `Drive`.
 */
export function pronounce(text: string, words: readonly Pronunciation[]): string {
  if (words.length === 0) return text;
  const spokenAs = new Map(words.map(({ word, spokenAs }) => [word.toLowerCase(), spokenAs]));
  const longestFirst = [...spokenAs.keys()].toSorted((one, other) => other.length - one.length);
  const found = new RegExp(longestFirst.map(alone).join('|'), 'giv');
  return text.replace(found, (word) => spokenAs.get(word.toLowerCase()) ?? word);
}

function alone(word: string): string {
  const signs = [...word];
  const before = isLetter.test(signs[0] ?? '') ? `(?<!${letter})` : '';
  const after = isLetter.test(signs.at(-1) ?? '') ? `(?!${letter})` : '';
  return before + word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') + after;
}

import type { Sound, Verb } from '../flow/verbs.ts';

/** Returns the length of a library audio in seconds; `undefined` if it is not known. */
export type AudioSeconds = (audio: string) => number | undefined;

/** The assumed length of an audio of unknown length, in seconds. */
export const usualAudioSeconds = 5;

/**
 * Estimates how long a text takes to speak, in seconds: 4.5 Han characters a second (a Mandarin voice), 7 kana or Hangul
 * syllables, 12 other letters (about 150 English words a minute), 3 digits, and a pause after each sentence and clause. Voices
 * differ by a fifth.
 */
export function spokenSeconds(text: string): number {
  let seconds = 0;
  for (const character of text) {
    if (/\p{Script=Han}/u.test(character)) seconds += 1 / 4.5;
    else if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(character)) seconds += 1 / 7;
    else if (/\p{N}/u.test(character)) seconds += 1 / 3;
    else if (/\p{L}/u.test(character)) seconds += 1 / 12;
    else if (/[.!?。！？]/u.test(character)) seconds += 0.4;
    else if (/[,;:，；：、]/u.test(character)) seconds += 0.2;
  }
  return seconds;
}

/** The length of a sound in seconds. */
function soundSeconds(sound: Sound, audio: AudioSeconds): number {
  return sound.verb === 'say' ? cachedSeconds(sound.text) : (audio(sound.audio) ?? usualAudioSeconds);
}

/** The length of the sounds in seconds: of all of them (`whole`), and of those during which keys are taken (`menu`). */
export function heardSeconds(verbs: readonly Verb[], audio: AudioSeconds): { whole: number; menu: number } {
  let [whole, menu] = [0, 0];
  for (const verb of verbs) {
    if (verb.verb === 'say' || verb.verb === 'play') whole += soundSeconds(verb, audio);
    if (verb.verb !== 'gather') continue;
    menu = verb.sounds.reduce((sum, sound) => sum + soundSeconds(sound, audio), 0);
    whole += menu;
  }
  return { whole, menu };
}

const known = new Map<string, number>();

/** Caches `spokenSeconds`, because the same texts are heard on many paths. */
function cachedSeconds(text: string): number {
  const found = known.get(text) ?? spokenSeconds(text);
  if (known.size > 10_000) known.clear();
  known.set(text, found);
  return found;
}

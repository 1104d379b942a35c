/** The length of a character in seconds: a Chinese, Japanese or Korean one is a syllable, others are about a third of one. */
const syllableSeconds = 0.2;
const letterSeconds = 0.06;

/** Loud enough to be heard, with headroom. */
const amplitude = 0.3 * 0x7fff;

/**
 * Tones in place of a voice: a tone for each letter or digit and a pause for any other character, so that the length depends on the text
 * and different texts sound different. 16-bit samples, mono.
 */
export function tonesOf(text: string, sampleRate: number): Int16Array {
  const parts = Array.from(text, (character) => toneOf(character, sampleRate));
  const samples = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}

function toneOf(character: string, sampleRate: number): Int16Array {
  const isSyllable = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(
    character,
  );
  const length = Math.round((isSyllable ? syllableSeconds : letterSeconds) * sampleRate);
  const samples = new Int16Array(length);
  if (!/[\p{L}\p{N}]/u.test(character)) return samples;
  // Two octaves from 220 Hz, the range of voices.
  const hertz = 220 * 2 ** (((character.codePointAt(0) ?? 0) % 24) / 12);
  for (let index = 0; index < length; index += 1) {
    const fade = Math.min(1, index / 80, (length - index) / 80);
    samples[index] = Math.round(amplitude * fade * Math.sin((2 * Math.PI * hertz * index) / sampleRate));
  }
  return samples;
}

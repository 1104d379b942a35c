import { createHash } from 'node:crypto';
import { level, targetLoudness } from './level.ts';
import type { Speaker, SpeechOrder } from './polly.ts';
import type { Rendition } from './rendition.ts';
import { phoneRate } from './sound.ts';
import { writeMuLawWav } from './wav.ts';

/** The version of the synthesis: increase it if the same order gives different audio, so that old files are not used. */
const recipe = 1;

/** The name of a synthesised text: 32 hex digits from a digest of all that determines its audio. */
export function speechName({ text, voiceId, engine, languageCode = '' }: SpeechOrder): string {
  const shapes = [recipe, 'mulaw', phoneRate, targetLoudness, voiceId, engine, languageCode, text];
  return createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 32);
}

/** The file of a synthesised text. */
export function speechFile(name: string): string {
  return `s-${name}.wav`;
}

/** Synthesises a text for phones: mono, 8 kHz, µ-law in a WAV, at the loudness of uploaded audio. Throws as {@link Speaker} does. */
export async function renderSpeech(speak: Speaker, order: SpeechOrder, until: number): Promise<Rendition> {
  const samples = level(await speak(order, until), phoneRate);
  return {
    file: speechFile(speechName(order)),
    content: writeMuLawWav(samples, phoneRate),
    seconds: samples.length / phoneRate,
  };
}

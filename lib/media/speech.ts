import { createHash } from 'node:crypto';
import { level, targetLoudness } from './level.ts';
import type { Speaker, SpeechOrder } from './polly.ts';
import type { Rendition } from './rendition.ts';
import { phoneRate } from './sound.ts';
import { writeMuLawWav } from './wav.ts';

/** Changes whenever the same order is made into another sound, so that nothing old is taken for it. */
const recipe = 1;

/** The name of all that shapes the sound of a text: 32 hex digits. The same order has the same name for ever. */
export function speechName({ text, voiceId, engine, languageCode = '' }: SpeechOrder): string {
  const shapes = [recipe, 'mulaw', phoneRate, targetLoudness, voiceId, engine, languageCode, text];
  return createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 32);
}

/** The file that callers hear of a text. */
export function speechFile(name: string): string {
  return `s-${name}.wav`;
}

/** Speaks a text for phones: mono, 8 kHz, µ-law in a WAV, at the loudness of uploaded audio. Throws as {@link Speaker} does. */
export async function renderSpeech(speak: Speaker, order: SpeechOrder, until: number): Promise<Rendition> {
  const samples = level(await speak(order, until), phoneRate);
  return {
    file: speechFile(speechName(order)),
    content: writeMuLawWav(samples, phoneRate),
    seconds: samples.length / phoneRate,
  };
}

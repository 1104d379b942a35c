import { createHash } from 'node:crypto';
import libsamplerate from '@alexanderolsen/libsamplerate-js';
import { level } from './level.ts';
import { phoneRate, type Samples } from './sound.ts';
import { writeMuLawWav } from './wav.ts';

/** The version of an audio that callers hear: an immutable file, named by its content. */
export interface Rendition {
  /** `a-`, 32 hex digits of the content's SHA-256, and `.wav`. */
  readonly file: string;
  readonly content: Uint8Array;
  readonly seconds: number;
}

/** Creates the rendition for phones: mono, 8 kHz, levelled, µ-law in a WAV. */
export async function renderForPhones(sound: Samples): Promise<Rendition> {
  const samples = level(await resample(mono(sound), sound.sampleRate), phoneRate);
  return renditionOf(writeMuLawWav(samples, phoneRate), samples.length / phoneRate);
}

/** Names a file for phones by its content. */
function renditionOf(content: Uint8Array, seconds: number): Rendition {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 32);
  return { file: `a-${digest}.wav`, content, seconds };
}

function mono({ channels }: Samples): Float32Array {
  const [left = new Float32Array(), right] = channels;
  return right === undefined ? left : left.map((sample, index) => (sample + (right[index] ?? 0)) / 2);
}

async function resample(samples: Float32Array, from: number): Promise<Float32Array> {
  if (from === phoneRate) return samples;
  const { create, ConverterType } = libsamplerate;
  const converter = await create(1, from, phoneRate, {
    converterType: ConverterType.SRC_SINC_MEDIUM_QUALITY,
  });
  try {
    // The filter delays its last samples until more input comes, so silence is added.
    const padded = new Float32Array(samples.length + Math.ceil(from / 10));
    padded.set(samples);
    return converter.full(padded).slice(0, Math.round((samples.length * phoneRate) / from));
  } finally {
    converter.destroy();
  }
}

import { type AudioType, audioTypes, largestBytes, largestSeconds } from '../flow/upload.ts';
import { type AudioFault, AudioRefused } from './fault.ts';
import { isMp3, readMp3 } from './mp3.ts';
import { type Samples, secondsOf } from './sound.ts';
import { isWav, readWav } from './wav.ts';

/**
 * Decodes an uploaded file of any content. A file that is not MP3 or WAV, is not of the announced type, or is too large or too long is
 * returned as a fault. Never throws because of a file's content.
 */
export async function readSound(
  bytes: Uint8Array,
  announced: AudioType,
): Promise<{ readonly sound: Samples } | { readonly fault: AudioFault }> {
  try {
    const sound = await decode(bytes, announced);
    if (secondsOf(sound) > largestSeconds) throw new AudioRefused('too-long');
    return { sound };
  } catch (error) {
    if (error instanceof AudioRefused) return { fault: error.fault };
    throw error;
  }
}

async function decode(bytes: Uint8Array, announced: AudioType): Promise<Samples> {
  if (bytes.length === 0) throw new AudioRefused('empty');
  if (bytes.length > largestBytes) throw new AudioRefused('too-big');
  const kind = isWav(bytes) ? 'wav' : isMp3(bytes) ? 'mp3' : undefined;
  if (kind === undefined) throw new AudioRefused('not-audio');
  if (kind !== audioTypes[announced]) throw new AudioRefused('wrong-type');
  return kind === 'wav' ? readWav(bytes) : await readMp3(bytes);
}

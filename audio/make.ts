import { writeFileSync } from 'node:fs';
import { Mp3Encoder } from '@breezystack/lamejs';
import { audioFile } from '../lib/flow/audio.ts';
import { holdMusic } from '../lib/flow/prompt.ts';
import { strike } from './piano.ts';
import { beatSeconds, lengthBeats, notes } from './score.ts';

/** Samples a second: twice what a telephone takes, so that wideband calls lose nothing. */
export const rate = 16_000;

const kilobitsASecond = 24;

/** The effective level of the music, of full scale: about −20 LUFS, as loud as speech on a telephone. */
const level = 0.1;

/** How long the end takes to fade out, so that a turn begins and ends in silence. */
const fadeSeconds = 0.3;

/** One turn of the hold music: mono, a whole number a sample, from −32768 to 32767. The same at every run. */
export function render(): Int16Array {
  const track = new Float64Array(lengthBeats * beatSeconds * rate);
  for (const note of notes) strike(track, rate, beatSeconds, note);
  const fade = fadeSeconds * rate;
  for (let left = 0; left < fade; left += 1) {
    const sample = track.length - 1 - left;
    track[sample] = (track[sample] ?? 0) * (1 - Math.cos((Math.PI * left) / fade)) * 0.5;
  }
  const power = track.reduce((sum, value) => sum + value * value, 0) / track.length;
  const scale = (level / Math.sqrt(power)) * 32_767;
  return Int16Array.from(track, (value) => Math.round(value * scale));
}

/** Samples as an MP3 file: mono, constant bit rate, no tags. The same bytes at every run. */
export function encode(samples: Int16Array): Uint8Array {
  const encoder = new Mp3Encoder(1, rate, kilobitsASecond);
  // What it types as bytes are signed ones.
  const parts = [encoder.encodeBuffer(samples), encoder.flush()];
  return Buffer.concat(parts.map((part) => Uint8Array.from(part)));
}

/** Where the hold music lies, ready to be served. */
export const holdMusicFile = new URL(audioFile(holdMusic), import.meta.url);

if (import.meta.main) writeFileSync(holdMusicFile, encode(render()));

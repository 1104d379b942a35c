import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encode, holdMusicFile, rate, render } from '../audio/make.ts';
import { audioFile } from '../lib/flow/audio.ts';
import { walkMpeg } from './kit/mpeg.ts';

const file = readFileSync(holdMusicFile);
const samples = render();

describe('the file', () => {
  test('is what the score gives: else `node audio/make.ts`, and the next number in its name', () => {
    expect(file.equals(encode(render()))).toBe(true);
  });

  test('is MP3 without a flaw, mono, one turn of 20 seconds at most', () => {
    const { seconds, ...rest } = walkMpeg(file);
    expect(rest).toEqual({ frames: 502, rate: 16_000, kilobitsASecond: 24, mono: true });
    // The encoder adds its own delay and fills the last frame.
    expect(seconds - samples.length / rate).toBeGreaterThanOrEqual(0);
    expect(seconds - samples.length / rate).toBeLessThan(0.1);
    expect(seconds).toBeLessThanOrEqual(20);
  });

  test('is small', () => {
    expect(file.length).toBeLessThanOrEqual(60_000);
  });

  test.each([
    ['is cut off', file.subarray(0, -1)],
    ['has a byte too many', Buffer.concat([file, Buffer.of(0)])],
    ['lost a byte in the middle', Buffer.concat([file.subarray(0, 5000), file.subarray(5001)])],
    ['is empty', Buffer.alloc(0)],
    ['is no MP3', Buffer.from('RIFF....WAVEfmt ')],
  ])('would be refused if it %s', (_, bytes) => {
    expect(() => walkMpeg(bytes)).toThrow();
  });
});

describe('the sound', () => {
  const share = (sample: number) => sample / 32_767;
  /** The effective level of each half second, in decibels below full scale. */
  const levels = Array.from({ length: Math.floor((2 * samples.length) / rate) }, (_, half) => {
    const part = samples.subarray((half * rate) / 2, ((half + 1) * rate) / 2);
    return 10 * Math.log10(part.reduce((sum, sample) => sum + share(sample) ** 2, 0) / part.length);
  });

  test('is as loud as speech on a telephone, and far from clipping', () => {
    const power = samples.reduce((sum, sample) => sum + share(sample) ** 2, 0) / samples.length;
    expect(10 * Math.log10(power)).toBeCloseTo(-20, 1);
    expect(samples.reduce((peak, sample) => Math.max(peak, Math.abs(share(sample))), 0)).toBeLessThan(0.5);
  });

  test('is steady: nowhere silent, nowhere sudden', () => {
    expect(Math.min(...levels)).toBeGreaterThan(-25);
    expect(Math.max(...levels)).toBeLessThan(-18);
  });

  test('begins and ends in silence, so that one turn may follow the other at any time', () => {
    expect(samples.at(0)).toBe(0);
    expect(Math.max(...samples.subarray(-20).map(Math.abs))).toBeLessThan(5);
  });

  test('has no click: no step from sample to sample is near the loudest one', () => {
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    let steepest = 0;
    samples.forEach((sample, index) => {
      if (index > 0) steepest = Math.max(steepest, Math.abs(sample - (samples[index - 1] ?? 0)));
    });
    expect(steepest).toBeLessThan(peak / 2);
  });

  test('goes through a telephone: most of it lies in 300–3400 Hz, and nothing above', () => {
    const { below, within, above } = bandsOf(samples);
    expect(within / (below + within + above)).toBeGreaterThan(0.6);
    expect(above / (below + within + above)).toBeLessThan(0.0001);
  });
});

test('an audio of the library has its id as its name, the hold music a number', () => {
  expect(audioFile('hold-music')).toBe('hold-music-1.mp3');
  expect(audioFile('opening-hours')).toBe('opening-hours');
});

/** The power of a sound below, within and above the telephone's band, from some windows of it. */
function bandsOf(sound: Int16Array) {
  const size = 2048;
  const bands = { below: 0, within: 0, above: 0 };
  for (let from = rate; from + size < sound.length; from += 3 * rate) {
    for (let bin = 1; bin < size / 2; bin += 1) {
      const turn = (2 * Math.PI * bin) / size;
      let real = 0;
      let imaginary = 0;
      for (let index = 0; index < size; index += 1) {
        const windowed = (sound[from + index] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size));
        real += windowed * Math.cos(turn * index);
        imaginary += windowed * Math.sin(turn * index);
      }
      const hertz = (bin * rate) / size;
      const band = hertz < 300 ? 'below' : hertz <= 3400 ? 'within' : 'above';
      bands[band] += real ** 2 + imaginary ** 2;
    }
  }
  return bands;
}

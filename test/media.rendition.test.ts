import { describe, expect, test } from 'vitest';
import { level, targetLoudness } from '../lib/media/level.ts';
import { loudnessOf } from '../lib/media/loudness.ts';
import { readSound } from '../lib/media/read.ts';
import { renderForPhones } from '../lib/media/rendition.ts';
import type { Samples } from '../lib/media/sound.ts';
import { phoneRate } from '../lib/media/sound.ts';
import { tone } from './kit/audio.ts';

describe('loudness', () => {
  test.each([8000, 16_000, 44_100, 48_000])('a full sine of 997 Hz at %i Hz is -3.0 LUFS', (rate) => {
    // BS.1770-4, annex 1: "if a 0 dB FS 997 Hz sine wave is applied to the left channel, the indicated loudness is -3.01".
    expect(loudnessOf(tone({ seconds: 3, rate, hertz: 997, level: 1 }), rate)).toBeCloseTo(-3.01, 1);
  });

  test('pauses do not count', () => {
    const spoken = tone({ seconds: 4, hertz: 997, level: 0.1 });
    const paused = new Float32Array(spoken.length * 4);
    paused.set(spoken, spoken.length);
    expect(loudnessOf(paused, 8000)).toBeCloseTo(loudnessOf(spoken, 8000), 0);
  });

  test('silence has none, and a click of 0.1 s has some', () => {
    expect(loudnessOf(new Float32Array(8000), 8000)).toBe(Number.NEGATIVE_INFINITY);
    expect(loudnessOf(tone({ seconds: 0.1 }), 8000)).toBeGreaterThan(-20);
  });
});

describe('levelling', () => {
  test.each([0.02, 0.1, 0.5, 1])('a tone of %f comes to the target', (height) => {
    const levelled = level(tone({ seconds: 2, level: height }), 8000);
    expect(loudnessOf(levelled, 8000)).toBeCloseTo(targetLoudness, 0);
  });

  test('a peak is turned down, not cut off', () => {
    const quiet = tone({ seconds: 3, level: 0.01 });
    for (let index = 12_000; index < 12_040; index++) quiet[index] = (quiet[index] ?? 0) * 90;
    const levelled = level(quiet, 8000);
    const peak = Math.max(...levelled.map(Math.abs));
    expect(peak).toBeLessThanOrEqual(10 ** (-2 / 20) + 1e-6);
    // Clipping would flatten the top: few samples may lie at the very peak.
    expect(levelled.filter((sample) => Math.abs(sample) > peak * 0.999).length).toBeLessThan(12);
  });

  test('noise is not blown up, silence stays silence', () => {
    expect(loudnessOf(level(tone({ seconds: 2, level: 0.0008 }), 8000), 8000)).toBeLessThan(-38);
    expect(level(new Float32Array(8000), 8000).every((sample) => sample === 0)).toBe(true);
  });
});

describe('a rendition for phones', () => {
  const stereo: Samples = {
    kind: 'wav',
    sampleRate: 44_100,
    channels: [
      tone({ seconds: 2, rate: 44_100, level: 0.05 }),
      tone({ seconds: 2, rate: 44_100, level: 0.05 }),
    ],
  };

  test('is a mono µ-law WAV of 8 kHz at the target, as long as the original', async () => {
    const { file, content, seconds } = await renderForPhones(stereo);
    expect(file).toMatch(/^a-[0-9a-f]{32}\.wav$/);
    expect(seconds).toBe(2);
    const read = await readSound(content, 'audio/wav');
    if ('fault' in read) throw new Error(read.fault.reason);
    expect(read.sound).toMatchObject({ sampleRate: phoneRate });
    expect(read.sound.channels).toHaveLength(1);
    expect(loudnessOf(read.sound.channels[0] ?? new Float32Array(), phoneRate)).toBeCloseTo(
      targetLoudness,
      0,
    );
    expect(Buffer.from(content).readUInt16LE(20)).toBe(7);
  });

  test('keeps the pitch, and folds nothing above 4 kHz down into it', async () => {
    const { content } = await renderForPhones({
      ...stereo,
      channels: [
        sum(
          tone({ seconds: 1, rate: 44_100, hertz: 1000, level: 0.2 }),
          tone({ seconds: 1, rate: 44_100, hertz: 6000, level: 0.2 }),
        ),
      ],
    });
    const read = await readSound(content, 'audio/wav');
    const samples = 'sound' in read ? (read.sound.channels[0] ?? new Float32Array()) : new Float32Array();
    // 6 kHz would be heard as 2 kHz.
    expect(power(samples, 1000)).toBeGreaterThan(300 * power(samples, 2000));
  });

  test('has the same name whenever it is made, another for another sound', async () => {
    const { file } = await renderForPhones(stereo);
    expect((await renderForPhones(stereo)).file).toBe(file);
    expect((await renderForPhones({ ...stereo, sampleRate: 48_000 })).file).not.toBe(file);
  });
});

function sum(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((sample, index) => sample + (other[index] ?? 0));
}

/** The power of a sound at one pitch (Goertzel). */
function power(samples: Float32Array, hertz: number): number {
  let real = 0;
  let imaginary = 0;
  samples.forEach((sample, index) => {
    real += sample * Math.cos((2 * Math.PI * hertz * index) / phoneRate);
    imaginary += sample * Math.sin((2 * Math.PI * hertz * index) / phoneRate);
  });
  return real * real + imaginary * imaginary;
}

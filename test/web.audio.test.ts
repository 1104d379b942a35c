import { describe, expect, test } from 'vitest';
import { readSound } from '../lib/media/read.ts';
import { fileFault } from '../web/src/audio/filefault.ts';
import { monoOf, wavOf } from '../web/src/audio/wav.ts';
import { tone } from './kit/audio.ts';

describe('what is recorded in the browser', () => {
  test('is a WAV that the check of uploads takes, as it sounded', async () => {
    const samples = tone({ seconds: 2, level: 0.4 });
    const read = await readSound(new Uint8Array(wavOf(samples, 8000)), 'audio/wav');
    if ('fault' in read) throw new Error(read.fault.reason);
    const [channel = new Float32Array()] = read.sound.channels;
    expect([read.sound.sampleRate, channel.length]).toEqual([8000, samples.length]);
    expect(
      Math.max(...channel.map((sample, index) => Math.abs(sample - (samples[index] ?? 0)))),
    ).toBeLessThan(0.0001);
  });

  test('that is too loud is cut, not turned over', async () => {
    const read = await readSound(new Uint8Array(wavOf(Float32Array.of(2, -2, 1, -1), 8000)), 'audio/wav');
    if ('fault' in read) throw new Error(read.fault.reason);
    const [channel = new Float32Array()] = read.sound.channels;
    expect([...channel].map((sample) => Math.round(sample))).toEqual([1, -1, 1, -1]);
  });

  test('is one channel: the mean of all', () => {
    expect([...monoOf([Float32Array.of(1, 0), Float32Array.of(0, -1)])]).toEqual([0.5, -0.5]);
    expect([...monoOf([Float32Array.of(0.25)])]).toEqual([0.25]);
    expect([...monoOf([])]).toEqual([]);
  });
});

test.each([
  [{ name: 'a.mp3', size: 1 }, undefined],
  [{ name: 'A.WAV', size: 5 * 1024 * 1024 }, undefined],
  [{ name: 'a.ogg', size: 1 }, 'type'],
  [{ name: 'wav', size: 1 }, 'type'],
  [{ name: 'a.wav', size: 0 }, 'empty'],
  [{ name: 'a.wav', size: 5 * 1024 * 1024 + 1 }, 'tooLarge'],
])('the file %j: %s', (file, fault) => expect(fileFault(file)).toBe(fault));

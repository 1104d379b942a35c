import { deflateRawSync } from 'node:zlib';
import alawmulaw from 'alawmulaw';
import { describe, expect, test } from 'vitest';
import type { AudioType } from '../lib/flow/upload.ts';
import { audioRules } from '../lib/media/fault.ts';
import { readSound } from '../lib/media/read.ts';
import { secondsOf } from '../lib/media/sound.ts';
import { id3, mp3Of, pcm16, tone, wav, wavOf } from './kit/audio.ts';

const oneSecond = tone();
const mp3 = mp3Of(tone({ rate: 16_000, seconds: 3 }));
const seen = new Set<string>();

async function ruleOf(bytes: Uint8Array, type: AudioType): Promise<string> {
  const read = await readSound(bytes, type);
  if (!('fault' in read)) return `${secondsOf(read.sound).toFixed(1)} s`;
  seen.add(read.fault.rule);
  return read.fault.rule;
}

describe('what is taken', () => {
  test.each([
    { name: '16-bit PCM', file: wavOf(oneSecond) },
    { name: '8-bit PCM', file: wav({ bits: 8, data: Uint8Array.from(oneSecond, (s) => 128 + s * 127) }) },
    { name: 'µ-law', file: wav({ format: 7, bits: 8, data: alawmulaw.mulaw.encode(pcmOf(oneSecond)) }) },
    { name: 'A-law', file: wav({ format: 6, bits: 8, data: alawmulaw.alaw.encode(pcmOf(oneSecond)) }) },
    {
      name: 'stereo at 48 kHz',
      file: wav({ channels: 2, rate: 48_000, data: stereo(tone({ rate: 48_000 })) }),
    },
    { name: '24-bit PCM', file: wav({ bits: 24, data: wide(oneSecond, 3) }) },
    { name: '32-bit PCM', file: wav({ bits: 32, data: wide(oneSecond, 4) }) },
  ])('a WAV: $name', async ({ file }) => {
    const read = await readSound(file, 'audio/wav');
    if ('fault' in read) throw new Error(read.fault.reason);
    expect(secondsOf(read.sound)).toBeCloseTo(1, 3);
    // A sine of 0.5 has a mean square of 0.125, whatever carried it.
    for (const samples of read.sound.channels) {
      expect(samples.reduce((sum, s) => sum + s * s, 0) / samples.length).toBeCloseTo(0.125, 2);
    }
  });

  test('an MP3, with and without tags around it', async () => {
    const tail = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
    for (const file of [mp3, Buffer.concat([id3(4000), mp3]), Buffer.concat([mp3, tail])]) {
      const read = await readSound(file, 'audio/mpeg');
      if ('fault' in read) throw new Error(read.fault.reason);
      expect(secondsOf(read.sound)).toBeGreaterThan(2.9);
      expect(secondsOf(read.sound)).toBeLessThan(3.2);
      expect(read.sound.channels).toHaveLength(1);
    }
  });
});

describe('what is refused', () => {
  const text = Buffer.from('Welcome to our phone menu. '.repeat(2000));
  const ogg = Buffer.concat([Buffer.from('OggS\0\x02'), Buffer.alloc(5000, 7)]);
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), Buffer.alloc(5000, 9)]);
  const zip = Buffer.concat([Buffer.from('PK\x03\x04'), deflateRawSync(text)]);
  const html = Buffer.from('<!doctype html><script>alert(1)</script>');
  const frame = mp3.subarray(0, 288);

  test.each<{ name: string; file: Uint8Array; type?: AudioType; rule: string }>([
    { name: '0 bytes', file: Buffer.alloc(0), rule: 'empty' },
    { name: 'text', file: text, rule: 'not-audio' },
    { name: 'html', file: html, rule: 'not-audio' },
    { name: 'ogg', file: ogg, rule: 'not-audio' },
    { name: 'png', file: png, rule: 'not-audio' },
    { name: 'zip', file: zip, rule: 'not-audio' },
    { name: 'a WAV announced as MP3', file: wavOf(oneSecond), rule: 'wrong-type' },
    { name: 'an MP3 announced as WAV', file: mp3, type: 'audio/wav', rule: 'wrong-type' },
    { name: 'more than 5 MB', file: Buffer.alloc(5 * 1024 * 1024 + 1, 1), rule: 'too-big' },
    { name: 'half an MP3', file: mp3.subarray(0, mp3.length / 2 - 20), rule: 'cut-off' },
    {
      name: 'an MP3 cut between two frames of which more were announced',
      file: announcing(200),
      rule: 'cut-off',
    },
    { name: 'one frame and junk', file: Buffer.concat([frame, Buffer.alloc(200_000, 65)]), rule: 'damaged' },
    { name: 'junk in the middle', file: Buffer.concat([mp3, Buffer.alloc(999, 65), mp3]), rule: 'damaged' },
    {
      name: 'two MP3s of different rates in one',
      file: Buffer.concat([mp3, mp3Of(tone(), 8000)]),
      rule: 'damaged',
    },
    { name: 'ID3 of 4 MiB', file: Buffer.concat([id3(4 * 1024 * 1024), mp3]), rule: 'tags-too-big' },
    { name: 'ID3 alone', file: id3(3000), rule: 'no-sound' },
    { name: 'ID3 and then text', file: Buffer.concat([id3(300), text]), rule: 'damaged' },
    { name: 'an MP3 of 6 minutes in 360 KB', file: long(361), rule: 'too-long' },
    {
      name: 'a WAV of 0 bytes of data',
      file: wav({ data: Buffer.alloc(0) }),
      type: 'audio/wav',
      rule: 'no-sound',
    },
    {
      name: 'a WAV that claims 0 bytes',
      file: wav({ data: pcm16(oneSecond), dataSize: 0 }),
      type: 'audio/wav',
      rule: 'no-sound',
    },
    {
      name: 'a WAV that claims 4 GB',
      file: wav({ data: pcm16(oneSecond), dataSize: 0xffff_ffff }),
      type: 'audio/wav',
      rule: 'cut-off',
    },
    { name: 'half a WAV', file: wavOf(oneSecond).subarray(0, 6000), type: 'audio/wav', rule: 'cut-off' },
    { name: 'a WAV without its format', file: noFormat(), type: 'audio/wav', rule: 'damaged' },
    {
      name: 'a WAV of 8 channels',
      file: wav({ channels: 8, data: pcm16(oneSecond) }),
      type: 'audio/wav',
      rule: 'wrong-channels',
    },
    {
      name: 'a WAV of 192 kHz',
      file: wav({ rate: 192_000, data: pcm16(oneSecond) }),
      type: 'audio/wav',
      rule: 'wrong-rate',
    },
    {
      name: 'a WAV of 1 Hz',
      file: wav({ rate: 1, data: pcm16(oneSecond) }),
      type: 'audio/wav',
      rule: 'wrong-rate',
    },
    {
      name: 'a WAV of ADPCM',
      file: wav({ format: 2, bits: 4, data: pcm16(oneSecond) }),
      type: 'audio/wav',
      rule: 'wrong-format',
    },
    {
      name: 'a WAV of 12 bits',
      file: wav({ bits: 12, data: pcm16(oneSecond) }),
      type: 'audio/wav',
      rule: 'wrong-format',
    },
    {
      name: 'a WAV of floats',
      file: wav({ format: 3, bits: 32, data: pcm16(oneSecond) }),
      type: 'audio/wav',
      rule: 'wrong-format',
    },
    {
      name: 'a WAV of 6 minutes',
      file: wav({ format: 7, bits: 8, data: Buffer.alloc(8000 * 360) }),
      type: 'audio/wav',
      rule: 'too-long',
    },
  ])('$name: $rule', async ({ file, type = 'audio/mpeg', rule }) => {
    expect(await ruleOf(file, type)).toBe(rule);
  });

  test('every rule is met by one of these', () => {
    expect([...seen].sort()).toEqual([...audioRules].sort());
  });

  test('any bytes behind a good beginning are read or refused, never thrown at', async () => {
    const random = mulberry(7);
    for (const [good, type] of [
      [mp3, 'audio/mpeg'],
      [wavOf(oneSecond), 'audio/wav'],
    ] as const) {
      for (let round = 0; round < 40; round++) {
        const bytes = Buffer.from(good.subarray(0, 6000));
        for (let hit = 0; hit < 1 + round; hit++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
        expect(await ruleOf(bytes, type)).toMatch(/^[a-z0-9. -]+$/);
      }
    }
  });
});

/** An MP3 whose first frame announces more frames than there are. */
function announcing(count: number): Buffer {
  const first = Buffer.from(mp3.subarray(0, 288));
  first.fill(0, 4);
  first.write('Info', 21, 'latin1');
  first.writeUInt32BE(1, 25);
  first.writeUInt32BE(count, 29);
  return Buffer.concat([first, mp3]);
}

/** Frames of 8 kbit/s and 24 kHz, for some seconds: the cheapest way to be long. */
function long(seconds: number): Buffer {
  const frame = Buffer.alloc(24);
  frame.set([0xff, 0xf3, 0x14, 0xc4]);
  return Buffer.concat(Array.from({ length: Math.ceil((seconds * 24_000) / 576) }, () => frame));
}

function noFormat(): Buffer {
  const file = wavOf(oneSecond);
  file.write('junk', 12, 'latin1');
  return file;
}

function pcmOf(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => sample * 0x7fff);
}

function stereo(samples: Float32Array): Buffer {
  return pcm16(Float32Array.from({ length: samples.length * 2 }, (_, index) => samples[index >> 1] ?? 0));
}

/** PCM of more than 16 bits. */
function wide(samples: Float32Array, bytes: number): Buffer {
  const data = Buffer.alloc(samples.length * bytes);
  samples.forEach((sample, index) => {
    data.writeIntLE(Math.round(sample * (2 ** (bytes * 8 - 1) - 1)), index * bytes, bytes);
  });
  return data;
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

import alawmulaw from 'alawmulaw';
import { largestSeconds } from '../flow/upload.ts';
import { AudioRefused } from './fault.ts';
import type { Samples } from './sound.ts';

/** The supported codecs, by the format tag of the `fmt ` chunk (RFC 2361). */
const pcm = 1;
const aLaw = 6;
const muLaw = 7;
const extensible = 0xfffe;

interface Format {
  readonly codec: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bits: number;
}

/** Whether the bytes begin like a RIFF WAVE file. */
export function isWav(bytes: Uint8Array): boolean {
  return bytes.length >= 12 && text(bytes, 0) === 'RIFF' && text(bytes, 8) === 'WAVE';
}

/**
 * Decodes a WAV: PCM of 8, 16, 24 or 32 bits, µ-law or A-law, 1 or 2 channels, 8 to 48 kHz.
 *
 * @throws {AudioRefused} for any other format, or if the sizes in the file are wrong.
 */
export function readWav(bytes: Uint8Array): Samples {
  const { format, data } = chunksOf(bytes);
  const { codec, channels, sampleRate, bits } = format;
  if (channels < 1 || channels > 2) throw new AudioRefused('wrong-channels');
  if (sampleRate < 8000 || sampleRate > 48_000) throw new AudioRefused('wrong-rate');
  const sampleBytes = bits / 8;
  const frames = Math.floor(data.length / (sampleBytes * channels));
  if (frames === 0) throw new AudioRefused('no-sound');
  if (frames > largestSeconds * sampleRate) throw new AudioRefused('too-long');
  const sampleAt = samplesOf(data, codec, bits);
  const decoded = Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: frames }, (_, frame) => sampleAt(frame * channels + channel)),
  );
  return { kind: 'wav', sampleRate, channels: decoded };
}

function chunksOf(bytes: Uint8Array): { readonly format: Format; readonly data: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = text(bytes, at);
    const size = view.getUint32(at + 4, true);
    const begin = at + 8;
    if (size > bytes.length - begin) throw new AudioRefused('cut-off');
    if (name === 'fmt ') format = formatOf(view, begin, size);
    if (name === 'data') {
      if (format === undefined) throw new AudioRefused('damaged');
      return { format, data: bytes.subarray(begin, begin + size) };
    }
    // Chunks begin at even offsets.
    at = begin + size + (size % 2);
  }
  throw new AudioRefused('no-sound');
}

function formatOf(view: DataView, begin: number, size: number): Format {
  if (size < 16) throw new AudioRefused('damaged');
  const tag = view.getUint16(begin, true);
  const bits = view.getUint16(begin + 14, true);
  // The first two bytes of an extensible format's GUID are the format tag.
  const codec = tag === extensible && size >= 40 ? view.getUint16(begin + 24, true) : tag;
  const known =
    codec === pcm ? [8, 16, 24, 32].includes(bits) : (codec === aLaw || codec === muLaw) && bits === 8;
  if (!known) throw new AudioRefused('wrong-format');
  return {
    codec,
    channels: view.getUint16(begin + 2, true),
    sampleRate: view.getUint32(begin + 4, true),
    bits,
  };
}

/** Returns a function that reads the n-th sample as a number between -1 and 1. */
function samplesOf(data: Uint8Array, codec: number, bits: number): (index: number) => number {
  const { mulaw, alaw } = alawmulaw;
  if (codec === muLaw) return (index) => mulaw.decodeSample(data[index] ?? 0) / 0x8000;
  if (codec === aLaw) return (index) => alaw.decodeSample(data[index] ?? 0) / 0x8000;
  // Samples of 8 bits are unsigned, all others signed.
  if (bits === 8) return (index) => ((data[index] ?? 128) - 128) / 128;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (bits === 16) return (index) => view.getInt16(index * 2, true) / 0x8000;
  if (bits === 32) return (index) => view.getInt32(index * 4, true) / 0x8000_0000;
  return (index) => (view.getUint16(index * 3, true) + view.getInt8(index * 3 + 2) * 0x10000) / 0x80_0000;
}

/** Decodes µ-law to samples between -1 and 1. */
export function fromMuLaw(bytes: Uint8Array): Float32Array {
  return Float32Array.from(bytes, (byte) => alawmulaw.mulaw.decodeSample(byte) / 0x8000);
}

/** Decodes signed 16-bit PCM, little-endian, to samples between -1 and 1. */
export function fromPcm16(bytes: Uint8Array): Float32Array {
  const sampleAt = samplesOf(bytes, pcm, 16);
  return Float32Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) => sampleAt(index));
}

/** Encodes samples between -1 and 1 as a mono µ-law WAV, the format of phone lines, which every carrier plays. */
export function writeMuLawWav(samples: Float32Array, sampleRate: number): Uint8Array {
  return muLawWav(
    Uint8Array.from(samples, (sample) => alawmulaw.mulaw.encodeSample(Math.round(sample * 0x7fff))),
    sampleRate,
  );
}

/** A mono WAV with these µ-law bytes. */
function muLawWav(data: Uint8Array, sampleRate: number): Uint8Array {
  const headBytes = 58;
  const file = new Uint8Array(headBytes + data.length + (data.length % 2));
  const view = new DataView(file.buffer);
  put(file, 0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  put(file, 8, 'WAVEfmt ');
  view.setUint32(16, 18, true);
  view.setUint16(20, muLaw, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  // A format that is not PCM has a `fact` chunk with the number of samples.
  put(file, 38, 'fact');
  view.setUint32(42, 4, true);
  view.setUint32(46, data.length, true);
  put(file, 50, 'data');
  view.setUint32(54, data.length, true);
  file.set(data, headBytes);
  return file;
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function put(file: Uint8Array, at: number, name: string): void {
  for (let index = 0; index < name.length; index++) file[at + index] = name.charCodeAt(index);
}

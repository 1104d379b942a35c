import { MPEGDecoder } from 'mpg123-decoder';
import { largestSeconds } from '../flow/upload.ts';
import { AudioRefused } from './fault.ts';
import type { Samples } from './sound.ts';

/** The most bytes of tags before the audio, to refuse cover pictures. */
const largestTag = 256 * 1024;

/** The bit rates of layer III in kbit/s, by the index in the header: MPEG 1, then MPEG 2 and 2.5 (ISO 11172-3 and 13818-3). */
const bitRates = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const sampleRates = [44_100, 48_000, 32_000] as const;

interface Frame {
  readonly bytes: number;
  readonly samples: number;
  readonly sampleRate: number;
}

/** Whether the bytes begin like an MP3: with an ID3 tag, or with a frame header. */
export function isMp3(bytes: Uint8Array): boolean {
  return tagBytes(bytes) > 0 || frameAt(bytes, 0) !== undefined;
}

/**
 * Decodes an MP3 completely. Its frames are counted first, so that the length is known before memory is allocated, and damaged parts are
 * found, which the decoder would skip.
 *
 * @throws {AudioRefused} if it is damaged, cut off, longer than 5 minutes, or has tags of more than 256 KB.
 */
export async function readMp3(bytes: Uint8Array): Promise<Samples> {
  const tag = tagBytes(bytes);
  if (tag > largestTag) throw new AudioRefused('tags-too-big');
  const { begin, end } = walk(bytes, tag);
  const decoder = new MPEGDecoder({ enableGapless: true });
  await decoder.ready;
  try {
    const { channelData, samplesDecoded, sampleRate, errors } = decoder.decode(bytes.subarray(begin, end));
    if (errors.length > 0) throw new AudioRefused('damaged');
    if (samplesDecoded === 0) throw new AudioRefused('no-sound');
    const same = channelData.length > 1 && isSame(channelData);
    return { kind: 'mp3', sampleRate, channels: same ? channelData.slice(0, 1) : channelData };
  } finally {
    decoder.free();
  }
}

/** The bytes of an ID3v2 tag at the beginning, including its header; 0 without a tag. */
function tagBytes(bytes: Uint8Array): number {
  const [i, d, three, version = 0xff, revision = 0xff, flags = 0, ...size] = bytes.subarray(0, 10);
  const isTag = i === 0x49 && d === 0x44 && three === 0x33 && version < 0xff && revision < 0xff;
  if (!isTag || size.length < 4 || size.some((byte) => byte > 0x7f)) return 0;
  const footer = (flags & 0x10) === 0 ? 0 : 10;
  return 10 + size.reduce((sum, byte) => sum * 0x80 + byte, 0) + footer;
}

/** Walks all frames, and returns the offsets where they begin and end. Zeros may come before them, and tags after. */
function walk(bytes: Uint8Array, tag: number): { readonly begin: number; readonly end: number } {
  let begin = tag;
  while (begin < bytes.length && bytes[begin] === 0) begin++;
  if (begin >= bytes.length) throw new AudioRefused('no-sound');
  const first = frameAt(bytes, begin);
  if (first === undefined) throw new AudioRefused('damaged');
  let at = begin;
  let seconds = 0;
  for (let frame: Frame | undefined = first; frame !== undefined; frame = frameAt(bytes, at)) {
    if (frame.sampleRate !== first.sampleRate) throw new AudioRefused('damaged');
    if (at + frame.bytes > bytes.length) throw new AudioRefused('cut-off');
    at += frame.bytes;
    seconds += frame.samples / frame.sampleRate;
    if (seconds > largestSeconds + 1) throw new AudioRefused('too-long');
  }
  if (!isTail(bytes.subarray(at))) throw new AudioRefused('damaged');
  const announced = announcedFrames(bytes.subarray(begin, begin + first.bytes));
  // The frame with the announcement is not counted, and some encoders announce one too many.
  const counted = Math.round((seconds * first.sampleRate) / first.samples) - 1;
  if (announced !== undefined && counted + 1 < announced) throw new AudioRefused('cut-off');
  return { begin, end: at };
}

/** The frame at an offset, by its header; `undefined` if there is no header of layer III. */
function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  const [sync = 0, kind = 0, rate = 0] = bytes.subarray(at, at + 3);
  if (at + 4 > bytes.length || sync !== 0xff || (kind & 0xe6) !== 0xe2) return undefined;
  const version = (kind >> 3) & 3;
  const bitRate = bitRates[version === 3 ? 1 : 2][rate >> 4];
  const base = sampleRates[((rate >> 2) & 3) as 0 | 1 | 2];
  // Version 1 is reserved, 0 is MPEG 2.5. A bit rate of 0 is the free format, which is not supported.
  if (version === 1 || !bitRate || base === undefined) return undefined;
  const sampleRate = version === 3 ? base : version === 2 ? base / 2 : base / 4;
  const samples = version === 3 ? 1152 : 576;
  const padding = (rate >> 1) & 1;
  return { bytes: Math.floor((samples * 125 * bitRate) / sampleRate) + padding, samples, sampleRate };
}

/** The number of frames that a `Xing` or `Info` header in the first frame announces. */
function announcedFrames(frame: Uint8Array): number | undefined {
  const found = /(?:Xing|Info)(....)(....)/s.exec(Buffer.from(frame).toString('latin1'));
  if (found === null) return undefined;
  const [, flags = '', count = ''] = found;
  return (flags.charCodeAt(3) & 1) === 1 ? Buffer.from(count, 'latin1').readUInt32BE() : undefined;
}

/** Whether only padding and tags (ID3v1, APE, Lyrics3, ID3v2.4) follow the last frame. */
function isTail(tail: Uint8Array): boolean {
  if (tail.every((byte) => byte === 0)) return true;
  return (
    tail.length <= largestTag &&
    /^\0*(TAG|APETAGEX|LYRICSBEGIN|ID3)/.test(Buffer.from(tail).toString('latin1'))
  );
}

/** Whether two channels are equal: mono files are decoded to two. */
function isSame([left, right]: readonly Float32Array[]): boolean {
  return left !== undefined && right !== undefined && left.every((sample, index) => sample === right[index]);
}

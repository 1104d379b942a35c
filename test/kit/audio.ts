import { Mp3Encoder } from '@breezystack/lamejs';

/** Samples of a tone, from -1 to 1. */
export function tone({ seconds = 1, rate = 8000, hertz = 440, level = 0.5 } = {}): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, index) => level * Math.sin((2 * Math.PI * hertz * index) / rate),
  );
}

/** What a WAV is made of; sizes are what fits unless they are to lie. */
export interface WavParts {
  readonly format?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  readonly data: Uint8Array;
  readonly dataSize?: number;
}

/** A WAV file of its parts, as true or untrue as they are. */
export function wav({ format = 1, channels = 1, rate = 8000, bits = 16, data, dataSize }: WavParts): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(format, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE((rate * channels * bits) / 8, 28);
  head.writeUInt16LE((channels * bits) / 8, 32);
  head.writeUInt16LE(bits, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(dataSize ?? data.length, 40);
  return Buffer.concat([head, data]);
}

/** Samples as PCM of 16 bits, little-endian. */
export function pcm16(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => {
    bytes.writeInt16LE(Math.max(-0x8000, Math.min(0x7fff, Math.round(sample * 0x7fff))), index * 2);
  });
  return bytes;
}

/** A WAV of 16-bit PCM. */
export function wavOf(samples: Float32Array, rate = 8000): Buffer {
  return wav({ rate, data: pcm16(samples) });
}

/** An MP3 of mono samples, 64 kbit/s, without any tag. */
export function mp3Of(samples: Float32Array, rate = 16_000): Buffer {
  const encoder = new Mp3Encoder(1, rate, 64);
  const pcm = Int16Array.from(samples, (sample) => Math.round(sample * 0x7fff));
  return Buffer.concat([Buffer.from(encoder.encodeBuffer(pcm)), Buffer.from(encoder.flush())]);
}

/** An ID3v2.4 tag with this many bytes of padding. */
export function id3(padding: number): Buffer {
  const size = [21, 14, 7, 0].map((shift) => (padding >> shift) & 0x7f);
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, ...size]), Buffer.alloc(padding)]);
}

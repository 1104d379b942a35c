/** What the frames of an MP3 file say of it. */
export interface Mpeg {
  readonly frames: number;
  readonly seconds: number;
  readonly rate: number;
  readonly kilobitsASecond: number;
  readonly mono: boolean;
}

/** Bit rates and sample rates of MPEG 2, layer III, by their index in a frame's header (ISO/IEC 13818-3, 2.4.2.3). */
const kilobits = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const rates = [22_050, 24_000, 16_000];
const samplesAFrame = 576;

/**
 * Walks an MP3 file of MPEG 2, layer III from frame to frame. Throws an Error if a frame does not begin at the end of the
 * one before it, is cut off, or differs from the first one in rate, bit rate or channels.
 */
export function walkMpeg(bytes: Uint8Array): Mpeg {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let first: Header | undefined;
  let at = 0;
  let frames = 0;
  while (at < bytes.length) {
    if (bytes.length - at < 4) throw new Error(`byte ${at}: a header is cut off`);
    const header = headerOf(view.getUint32(at), at);
    first ??= header;
    const { rate, kilobitsASecond, mono } = header;
    if (rate !== first.rate || kilobitsASecond !== first.kilobitsASecond || mono !== first.mono) {
      throw new Error(`byte ${at}: the frame differs from the first one`);
    }
    at += header.bytes;
    frames += 1;
  }
  if (first === undefined) throw new Error('there is no frame');
  if (at > bytes.length) throw new Error('the last frame is cut off');
  const { rate, kilobitsASecond, mono } = first;
  return { frames, seconds: (frames * samplesAFrame) / rate, rate, kilobitsASecond, mono };
}

interface Header {
  readonly bytes: number;
  readonly rate: number;
  readonly kilobitsASecond: number;
  readonly mono: boolean;
}

function headerOf(word: number, at: number): Header {
  if (word >>> 21 !== 0x7ff) throw new Error(`byte ${at}: no frame begins here`);
  if (((word >>> 17) & 15) !== 0b1001) throw new Error(`byte ${at}: the frame is not MPEG 2, layer III`);
  const kilobitsASecond = kilobits[(word >>> 12) & 15];
  const rate = rates[(word >>> 10) & 3];
  if (!kilobitsASecond || rate === undefined) throw new Error(`byte ${at}: the frame has no rate`);
  const padding = (word >>> 9) & 1;
  const bytes = Math.floor((samplesAFrame / 8) * ((kilobitsASecond * 1000) / rate)) + padding;
  return { bytes, rate, kilobitsASecond, mono: ((word >>> 6) & 3) === 3 };
}

/** A WAV of 16-bit PCM, mono: what the library takes of a recording. `samples` lie between -1 and 1. */
export function wavOf(samples: Float32Array, sampleRate: number): ArrayBuffer {
  const headBytes = 44;
  const file = new ArrayBuffer(headBytes + samples.length * 2);
  const view = new DataView(file);
  const write = (at: number, text: string) => {
    for (let index = 0; index < text.length; index += 1) view.setUint8(at + index, text.charCodeAt(index));
  };
  write(0, 'RIFF');
  view.setUint32(4, file.byteLength - 8, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => {
    const limited = Math.max(-1, Math.min(1, sample));
    view.setInt16(headBytes + index * 2, Math.round(limited * 0x7fff), true);
  });
  return file;
}

/** The mean of channels, as one. */
export function monoOf(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(), ...others] = channels;
  if (others.length === 0) return first;
  return first.map(
    (sample, index) => others.reduce((sum, channel) => sum + (channel[index] ?? 0), sample) / channels.length,
  );
}

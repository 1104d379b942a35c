/** A WAV file with a number of samples, 8,000 a second: a quiet buzz. */
export function wavOf(samples: number): Uint8Array<ArrayBuffer> {
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt32LE(16_000, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let at = 44; at < file.length; at += 2) file.writeInt16LE(((at * 37) % 2000) - 1000, at);
  return new Uint8Array(file);
}

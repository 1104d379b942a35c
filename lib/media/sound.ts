/** The sample rate of phone lines, in Hz. */
export const phoneRate = 8000;

/** A decoded file: one array for each channel, of equal lengths, with samples between -1 and 1. `sampleRate` is in Hz. */
export interface Samples {
  readonly kind: 'mp3' | 'wav';
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}

/** The length of a sound in seconds. */
export function secondsOf({ channels, sampleRate }: Samples): number {
  return (channels[0]?.length ?? 0) / sampleRate;
}

/** The sample rate of phone lines, in Hz. */
export const phoneRate = 8000;

/** A decoded file: one Float32Array a channel, of equal lengths, its samples between -1 and 1. */
export interface Samples {
  readonly kind: 'mp3' | 'wav';
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}

/** How long a sound is, in seconds. */
export function secondsOf({ channels, sampleRate }: Samples): number {
  return (channels[0]?.length ?? 0) / sampleRate;
}

import { loudnessOf } from './loudness.ts';

/** The loudness of everything that callers hear, in LUFS. Spoken prompts on phone lines have -23 to -18 LUFS. */
export const targetLoudness = -20;

/** The largest sample after levelling: -2 dBFS, which leaves headroom for µ-law. */
const ceiling = 10 ** (-2 / 20);

/** The largest gain, 24 dB: more would also amplify the noise of quiet recordings. */
const largestGain = 10 ** (24 / 20);

/** How long before a peak the limiter reduces the gain, in seconds. */
const lookAhead = 0.005;

/** Brings a mono sound to {@link targetLoudness} and limits its peaks. Silence stays silence. */
export function level(samples: Float32Array, sampleRate: number): Float32Array {
  const loudness = loudnessOf(samples, sampleRate);
  if (loudness === Number.NEGATIVE_INFINITY) return samples;
  const gain = Math.min(10 ** ((targetLoudness - loudness) / 20), largestGain);
  return limit(
    samples.map((sample) => sample * gain),
    Math.max(1, Math.round(lookAhead * sampleRate)),
  );
}

/**
 * Reduces peaks to the ceiling without clipping. The gain of each sample is the mean, within `reach` samples on both sides, of the lowest
 * gains within `reach` samples, which is never more than the sample itself needs.
 */
function limit(samples: Float32Array, reach: number): Float32Array {
  const needed = samples.map((sample) => Math.min(1, ceiling / Math.abs(sample)));
  const lowest = slidingLowest(needed, reach);
  let sum = 0;
  const width = 2 * reach + 1;
  const at = (index: number) => lowest[Math.min(Math.max(index, 0), lowest.length - 1)] ?? 1;
  for (let index = -reach; index <= reach; index++) sum += at(index);
  return samples.map((sample, index) => {
    // Rounding errors of the running sum must not raise a peak above the ceiling.
    const gain = Math.min(sum / width, needed[index] ?? 1);
    sum += at(index + reach + 1) - at(index - reach);
    return sample * gain;
  });
}

/** For each value, the lowest one within `reach` places on both sides. */
function slidingLowest(values: Float32Array, reach: number): Float32Array {
  const lowest = new Float32Array(values.length);
  // Indexes of increasing values; the first one is the lowest in reach.
  const queue = new Int32Array(values.length);
  let first = 0;
  let end = 0;
  for (let index = 0; index < values.length + reach; index++) {
    if (index < values.length) {
      const value = values[index] ?? 1;
      while (end > first && (values[queue[end - 1] ?? 0] ?? 1) >= value) end--;
      queue[end++] = index;
    }
    const centre = index - reach;
    if (centre < 0) continue;
    while ((queue[first] ?? 0) < centre - reach) first++;
    lowest[centre] = values[queue[first] ?? 0] ?? 1;
  }
  return lowest;
}

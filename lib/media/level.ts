import { loudnessOf } from './loudness.ts';

/** What all that callers hear is levelled to: spoken prompts on phone lines lie between -23 and -18 LUFS. */
export const targetLoudness = -20;

/** No sample is above this after levelling: -2 dBFS leaves µ-law its room. */
const ceiling = 10 ** (-2 / 20);

/** A whisper is made louder by 24 dB at most: more would lift the noise behind it. */
const largestGain = 10 ** (24 / 20);

/** How far ahead of a peak the limiter turns down, in seconds. */
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
 * Turns peaks down to the ceiling without clipping them. The gain that each sample needs is spread over the samples around it:
 * its lowest value within `reach` samples, then the mean over the same width, which is never above what the sample needs.
 */
function limit(samples: Float32Array, reach: number): Float32Array {
  const needed = samples.map((sample) => Math.min(1, ceiling / Math.abs(sample)));
  const lowest = slidingLowest(needed, reach);
  let sum = 0;
  const width = 2 * reach + 1;
  const at = (index: number) => lowest[Math.min(Math.max(index, 0), lowest.length - 1)] ?? 1;
  for (let index = -reach; index <= reach; index++) sum += at(index);
  return samples.map((sample, index) => {
    // Rounding in the running sum must not lift a peak over the ceiling.
    const gain = Math.min(sum / width, needed[index] ?? 1);
    sum += at(index + reach + 1) - at(index - reach);
    return sample * gain;
  });
}

/** For each value the lowest within `reach` places on both sides. */
function slidingLowest(values: Float32Array, reach: number): Float32Array {
  const lowest = new Float32Array(values.length);
  // Indices of values that are lowest from themselves on; the first is the lowest in reach.
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

/**
 * Loudness by ITU-R BS.1770-4 (https://www.itu.int/rec/R-REC-BS.1770): two filters that model the ear, the mean square of blocks of
 * 400 ms that overlap by three quarters, and two gates that exclude pauses.
 */

interface Biquad {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** The two filters for a sample rate. The standard has coefficients for 48 kHz; these are computed from the analogue filters. */
function filters(sampleRate: number): readonly Biquad[] {
  return [shelf(sampleRate), highPass(sampleRate)];
}

function shelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  };
}

function highPass(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}

function filtered(samples: Float32Array, { b, a }: Biquad): Float32Array {
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  return samples.map((x) => {
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    return y;
  });
}

/** The integrated loudness of a mono sound in LUFS; `-Infinity` for silence. A sound under 400 ms counts as one block. */
export function loudnessOf(samples: Float32Array, sampleRate: number): number {
  const heard = filters(sampleRate).reduce(filtered, samples);
  const powers = blockPowers(heard, sampleRate);
  const audible = powers.filter((power) => lufs(power) > -70);
  const gate = lufs(mean(audible)) - 10;
  return lufs(mean(audible.filter((power) => lufs(power) > gate)));
}

function blockPowers(samples: Float32Array, sampleRate: number): number[] {
  const step = Math.round(sampleRate / 10);
  const sums: number[] = [];
  for (let at = 0; at < samples.length; at += step) {
    let sum = 0;
    for (const sample of samples.subarray(at, at + step)) sum += sample * sample;
    sums.push(sum);
  }
  if (samples.length < 4 * step)
    return [sums.reduce((all, sum) => all + sum, 0) / Math.max(1, samples.length)];
  const whole = Math.floor(samples.length / step);
  return Array.from({ length: whole - 3 }, (_, at) => mean(sums.slice(at, at + 4)) / step);
}

function lufs(power: number): number {
  return power > 0 ? -0.691 + 10 * Math.log10(power) : Number.NEGATIVE_INFINITY;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

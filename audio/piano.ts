import type { Note } from './score.ts';

/** The highest frequency that a telephone lets through. */
const highestHertz = 3400;

/** How fast a struck key sounds, and how fast it dies away once it is let go: without a click. */
const attackSeconds = 0.006;
const damperSeconds = 0.14;

/** After how long a damped key is not heard any more. */
const goneSeconds = 8 * damperSeconds;

/** How loud the harmonics of a key are, from the fundamental on: round, with a little of a bell. */
const harmonics = [1, 0.42, 0.16, 0.12, 0.05, 0.03];

/** How much faster each harmonic dies away than the one below it. */
const dulling = 0.55;

/**
 * Adds the sound of a note on an electric piano to a track.
 *
 * @param track one number a sample; it is as long as the music.
 * @param rate samples a second.
 * @param beatSeconds how long a beat is.
 */
export function strike(track: Float64Array, rate: number, beatSeconds: number, note: Note): void {
  const { hertz, loudness } = note;
  const from = Math.round(note.beat * beatSeconds * rate);
  const heldSeconds = note.beats * beatSeconds;
  const samples = Math.min(track.length - from, Math.round((heldSeconds + goneSeconds) * rate));
  // Long strings ring longer.
  const ringSeconds = 1.6 * Math.sqrt(262 / hertz);
  const heard = harmonics.map((share, index) => ({ share, order: index + 1 }));
  const partials = heard.filter(({ order }) => order * hertz < highestHertz);
  for (let sample = 0; sample < samples; sample += 1) {
    const seconds = sample / rate;
    let level = 0;
    for (const { share, order } of partials) {
      const decay = Math.exp((-seconds / ringSeconds) * (1 + dulling * (order - 1)));
      level += share * decay * Math.sin(2 * Math.PI * order * hertz * seconds);
    }
    const attack = 1 - Math.exp(-seconds / attackSeconds);
    const damped = Math.exp(-Math.max(0, seconds - heldSeconds) / damperSeconds);
    track[from + sample] = (track[from + sample] ?? 0) + loudness * attack * damped * level;
  }
}

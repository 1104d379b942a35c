/** A key that is struck. */
export interface Note {
  readonly hertz: number;
  /** When it is struck and how long it is held, in beats from the beginning. */
  readonly beat: number;
  readonly beats: number;
  /** 1 is a note of the tune. */
  readonly loudness: number;
}

/** How long a beat is: 80 of them a minute. */
export const beatSeconds = 0.75;

/** How long the music is, in beats. */
export const lengthBeats = 24;

const beatsABar = 3;

/**
 * A waltz of eight bars in F major. Each bar: the bass, the five eighths that the left hand breaks its chord into, and the
 * tune with the beats that each of its notes is held. The tune and the chords lie in 300–3400 Hz, what a telephone lets
 * through; of the bass it lets the harmonics through, from which the ear makes out the note.
 */
const bars = [
  ['F3', 'C4 E4 A4 E4 C4', 'A4:2 C5:1'],
  ['D3', 'C4 F4 A4 F4 C4', 'F5:2 E5:1'],
  ['Bb2', 'Bb3 D4 A4 F4 D4', 'D5:3'],
  ['C3', 'Bb3 F4 G4 F4 Bb3', 'C5:2 D5:1'],
  ['A2', 'C4 E4 G4 E4 C4', 'E5:2 G5:1'],
  ['D3', 'C4 F4 A4 F4 C4', 'F5:2 D5:1'],
  ['G2', 'Bb3 D4 A4 F4 D4', 'D5:1 C5:1 Bb4:1'],
  ['C3', 'Bb3 E4 G4 D4 E4', 'G4:3'],
] as const;

/** The notes of the music, bar after bar. The keys of a broken chord are held to the end of its bar, each a little softer. */
export const notes: readonly Note[] = bars.flatMap(([bass, broken, tune], bar) => {
  const first = bar * beatsABar;
  const last = first + beatsABar;
  const eighths = broken.split(' ').map((name, index) => {
    const beat = first + (index + 1) / 2;
    return { hertz: hertzOf(name), beat, beats: last - beat, loudness: 0.5 - 0.04 * index };
  });
  return [
    { hertz: hertzOf(bass), beat: first, beats: beatsABar, loudness: 0.8 },
    ...eighths,
    ...sung(tune, first),
  ];
});

function sung(tune: string, first: number): Note[] {
  let beat = first;
  return tune.split(' ').map((held) => {
    const [name = '', beats] = held.split(':');
    const note = { hertz: hertzOf(name), beat, beats: Number(beats), loudness: 1 };
    beat += note.beats;
    return note;
  });
}

/** The pitch of a note such as `Bb3` in equal temperament: A4 has 440 Hz. */
function hertzOf(name: string): number {
  const key = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'].indexOf(name.slice(0, -1));
  const octave = Number(name.slice(-1));
  return 440 * 2 ** (octave - 4 + (key - 9) / 12);
}

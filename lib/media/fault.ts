/**
 * Why an uploaded file is refused: a code for programs, and an English sentence with the fix. The console translates by the code.
 */
export interface AudioFault {
  readonly rule: AudioRule;
  readonly reason: string;
}

const reasons = {
  empty: 'The file is empty.',
  'too-big': 'The file is larger than 5 MB. Export it as MP3, or as a mono WAV of 8 to 16 kHz.',
  'too-long': 'The recording is longer than 5 minutes. Cut it, or split it into several.',
  'not-audio': 'The file is neither MP3 nor WAV. Export the recording as one of them.',
  'wrong-type': 'The content does not match the announced type: an MP3 is audio/mpeg, a WAV is audio/wav.',
  'tags-too-big': 'The tags before the sound take more than 256 KB. Export it without cover art.',
  'cut-off': 'The file ends in the middle of the sound. Export or upload it again.',
  damaged: 'The file is damaged: parts of it are not audio. Export it again.',
  'no-sound': 'The file contains no sound.',
  'wrong-format':
    'The WAV is compressed in a way that is not supported. Export it as 16-bit PCM, µ-law or A-law.',
  'wrong-channels': 'The recording has more than 2 channels. Export it as mono.',
  'wrong-rate': 'The sample rate is outside 8 to 48 kHz. Export it with 8, 16, 44.1 or 48 kHz.',
} as const;

/** The code of a reason. */
export type AudioRule = keyof typeof reasons;

/** All codes, in the order of the documentation. */
export const audioRules = Object.keys(reasons) as readonly AudioRule[];

/** Thrown by the readers of files; {@link readSound} catches it. */
export class AudioRefused extends Error {
  readonly rule: AudioRule;

  constructor(rule: AudioRule) {
    super(reasons[rule]);
    this.name = 'AudioRefused';
    this.rule = rule;
  }

  get fault(): AudioFault {
    return { rule: this.rule, reason: this.message };
  }
}

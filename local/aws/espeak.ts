import { spawn } from 'node:child_process';

/** Mono samples, and their rate in Hz. */
export interface Samples {
  readonly samples: Int16Array;
  readonly rate: number;
}

/** espeak's languages, each with its Polly voices. Any other voice speaks American English. */
export const espeakLanguages: readonly (readonly [language: string, ...voices: string[]])[] = [
  ['cmn', 'Zhiyu'],
  ['yue', 'Hiujin'],
  ['cy', 'Gwyneth'],
  ['da', 'Naja', 'Mads', 'Sofie'],
  ['de', 'Vicki', 'Marlene', 'Hans', 'Daniel', 'Hannah'],
  ['en-gb', 'Amy', 'Emma', 'Brian', 'Arthur', 'Nicole', 'Olivia', 'Russell', 'Raveena', 'Kajal', 'Aria'],
  ['es', 'Lucia', 'Conchita', 'Enrique', 'Sergio'],
  ['es-419', 'Mia', 'Lupe', 'Penelope', 'Miguel', 'Andres', 'Pedro'],
  ['fi', 'Suvi'],
  ['fr-fr', 'Lea', 'Celine', 'Mathieu', 'Remi', 'Chantal', 'Gabrielle', 'Liam'],
  ['hi', 'Aditi'],
  ['is', 'Dora', 'Karl'],
  ['it', 'Bianca', 'Carla', 'Giorgio', 'Adriano'],
  ['ja', 'Mizuki', 'Takumi', 'Kazuha', 'Tomoko'],
  ['ko', 'Seoyeon'],
  ['nb', 'Liv', 'Ida'],
  ['nl', 'Lotte', 'Ruben', 'Laura', 'Lisa'],
  ['pl', 'Ewa', 'Maja', 'Jacek', 'Jan', 'Ola'],
  ['pt', 'Ines', 'Cristiano'],
  ['pt-br', 'Camila', 'Vitoria', 'Ricardo', 'Thiago'],
  ['ro', 'Carmen'],
  ['ru', 'Tatyana', 'Maxim'],
  ['sv', 'Astrid', 'Elin'],
  ['tr', 'Filiz', 'Burcu'],
];

function languageOf(voice: string): string {
  return espeakLanguages.find(([, ...names]) => names.includes(voice))?.[0] ?? 'en-us';
}

/** The time limit for a text, in milliseconds. */
const programMs = 10_000;

/**
 * Synthesises a text with `espeak-ng`, a separate program that may be installed. Resolves with `undefined` if it is not installed or
 * fails.
 */
export function speakByEspeak(text: string, voice: string): Promise<Samples | undefined> {
  return new Promise((done) => {
    const child = spawn('espeak-ng', ['-v', languageOf(voice), '--stdin', '--stdout'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: programMs,
    });
    const chunks: Buffer[] = [];
    child.once('error', () => done(undefined));
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('close', (code) => done(code === 0 ? samplesOf(Buffer.concat(chunks)) : undefined));
    child.stdin.on('error', () => undefined).end(text);
  });
}

/** The samples of the program's WAV: 16 bits, mono, with sizes that are not filled in. */
function samplesOf(wav: Buffer): Samples | undefined {
  const data = wav.indexOf('data', 12, 'latin1') + 8;
  if (data < 8 || wav.length <= data) return undefined;
  const samples = Int16Array.from({ length: Math.floor((wav.length - data) / 2) }, (_, index) =>
    wav.readInt16LE(data + index * 2),
  );
  return { samples, rate: wav.readUInt32LE(24) };
}

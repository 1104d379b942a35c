import { readFileSync } from 'node:fs';
import { print, printError } from '../local/terminal.ts';
import { columns } from './columns.ts';
import { runProcess } from './process.ts';

interface Entry {
  readonly about: string;
  /** Loads the program, only when it is called: some need the AWS clients. */
  load(): Promise<{ main(words: string[]): Promise<number> }>;
}

/** The programs by their names. */
export const programs: Readonly<Record<string, Entry>> = {
  call: { about: 'a phone in the terminal, on the running stack', load: () => import('./call.ts') },
  flows: { about: 'checks, saves and publishes flows, and binds numbers', load: () => import('./flows.ts') },
  calls: { about: 'what callers did, and what they heard', load: () => import('./calls.ts') },
  agents: { about: 'who takes calls', load: () => import('./agents.ts') },
  schedules: {
    about: 'opening hours, and the switch that closes at once',
    load: () => import('./schedules.ts'),
  },
  voicemails: { about: 'messages of callers', load: () => import('./voicemails.ts') },
  audio: { about: 'recordings, and their review', load: () => import('./audio.ts') },
  token: { about: 'a token for the API of the running stack', load: () => import('./token.ts') },
  doctor: { about: 'says what is wrong with a set-up', load: () => import('./doctor.ts') },
  deploy: { about: 'puts a stage on AWS', load: () => import('./deploy.ts') },
};

const help = [
  'branchline PROGRAM …',
  '',
  columns(Object.entries(programs).map(([name, { about }]) => [`  ${name}`, about])),
  '',
  'branchline PROGRAM --help shows more, branchline --version the release. npm start starts the stack.',
].join('\n');

/** Runs the program that the first word names, with the other words. Returns its exit code; 2 if there is no such program. */
export async function main([name, ...words]: readonly string[]): Promise<number> {
  const [about, ...more] = words;
  if (name === 'help' && about !== undefined) return await main([about, ...more, '--help']);
  if (name === '--help' || name === '-h' || name === 'help') {
    print(help);
    return 0;
  }
  if (name === '--version') {
    print(version());
    return 0;
  }
  const program = name !== undefined && Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (program === undefined) {
    printError(`${name === undefined ? 'Name a program.' : `There is no program "${name}".`}\n\n${help}`);
    return 2;
  }
  const { main: run } = await program.load();
  return await run(words);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

if (import.meta.main) await runProcess(main);

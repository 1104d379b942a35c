import { roles } from '../lib/api/roles.ts';
import { openIssuer } from '../local/issuer/issuer.ts';
import { type Answer, asJson, command, type Program } from './command.ts';
import { runProcess } from './process.ts';
import { run } from './run.ts';
import { refusalOf, runningStack } from './target.ts';

/** Tokens for the API of the stack that runs on this machine. */
export const token: Program = {
  name: 'token',
  about: 'Prints a token for the API.',
  commands: {},
  plain: command({
    summary: 'prints a token for the API of the stack that runs on this machine',
    options: {
      role: {
        value: 'ROLE',
        multiple: true,
        about: `what its user may do: ${roles.join(', ')}; may be repeated`,
      },
      user: { value: 'NAME', about: 'who the user is; if left out, the first role' },
      ...asJson,
    },
    examples: ['--role admin', '--role editor --role viewer --user ann'],
    check(_, { role, user }) {
      const unknown = role.find((each) => !roles.some((known) => known === each));
      if (role.length === 0) throw new Error('Name a role, such as --role admin.');
      if (unknown !== undefined) throw new Error(`There is no role "${unknown}": ${roles.join(', ')}.`);
      if (user?.trim() === '') throw new Error('--user takes a name that is not blank.');
    },
    run: (_, { role, user = role[0] ?? '' }) => tokenOf(user, role),
  }),
  exitCodes: 'Exit code: 0 fine, 1 no stack runs, 2 wrong usage.',
  refuse: (error) => refusalOf(error, undefined),
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: string[]): Promise<number> {
  return run(token, words);
}

async function tokenOf(user: string, given: readonly string[]): Promise<Answer> {
  const { dataDir, url } = runningStack();
  const issuer = await openIssuer(dataDir, url, () => new Date());
  const text = await issuer.accessToken({ user, roles: given });
  return { text, json: { token: text } };
}

if (import.meta.main) await runProcess(main);

import { parseArgs } from 'node:util';
import { roles } from '../lib/api/roles.ts';
import { openIssuer } from '../local/issuer/issuer.ts';
import { readDataDir } from '../local/settings.ts';
import { readStack } from '../local/stack.ts';
import { print, printError } from '../local/terminal.ts';

const usage = `npm run -s token -- --role ROLE [--role ROLE …] [--user NAME]

Prints a token for the API of the stack that runs on this machine.

  --role ROLE    what its user may do: ${roles.join(', ')}
  --user NAME    who the user is; called like the first role when left out
  --help         this page

Exit code: 0 fine, 1 no stack runs, 2 wrong usage.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const told = parse(args);
  if (typeof told === 'string') {
    printError(`${told}\n\n${usage}`);
    return 2;
  }
  if (told === undefined) {
    print(usage);
    return 0;
  }
  const dataDir = readDataDir();
  const stack = readStack(dataDir);
  if (stack === undefined) {
    printError(`No stack runs on ${dataDir}: npm start it first.`);
    return 1;
  }
  const issuer = await openIssuer(dataDir, stack.url, () => new Date());
  print(await issuer.accessToken({ user: told.user, roles: told.roles }));
  return 0;
}

/** Who the token is for, or what is wrong with the usage; undefined where help is asked for. */
function parse(args: string[]): { user: string; roles: string[] } | string | undefined {
  const options = {
    role: { type: 'string', multiple: true },
    user: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  let values: { role?: string[]; user?: string; help?: boolean };
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values.help) return undefined;
  const { role = [], user = role[0] ?? '' } = values;
  const unknown = role.find((each) => !roles.some((known) => known === each));
  if (role.length === 0) return 'Name a role.';
  if (unknown !== undefined) return `There is no role "${unknown}".`;
  if (user.trim() === '') return 'A user has a name.';
  return { user, roles: role };
}

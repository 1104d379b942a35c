import { parseArgs } from 'node:util';
import { roles } from '../lib/admin/roles.ts';
import { openIssuer } from './issuer.ts';
import { readDataDir } from './settings.ts';
import { readStack } from './stack.ts';

const usage = `Usage: npm run -s token -- --role ROLE [--role ROLE …] [--user NAME]
Prints a token for the API of the stack that runs on this machine. ROLE is one of ${roles.join(', ')}.`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const told = parse(args);
  if (typeof told === 'string') {
    console.error(`${told}\n\n${usage}`);
    return 2;
  }
  const dataDir = readDataDir();
  const stack = readStack(dataDir);
  if (stack === undefined) {
    console.error(`No stack runs on ${dataDir}: npm start it first.`);
    return 1;
  }
  const issuer = await openIssuer(dataDir, stack.url, () => new Date());
  console.log(await issuer.accessToken({ user: told.user, roles: told.roles }));
  return 0;
}

/** Who the token is for, or what is wrong with the usage. */
function parse(args: string[]): { user: string; roles: string[] } | string {
  const options = { role: { type: 'string', multiple: true }, user: { type: 'string' } } as const;
  let values: { role?: string[]; user?: string };
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { role = [], user = role[0] ?? '' } = values;
  const unknown = role.find((each) => !roles.some((known) => known === each));
  if (role.length === 0) return 'Name a role.';
  if (unknown !== undefined) return `There is no role "${unknown}".`;
  if (user.trim() === '') return 'A user has a name.';
  return { user, roles: role };
}

import { parseArgs } from 'node:util';
import { listAgents } from '../lib/admin/agents.ts';
import type { Presence } from '../lib/store/queue/agents.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { inline } from '../local/terminal.ts';
import { columns } from './columns.ts';
import { type Answer, refuseStage, run } from './command.ts';
import { setPresence } from './presence.ts';
import { openAdmin, refusalOf } from './target.ts';

const usage = `npm run agents -- COMMAND

  list                    the agents, their endpoints and what they do
  sign-in NUMBER          the agent with this staff number can be rung (1001)
  break NUMBER            the agent is on a break
  sign-out NUMBER         the agent is offline

  --stage NAME            work on a deployed stage, not on the stack of this machine
  --json                  answer in JSON
  --help                  this page

What is said in a call counts after it. To be rung on this machine: npm run call -- --agent 1001
Exit code: 0 fine, 1 refused, 2 wrong usage.`;

const options = {
  stage: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The commands that change a presence, what they set, and what is said of it. */
const changes: ReadonlyMap<string, { readonly presence: Presence; readonly said: string }> = new Map([
  ['sign-in', { presence: 'online', said: 'is signed in' }],
  ['break', { presence: 'break', said: 'is on a break' }],
  ['sign-out', { presence: 'offline', said: 'is signed out' }],
]);

/** What to do: for the agent with a staff number, or for all. */
interface Order {
  readonly command: string;
  readonly staffNo: string;
  readonly stage?: string | undefined;
  readonly json: boolean;
}

/** Runs the command with these words; the answer is its exit code. */
export function main(argv: string[]): Promise<number> {
  const refuse = (error: unknown, { stage }: Order) => refusalOf(error, stage);
  return run({ usage, parse, answer, refuse }, argv);
}

/** What is asked for; undefined where that is help. Throws on wrong usage. */
function parse(argv: string[]): Order | undefined {
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
  const { stage, json, help } = values;
  if (help) return undefined;
  const [command, staffNo = '', more] = positionals;
  if (command === undefined) throw new Error('Name a command.');
  const changing = changes.has(command);
  if (command !== 'list' && !changing) throw new Error(`There is no command "${command}".`);
  const surplus = changing ? more : staffNo || undefined;
  if (surplus !== undefined) throw new Error(`"${command}" takes no "${surplus}".`);
  if (changing && !/^[0-9]{1,10}$/.test(staffNo))
    throw new Error(`"${command}" takes a staff number such as 1001.`);
  refuseStage(stage);
  return { command, staffNo, stage, json };
}

async function answer({ command, staffNo, stage }: Order): Promise<Answer> {
  const change = changes.get(command);
  if (change === undefined) return await list(stage);
  const agent = await setPresence(staffNo, change.presence, stage);
  const busy = agent.state === 'ringing' || agent.state === 'talking';
  const when = busy ? ', which counts after the call' : '';
  return { text: `${agent.staffNo} (${inline(agent.name)}) ${change.said}${when}.`, json: agent };
}

async function list(stage: string | undefined): Promise<Answer> {
  const admin = openAdmin(stage);
  try {
    const agents = await collectPage((paging) => listAgents(admin, paging));
    const rows = agents.map(({ staffNo, state, endpoint, skillGroups, name }) => {
      return [staffNo, state, endpoint, skillGroups.join(' ') || '-', name];
    });
    return { text: columns(rows) || 'There are no agents.', json: { agents } };
  } finally {
    admin.table.client.destroy();
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));

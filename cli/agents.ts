import type { Admin } from '../lib/admin/admin.ts';
import { listAgents } from '../lib/admin/agents.ts';
import type { Presence } from '../lib/store/queue/agents.ts';
import { collectPage } from '../lib/store/table/page.ts';
import { inline } from '../local/terminal.ts';
import { columns } from './columns.ts';
import { type Answer, type Command, command, onStage, type Program } from './command.ts';
import { setPresence } from './presence.ts';
import { runProcess } from './process.ts';
import { run } from './run.ts';
import { openAdmin, refusalOf, withAdmin } from './target.ts';

/** A command that changes the presence of one agent. */
function presenceCommand(name: string, presence: Presence, said: string, summary: string): Command {
  return command({
    takes: 'NUMBER',
    takesAbout: 'a staff number such as 1001',
    summary,
    options: onStage,
    examples: [`${name} 1001`, `${name} 1001 --stage prod`],
    check([staffNo = '']) {
      if (!/^[0-9]{1,10}$/.test(staffNo)) throw new Error(`"${name}" takes a staff number such as 1001.`);
    },
    async run([staffNo = ''], { stage }) {
      const agent = await setPresence(staffNo, presence, stage);
      const busy = agent.state === 'ringing' || agent.state === 'talking';
      const when = busy ? ', which counts after the call' : '';
      return { text: `${agent.staffNo} (${inline(agent.name)}) ${said}${when}.`, json: agent };
    },
  });
}

/** Agents and their presence. */
export const agents: Program = {
  name: 'agents',
  about: 'Lists agents, and signs them in and out.',
  commands: {
    list: command({
      summary: 'the agents, their endpoints and what they do',
      options: onStage,
      examples: ['list', 'list --json'],
      run: (_, { stage }) => withAdmin(openAdmin(stage), list),
    }),
    'sign-in': presenceCommand(
      'sign-in',
      'online',
      'is signed in',
      'lets calls ring the agent with this staff number (1001)',
    ),
    break: presenceCommand('break', 'break', 'is on a break', 'gives the agent a break: no calls ring'),
    'sign-out': presenceCommand(
      'sign-out',
      'offline',
      'is signed out',
      'ends the shift: the agent is offline',
    ),
  },
  notes:
    'A change during a call takes effect after it. To be rung on this machine: npx branchline call --agent 1001',
  refuse: (error, _, { stage }) => refusalOf(error, stage),
};

/** Runs the program with these words; the answer is its exit code. */
export function main(words: string[]): Promise<number> {
  return run(agents, words);
}

async function list(admin: Admin): Promise<Answer> {
  const agents = await collectPage((paging) => listAgents(admin, paging));
  const rows = agents.map(({ staffNo, state, endpoint, skillGroups, name }) => {
    return [staffNo, state, endpoint, skillGroups.join(' ') || '-', name];
  });
  return { text: columns(rows) || 'There are no agents.', json: { agents } };
}

if (import.meta.main) await runProcess(main);

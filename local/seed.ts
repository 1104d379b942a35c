import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Admin } from '../lib/admin/admin.ts';
import { putAgent } from '../lib/admin/agents.ts';
import { listFlows, readDraft, saveDraft } from '../lib/admin/flows.ts';
import { putGroup } from '../lib/admin/groups.ts';
import { bindNumber, listNumbers } from '../lib/admin/numbers.ts';
import { publish } from '../lib/admin/publish.ts';
import { Failure } from '../lib/errors.ts';
import { groupNumbers } from '../lib/store/queue/groups.ts';

/** What a fresh stack begins with: each number and its flow. */
const demos = [
  { number: '+15550100', file: 'flows/phone-experience.flow.json' },
  { number: '+15550101', file: 'flows/office.flow.json' },
  { number: '+15550102', file: 'flows/balance.flow.json' },
] as const;

/** The skill groups that the demo's callers are put through to, and the agents, who are in all of them. */
const groups = [
  { id: 'phone-experience', name: '电话体验技能组' },
  { id: 'desk', name: 'Service desk' },
].map((each) => ({
  ...each,
  ringSeconds: groupNumbers.ringSeconds.unset,
  wrapUpSeconds: groupNumbers.wrapUpSeconds.unset,
  maxQueue: groupNumbers.maxQueue.unset,
}));
const agents = ['1001', '1002'].map((staffNo) => ({
  ...{ staffNo, name: `客服${staffNo}`, endpoint: `client:agent-${staffNo}` },
  skillGroups: groups.map(({ id }) => id),
}));

/** A number, and the flow that its callers reach. */
export interface Reached {
  readonly number: string;
  readonly name: string;
  /** The version that is live; `undefined` if the flow is not published. */
  readonly live: number | undefined;
}

/**
 * Saves, binds and publishes the demo flows from the files under `root`, and makes their groups and the agents, who are
 * offline, once in the life of a data directory: what an admin changed, unbound or deleted since stays so. Answers whether it did.
 */
export async function seed(admin: Admin, root: string, dataDir: string): Promise<boolean> {
  const seeded = join(dataDir, 'seeded');
  if (existsSync(seeded)) return false;
  for (const { number, file } of demos) {
    const document = JSON.parse(readFileSync(join(root, file), 'utf8'));
    await seedFlow(admin, document, number);
  }
  for (const group of groups) await putGroup(admin, group);
  for (const agent of agents) await putAgent(admin, agent);
  writeFileSync(seeded, `${admin.now().toISOString()}\n`);
  return true;
}

/** A start that died in between is taken up where it was; a flow that is published already is let alone. */
async function seedFlow(admin: Admin, document: { id: string }, number: string): Promise<void> {
  const found = await readDraft(admin, document.id).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'flow-missing') return undefined;
    throw error;
  });
  if (found?.newest !== undefined) return;
  if (found === undefined) await saveDraft(admin, document);
  await bindNumber(admin, number, document.id);
  await publish(admin, document.id, { note: 'The demo that comes with the system' });
}

/** The numbers that are bound, with the flows they reach. */
export async function reachedNumbers(admin: Admin): Promise<Reached[]> {
  const [numbers, flows] = await Promise.all([listNumbers(admin), listFlows(admin)]);
  return numbers.items.map(({ number, flow }) => {
    const row = flows.items.find(({ id }) => id === flow);
    return { number, name: row?.name ?? flow, live: row?.live };
  });
}

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
import { collectPage } from '../lib/store/table/page.ts';

/** The numbers and flows of a fresh stack. */
const demos = [
  { number: '+15550100', file: 'flows/phone-experience.flow.json' },
  { number: '+15550101', file: 'flows/office.flow.json' },
  { number: '+15550102', file: 'flows/balance.flow.json' },
] as const;

/** The skill groups of the demo flows; the agents are in all of them. */
const groups = [
  { id: 'phone-experience', name: '电话体验技能组' },
  { id: 'desk', name: 'Service desk' },
].map((each) => ({
  ...each,
  ringSeconds: groupNumbers.ringSeconds.default,
  wrapUpSeconds: groupNumbers.wrapUpSeconds.default,
  maxQueue: groupNumbers.maxQueue.default,
}));
const agents = ['1001', '1002'].map((staffNo) => ({
  ...{ staffNo, name: `客服${staffNo}`, endpoint: `client:agent-${staffNo}` },
  skillGroups: groups.map(({ id }) => id),
}));

/** A bound number, and its flow. */
export interface Reached {
  readonly number: string;
  readonly name: string;
  /** The live version; `undefined` if the flow is not published. */
  readonly live: number | undefined;
}

/**
 * Saves, binds and publishes the demo flows from the files under `root`, and creates their groups and agents, who are offline. This
 * happens once for a data directory: later changes by admins are kept. Resolves with whether it was done now.
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

/** Continues after an interrupted start; a flow that is already published is not changed. */
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

/** The bound numbers and their flows. */
export async function reachedNumbers(admin: Admin): Promise<Reached[]> {
  const [numbers, flows] = await Promise.all([
    collectPage((paging) => listNumbers(admin, paging)),
    collectPage((paging) => listFlows(admin, paging)),
  ]);
  return numbers.map(({ number, flow }) => {
    const row = flows.find(({ id }) => id === flow);
    return { number, name: row?.name ?? flow, live: row?.live };
  });
}

import { type Api, allPages, unwrap } from './answers.ts';
import type {
  Agent,
  AgentPhone,
  Change,
  FlowRow,
  paths,
  Queue,
  SkillGroup,
  Stats,
  Traffic,
} from './generated/types.ts';
import type { Replaces, Tagged } from './tagged.ts';

/** What an agent says of themselves. */
export type Presence = Agent['presence'];

/** All skill groups, by id. Throws a Refusal. */
export function listGroups(api: Api): Promise<SkillGroup[]> {
  return allPages(
    async (after) =>
      (await unwrap(api.GET('/api/skill-groups', { params: { query: pageAfter(after) } }))).data,
  );
}

/** A skill group as it is stored. Throws a Refusal. */
export function readGroup(api: Api, id: string): Promise<Tagged<SkillGroup>> {
  return unwrap(api.GET('/api/skill-groups/{id}', { params: { path: { id } } }));
}

/** Creates a skill group, or sets all of it. Throws a Refusal. */
export async function putGroup(api: Api, { id, ...body }: SkillGroup, header: Replaces): Promise<SkillGroup> {
  return (await unwrap(api.PUT('/api/skill-groups/{id}', { params: { path: { id }, header }, body }))).data;
}

/** Deletes a skill group. Throws a Refusal. */
export async function deleteGroup(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE('/api/skill-groups/{id}', { params: { path: { id } } }));
}

/** All agents, or those of a user, by staff number. Throws a Refusal. */
export function listAgents(api: Api, user?: string): Promise<Agent[]> {
  const own = user === undefined ? {} : { user };
  return allPages(
    async (after) =>
      (await unwrap(api.GET('/api/agents', { params: { query: { ...pageAfter(after), ...own } } }))).data,
  );
}

/** An agent as they are stored, with since when the caller waits who rings them. Throws a Refusal. */
export function readAgent(api: Api, staffNo: string): Promise<Tagged<Agent>> {
  return unwrap(api.GET('/api/agents/{staffNo}', { params: { path: { staffNo } } }));
}

/** What admins set of an agent. */
export type AgentSettings =
  paths['/api/agents/{staffNo}']['put']['requestBody']['content']['application/json'];

/** Creates an agent, or sets all of them but their presence. Throws a Refusal. */
export async function putAgent(
  api: Api,
  staffNo: string,
  body: AgentSettings,
  header: Replaces,
): Promise<Agent> {
  return (await unwrap(api.PUT('/api/agents/{staffNo}', { params: { path: { staffNo }, header }, body })))
    .data;
}

/** Deletes an agent. Throws a Refusal. */
export async function deleteAgent(api: Api, staffNo: string): Promise<void> {
  await unwrap(api.DELETE('/api/agents/{staffNo}', { params: { path: { staffNo } } }));
}

/** Says what an agent says of themselves. Throws a Refusal. */
export async function setPresence(api: Api, staffNo: string, presence: Presence): Promise<Agent> {
  const params = { path: { staffNo } };
  return (await unwrap(api.PUT('/api/agents/{staffNo}/presence', { params, body: { presence } }))).data;
}

/** What makes this browser an agent's phone. Throws a Refusal. */
export async function openPhone(api: Api, staffNo: string): Promise<AgentPhone> {
  return (await unwrap(api.POST('/api/agents/{staffNo}/phone-token', { params: { path: { staffNo } } })))
    .data;
}

/** The queues of all skill groups. Throws a Refusal. */
export function listQueues(api: Api): Promise<Queue[]> {
  return allPages(
    async (after) => (await unwrap(api.GET('/api/queues', { params: { query: pageAfter(after) } }))).data,
  );
}

/** What happened since a time (ISO). Throws a Refusal. */
export async function readStats(api: Api, since: string): Promise<Stats> {
  return (await unwrap(api.GET('/api/stats', { params: { query: { since } } }))).data;
}

/** How calls went through a flow since a time (ISO), or through one version of it. Throws a Refusal. */
export async function readTraffic(api: Api, id: string, since: string, version?: number): Promise<Traffic> {
  const query = { since, ...(version === undefined ? {} : { version }) };
  return (await unwrap(api.GET('/api/flows/{id}/traffic', { params: { path: { id }, query } }))).data;
}

/** A page of the audit, newest first. Throws a Refusal. */
export async function listChanges(
  api: Api,
  after: string | undefined,
): Promise<{ items: readonly Change[]; next?: string }> {
  const query = { limit: 50, ...(after === undefined ? {} : { after }) };
  return (await unwrap(api.GET('/api/audit', { params: { query } }))).data;
}

/** The deleted flows that can be restored. Throws a Refusal. */
export async function listDeletedFlows(api: Api): Promise<readonly FlowRow[]> {
  const query = { all: 'true', deleted: 'true' } as const;
  return (await unwrap(api.GET('/api/flows', { params: { query } }))).data.items;
}

/** Brings a deleted flow back. Throws a Refusal. */
export async function restoreFlow(api: Api, id: string): Promise<FlowRow> {
  return (await unwrap(api.POST('/api/flows/{id}/restore', { params: { path: { id } } }))).data;
}

function pageAfter(after: string | undefined) {
  return { limit: 100, ...(after === undefined ? {} : { after }) };
}

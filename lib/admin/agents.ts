import { Failure } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import { dialRefusal } from '../flow/dial.ts';
import { presenceChanged } from '../queue/entries.ts';
import {
  type Agent,
  type AgentSettings,
  type AgentState,
  agentMissing,
  fetchAgents as list,
  type Presence,
  storeAgent as put,
  fetchAgent as read,
  removeAgent as remove,
  storePresence as say,
  stateOf,
} from '../store/queue/agents.ts';
import { callOfEntry, readEntry } from '../store/queue/entries.ts';
import type { Lease } from '../store/queue/leases.ts';
import type { Page, Paging } from '../store/table/page.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { groupIds } from './groups.ts';
import { wrong } from './input.ts';
import { type Precondition, refuseUnexpected, revisionOf } from './revision.ts';

/** An agent with presence (set by them) and state (what they do now). */
export interface AgentRow extends AgentSettings {
  readonly presence: Presence;
  readonly state: AgentState;
  /** The call that rings them, or that they talk in. */
  readonly call?: AgentCall;
  /** When their wrap-up ends. */
  readonly wrapUpUntil?: string;
}

/** The call that an agent is rung for, or talks in. */
export interface AgentCall {
  readonly callSid: string;
  readonly group: string;
  /** Since when the caller waits. Only in answers about one agent, and until they talk. */
  readonly waitingSince?: string;
  /** Since when they talk. */
  readonly talkingSince?: string;
}

/** All agents, or those of a user, ordered by staff number as text. */
export async function listAgents(
  admin: Admin,
  { user, ...paging }: Paging & { readonly user?: string } = {},
): Promise<Page<AgentRow>> {
  const { items, ...rest } = await list(admin.table, paging, user);
  return { items: items.map((agent) => rowOf(admin, agent)), ...rest };
}

/** An agent. Throws `agent-missing`. */
export async function readAgent(admin: Admin, staffNo: string): Promise<AgentRow> {
  const agent = await needAgent(admin, staffNo);
  const row = rowOf(admin, agent);
  const { lease } = agent;
  if (row.call === undefined || lease === undefined || row.call.talkingSince !== undefined) return row;
  const entry = await readEntry(admin.table, lease.entry);
  return entry === undefined ? row : { ...row, call: { ...row.call, waitingSince: entry.since } };
}

/** The revision of an agent's settings. Presence and calls do not count. */
export function agentRevision(agent: AgentSettings): string {
  return revisionOf(settingsOf(agent));
}

/**
 * Creates an agent, who is offline, or replaces one, who keeps presence and calls. A skill group that the agent had and that was
 * deleted is dropped, so that what was read can be written. Throws `bad-input` if another skill group does not exist or the endpoint
 * may not be dialled; `settings-stale` or `settings-taken` if it may not replace what is stored; `agent-raced` if the agent was changed
 * at the same time.
 */
export async function putAgent(
  admin: Admin,
  given: AgentSettings,
  mayReplace?: Precondition,
): Promise<AgentRow> {
  const { table, now } = admin;
  refuseEndpoint(given.endpoint, admin.queue?.dialAllow);
  const groups = await groupIds(admin);
  const before = await read(table, given.staffNo);
  const isKept = (group: string) => groups.has(group) || before?.skillGroups.includes(group) !== true;
  const agent = { ...given, skillGroups: given.skillGroups.filter(isKept) };
  const unknown = agent.skillGroups.find((group) => !groups.has(group));
  if (unknown !== undefined) throw wrong('skillGroups', `names "${unknown}", which is not a skill group`);
  const was = before === undefined ? undefined : settingsOf(before);
  if (before !== undefined && JSON.stringify(was) === JSON.stringify(settingsOf(agent))) {
    return rowOf(admin, before);
  }
  refuseUnexpected(`agent ${agent.staffNo}`, was && revisionOf(was), mayReplace);
  const intent: Intent = {
    did: was === undefined ? 'create' : 'change',
    what: `agent ${agent.staffNo}`,
    ...defined({ before: was }),
    after: settingsOf(agent),
  };
  await audited(admin, intent, () => put(table, agent, before, now()));
  return await readAgent(admin, agent.staffNo);
}

/** Throws `bad-input` if an endpoint may not be dialled. */
function refuseEndpoint(endpoint: string, allow: readonly string[] | undefined): void {
  const refusal = dialRefusal(endpoint, allow);
  if (refusal === 'premium')
    throw wrong('endpoint', 'is a premium or shared-cost number, which is never dialled: enter another');
  if (refusal === 'outside')
    throw wrong('endpoint', `begins with none of the prefixes in DIAL_ALLOW (${allow?.join(', ')})`);
}

/** Deletes an agent. Throws `agent-missing`, `agent-raced`, and `agent-busy` while they are rung or in a call. */
export async function deleteAgent(admin: Admin, staffNo: string): Promise<void> {
  const { table, now } = admin;
  const before = await needAgent(admin, staffNo);
  const intent: Intent = { did: 'delete', what: `agent ${staffNo}`, before: settingsOf(before) };
  await audited(admin, intent, () => remove(table, before, now()));
}

/**
 * Sets the presence of an agent, and starts or cancels rings accordingly. If somebody else sets it, the audit has an entry. Throws
 * `agent-missing`.
 */
export async function setPresence(admin: Admin, staffNo: string, presence: Presence): Promise<AgentRow> {
  const { table, who, now, queue } = admin;
  const agent = await needAgent(admin, staffNo);
  // An agent who goes online during the wrap-up ends it.
  if (agent.presence !== presence || stateOf(agent, now()) === 'wrap-up') {
    const change = () => say(table, staffNo, presence, now());
    const states = { before: agent.presence, after: presence };
    const intent: Intent = { did: 'set-presence', what: `agent ${staffNo}`, ...states };
    await (agent.user === who ? change() : audited(admin, intent, change));
  }
  // Even if nothing changed: the request may be a retry after an error in the rings.
  if (queue !== undefined) await presenceChanged(queue);
  return await readAgent(admin, staffNo);
}

/** Throws `role-too-small` if an agent is not the user's own. Throws `agent-missing`. */
export async function refuseOthers(admin: Admin, staffNo: string): Promise<void> {
  const { user } = await needAgent(admin, staffNo);
  if (user === admin.who) return;
  throw new Failure(
    'role-too-small',
    `Agent ${staffNo} is somebody else: you may set your own presence, and open your own phone.`,
  );
}

async function needAgent({ table }: Admin, staffNo: string): Promise<Agent> {
  const agent = await read(table, staffNo);
  if (agent === undefined) throw agentMissing(staffNo);
  return agent;
}

function rowOf({ now }: Admin, agent: Agent): AgentRow {
  const { presence, lease, freeAt } = agent;
  const state = stateOf(agent, now());
  const held = state === 'ringing' || state === 'talking' ? lease : undefined;
  return {
    ...settingsOf(agent),
    ...{ presence, state },
    ...(held === undefined ? {} : { call: callOf(held) }),
    ...(state === 'wrap-up' ? { wrapUpUntil: freeAt } : {}),
  };
}

function callOf({ entry, group, talkAt: talkingSince }: Lease): AgentCall {
  return { callSid: callOfEntry(entry), group, ...defined({ talkingSince }) };
}

function settingsOf({ staffNo, name, endpoint, skillGroups, user }: AgentSettings): AgentSettings {
  return { staffNo, name, endpoint, skillGroups, ...defined({ user }) };
}

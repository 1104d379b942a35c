import { Failure } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { type Item, numberOf, textOf } from '../table/item.ts';
import { agentKey, keyOf, staffPk } from '../table/keys.ts';
import { type Page, type Paging, type Partition, page } from '../table/page.ts';
import { changeIf, get, removeIf, type Table } from '../table/table.ts';
import { type Lease, leaseOf } from './leases.ts';

/** The shape of a staff number. */
export const staffNo = /^[0-9]{1,10}$/;

/** Whether a text has the shape of a staff number. */
export function isStaffNo(text: string): boolean {
  return staffNo.test(text);
}

/** What agents can set themselves to. */
export const presences = ['online', 'break', 'offline'] as const;

/** What an agent has set themselves to. */
export type Presence = (typeof presences)[number];

/** The states of an agent. A state follows from presence, lease and time, and is not stored. */
export const agentStates = ['offline', 'break', 'available', 'ringing', 'talking', 'wrap-up'] as const;

/** One of these. */
export type AgentState = (typeof agentStates)[number];

/** The settings of an agent, which admins change. */
export interface AgentSettings {
  readonly staffNo: string;
  readonly name: string;
  /** The phone number, SIP address or client that the carrier rings. */
  readonly endpoint: string;
  readonly skillGroups: readonly string[];
  /** The console user who is this agent. */
  readonly user?: string;
}

/** An agent in the table. */
export interface Agent extends AgentSettings {
  /** Counts the changes by admins, to detect concurrent ones. */
  readonly edit: number;
  readonly presence: Presence;
  /** When the agent became free, or, in the future, when their wrap-up ends (ISO, UTC). */
  readonly freeAt: string;
  /** The number of rings in a row that the agent missed. */
  readonly misses: number;
  /** The current or the last ring or talk. */
  readonly lease?: Lease;
}

/** The state of an agent at a time. If the presence is changed during a call, it applies after the call. */
export function stateOf({ lease, presence, freeAt }: Agent, now: Date): AgentState {
  if (lease !== undefined && Date.parse(lease.endsAt) > now.getTime()) {
    return lease.phase === 'talking' || lease.phase === 'over' ? 'talking' : 'ringing';
  }
  if (presence !== 'online') return presence;
  return Date.parse(freeAt) > now.getTime() ? 'wrap-up' : 'available';
}

/** An agent (consistent read); `undefined` if there is none. */
export async function fetchAgent(
  table: Table,
  number: string,
  signal?: AbortSignal,
): Promise<Agent | undefined> {
  const item = await get(table, agentKey(number), { signal });
  return item === undefined ? undefined : agentOf(item);
}

/**
 * Creates an agent, who is offline, or changes the settings of `before`; presence and lease stay unchanged. Throws `agent-raced` if
 * the settings were changed since `before` was read.
 */
export async function storeAgent(
  table: Table,
  settings: AgentSettings,
  before: Agent | undefined,
  at: Date,
): Promise<void> {
  const { staffNo: number, name, endpoint, skillGroups, user } = settings;
  const edit = (before?.edit ?? 0) + 1;
  const changes = ['#name = :name', '#endpoint = :endpoint', '#skillGroups = :skillGroups', '#edit = :edit'];
  if (before === undefined) changes.push('#presence = :presence', '#freeAt = :freeAt', '#misses = :misses');
  const newcomer = { presence: 'offline', freeAt: at.toISOString(), misses: 0 };
  const write = {
    change: `SET ${changes.join(', ')}${user === undefined ? ' REMOVE #user' : ', #user = :user'}`,
    when: before === undefined ? 'attribute_not_exists(#pk)' : '#edit = :was',
    values: {
      ...{ name, endpoint, user, edit, skillGroups: skillGroups.join(' ') },
      ...(before === undefined ? newcomer : { was: before.edit }),
    },
  };
  const { done } = await changeIf(table, agentKey(number), write, (item) => {
    return item !== undefined && numberOf(item, 'edit') === edit && isSame(agentOf(item), settings);
  });
  if (!done) throw agentRaced(number);
}

/** Deletes an agent. Throws `agent-busy` during a ring or talk, `agent-raced` if the settings were changed meanwhile. */
export async function removeAgent(table: Table, before: Agent, at: Date): Promise<void> {
  const { staffNo: number, edit } = before;
  const only = {
    when: '#edit = :edit AND (attribute_not_exists(#lease) OR #endsAt <= :at)',
    values: { edit, at: at.toISOString() },
  };
  const { done, item } = await removeIf(table, agentKey(number), only, (found) => found === undefined);
  if (done) return;
  if (item !== undefined && numberOf(item, 'edit') !== edit) throw agentRaced(number);
  throw new Failure('agent-busy', `Agent ${number} is being rung or is in a call: try again after it.`);
}

/** A page of the agents, or of one user's, sorted by staff number as text. Throws `cursor-foreign`. */
export function fetchAgents(table: Table, paging: Paging = {}, user?: string): Promise<Page<Agent>> {
  const isListed = (item: Item) => user === undefined || item.user?.S === user;
  return page(table, { ...list, isListed }, agentOf, paging);
}

const list: Partition = {
  ...{ name: 'agents', pk: staffPk, prefix: agentKey('').sk, place: staffNo },
  // Skill groups are in the same partition and have no endpoint.
  filter: 'attribute_exists(#endpoint)',
};

/**
 * Sets the presence of an agent. `online` makes them free from `at` on, also during their wrap-up, and resets their missed rings.
 * Setting the current presence again changes nothing else. Throws `agent-missing`.
 */
export async function storePresence(
  table: Table,
  number: string,
  presence: Presence,
  at: Date,
): Promise<void> {
  const online = presence === 'online';
  const write = {
    change: `SET #presence = :presence${online ? ', #freeAt = :freeAt, #misses = :misses' : ''}`,
    when: `attribute_exists(#pk) AND (#presence <> :presence${online ? ' OR #freeAt > :freeAt' : ''})`,
    values: { presence, ...(online ? { freeAt: at.toISOString(), misses: 0 } : {}) },
  };
  const { done } = await changeIf(table, agentKey(number), write, (item) => item !== undefined);
  if (!done) throw agentMissing(number);
}

/** The error for an agent who does not exist. */
export function agentMissing(number: string): Failure {
  return new Failure('agent-missing', `There is no agent ${number}: create the agent first.`);
}

/** The agent in an item. */
export function agentOf(item: Item): Agent {
  const user = item.user?.S;
  const lease = leaseOf(item);
  const told = item.presence?.S;
  return {
    staffNo: keyOf(item).sk.slice(agentKey('').sk.length),
    name: textOf(item, 'name'),
    endpoint: textOf(item, 'endpoint'),
    skillGroups: textOf(item, 'skillGroups')
      .split(' ')
      .filter((group) => group !== ''),
    edit: numberOf(item, 'edit') ?? 0,
    presence: presences.find((each) => each === told) ?? 'offline',
    freeAt: textOf(item, 'freeAt'),
    misses: numberOf(item, 'misses') ?? 0,
    ...defined({ user, lease }),
  };
}

function isSame(one: AgentSettings, other: AgentSettings): boolean {
  return (
    one.name === other.name &&
    one.endpoint === other.endpoint &&
    one.user === other.user &&
    one.skillGroups.join(' ') === other.skillGroups.join(' ')
  );
}

function agentRaced(number: string): Failure {
  return new Failure('agent-raced', `Agent ${number} was changed at the same time: look again.`);
}

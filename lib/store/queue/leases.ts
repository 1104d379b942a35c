import { defined } from '../../flow/defined.ts';
import { type Item, type Row, toItem } from '../table/item.ts';
import { agentKey } from '../table/keys.ts';
import { changeIf, type Table } from '../table/table.ts';

/**
 * The phase of an agent's leg: it rings; the agent was asked to press 1; the agent did not; they talk with the caller; the talk is
 * over; the caller was gone. Only the end of the leg frees the agent.
 */
export type Phase = 'ringing' | 'asked' | 'refused' | 'talking' | 'over' | 'nobody';

const phases: readonly Phase[] = ['ringing', 'asked', 'refused', 'talking', 'over', 'nobody'];

/** The lease of an agent: one leg, from the decision to ring to its end. After `endsAt` it is no longer valid. */
export interface Lease {
  /** In every URL of the leg: a webhook for another lease changes nothing. */
  readonly id: string;
  readonly phase: Phase;
  readonly endsAt: string;
  /** The id of the queue entry that the agent is rung for. */
  readonly entry: string;
  /** The skill group of that entry. */
  readonly group: string;
  /** The carrier's CallSid of the leg; left out until it is known. */
  readonly leg?: string;
  /** Whether the ring was given up but its leg may still ring: its end then does not count as missed. */
  readonly dropped?: boolean;
  /** When the talk began, and when the carrier was last asked whether it goes on (ISO, UTC). */
  readonly talkAt?: string;
  readonly checkedAt?: string;
}

/** The lease in an agent's item; `undefined` if there is none. */
export function leaseOf(item: Item): Lease | undefined {
  const id = item.lease?.S;
  const phase = phases.find((each) => each === item.phase?.S);
  const endsAt = item.endsAt?.S;
  if (id === undefined || phase === undefined || endsAt === undefined) return undefined;
  const leg = item.leg?.S;
  const talkAt = item.talkAt?.S;
  const checkedAt = item.checkedAt?.S;
  return {
    ...{ id, phase, endsAt, entry: item.place?.S ?? '', group: item.group?.S ?? '' },
    ...defined({ leg }),
    ...(item.dropped?.BOOL === true ? { dropped: true } : {}),
    ...defined({ talkAt, checkedAt }),
  };
}

/** The attributes of a change. The attribute of `entry` is `place`, its name in earlier releases. */
function attributesOf({ entry, ...rest }: Partial<Lease> & { readonly misses?: number }): Row {
  return { ...rest, ...defined({ place: entry }) };
}

/** The fields of an agent that must not have changed since they were read. */
type Read = { readonly staffNo: string; readonly edit: number; readonly freeAt: string };

/**
 * Gives an agent a lease for a ring. Resolves with `false` if they are no longer online and free, or have changed since they were read.
 */
export async function holdAgent(table: Table, agent: Read, lease: Lease): Promise<boolean> {
  const { id, phase, endsAt, entry, group } = lease;
  const write = {
    change: 'SET #lease = :id, #phase = :phase, #endsAt = :endsAt, #place = :place, #group = :group',
    when: '#presence = :online AND attribute_not_exists(#lease) AND #freeAt = :freeAt AND #edit = :edit',
    values: {
      ...{ id, phase, endsAt, place: entry, group },
      ...{ online: 'online', freeAt: agent.freeAt, edit: agent.edit },
    },
  };
  const { done } = await changeIf(table, agentKey(agent.staffNo), write, (item) => item?.lease?.S === id);
  return done;
}

/** Conditions for a change of a lease, besides that it exists. */
export interface LeaseCondition {
  readonly phases?: readonly Phase[];
  readonly entry?: string;
  /** It must not be `dropped`. */
  readonly kept?: true;
  /** `checkedAt` must still have this value. */
  readonly checkedAt?: string | undefined;
}

/** Changes a lease. Resolves with `false` if it no longer exists, or a condition does not hold. */
export async function changeLease(
  table: Table,
  { staffNo, id }: { staffNo: string; id: string },
  change: Partial<Omit<Lease, 'id'>> & { readonly misses?: number },
  only: LeaseCondition = {},
): Promise<boolean> {
  const when = ['#lease = :id'];
  const attributes = attributesOf(change);
  const values: Record<string, Row[string]> = { id };
  const isMine = (item: Item | undefined) => item?.lease?.S === id && isChanged(item, attributes, only);
  const sets = Object.entries(attributes).map(([field, value]) => {
    values[field] = value;
    return `#${field} = :${field}`;
  });
  if (only.phases !== undefined) {
    when.push(`#phase IN (${only.phases.map((_, index) => `:phase${index}`).join(', ')})`);
    for (const [index, phase] of only.phases.entries()) values[`phase${index}`] = phase;
  }
  if (only.entry !== undefined) {
    when.push('#place = :was');
    values.was = only.entry;
  }
  if (only.kept === true) {
    when.push('(attribute_not_exists(#dropped) OR #dropped = :no)');
    values.no = false;
  }
  if ('checkedAt' in only) {
    when.push(only.checkedAt === undefined ? 'attribute_not_exists(#checkedAt)' : '#checkedAt = :before');
    if (only.checkedAt !== undefined) values.before = only.checkedAt;
  }
  const write = { change: `SET ${sets.join(', ')}`, when: when.join(' AND '), values };
  return (await changeIf(table, agentKey(staffNo), write, isMine)).done;
}

/** Whether an item is as a change would have left it, and the conditions that it does not change still hold. */
function isChanged(item: Item, change: Row, only: LeaseCondition): boolean {
  const isAs = (row: Row) => Object.entries(toItem(row)).every(([name, value]) => isEqual(item[name], value));
  const { entry, kept } = only;
  return isAs({ ...defined({ place: entry }), ...change }) && !(kept === true && item.dropped?.BOOL === true);
}

function isEqual(one: Item[string] | undefined, other: Item[string]): boolean {
  return one?.S === other.S && one?.N === other.N && one?.BOOL === other.BOOL;
}

/** The changes of an agent at the end of a lease; fields that are left out stay unchanged. */
export interface Freed {
  /** When they are free (ISO, UTC). */
  readonly freeAt?: string;
  /** The number of rings in a row that they have missed. */
  readonly misses?: number;
  /** Whether they are put on a break, if they are online. */
  readonly rest?: boolean;
}

/** Ends a lease. Resolves with `false` if the agent has another one, or it is for another entry. */
export async function freeAgent(
  table: Table,
  lease: { staffNo: string; id: string; entry: string },
  { freeAt, misses, rest = false }: Freed,
): Promise<boolean> {
  const { staffNo, id, entry } = lease;
  const sets = [
    ...(freeAt === undefined ? [] : ['#freeAt = :freeAt']),
    ...(misses === undefined ? [] : ['#misses = :misses']),
    ...(rest ? ['#presence = :break'] : []),
  ];
  const values = { id, place: entry, freeAt, misses, ...(rest ? { break: 'break', online: 'online' } : {}) };
  const fields = '#lease, #phase, #endsAt, #place, #group, #leg, #dropped, #talkAt, #checkedAt';
  const change = `${sets.length === 0 ? '' : `SET ${sets.join(', ')} `}REMOVE ${fields}`;
  const when = `#lease = :id AND #place = :place${rest ? ' AND #presence = :online' : ''}`;
  const isMine = (item: Item | undefined) => item !== undefined && isFreed(item, { freeAt, misses, rest });
  const { done } = await changeIf(table, agentKey(staffNo), { change, when, values }, isMine);
  if (done || !rest) return done;
  // They have changed their presence meanwhile.
  const only = { ...defined({ freeAt, misses }) };
  return await freeAgent(table, lease, only);
}

/** Whether an agent's item is as the end of a lease would have left it. */
function isFreed(
  item: Item,
  { freeAt, misses, rest }: { [Name in keyof Freed]: Freed[Name] | undefined },
): boolean {
  if (item.lease !== undefined || (rest === true && item.presence?.S !== 'break')) return false;
  return (
    (freeAt === undefined || item.freeAt?.S === freeAt) &&
    (misses === undefined || item.misses?.N === String(misses))
  );
}

import { defined } from '../../flow/defined.ts';
import { type Item, type Row, toItem } from '../table/item.ts';
import { agentKey } from '../table/keys.ts';
import { changeIf, type Table } from '../table/table.ts';

/**
 * How far an agent's leg has come: it rings; the agent was asked to press 1; the agent refused to; they were sent to the
 * queue and talk; the talk is over; nobody was there. Only the end of the leg frees the agent.
 */
export type Phase = 'ringing' | 'asked' | 'refused' | 'talking' | 'over' | 'nobody';

const phases: readonly Phase[] = ['ringing', 'asked', 'refused', 'talking', 'over', 'nobody'];

/** What holds an agent: one leg of theirs, from the decision to ring until its end. Past `endsAt` it holds nobody. */
export interface Lease {
  /** Rides in every URL of the leg: what comes for another lease changes nothing. */
  readonly id: string;
  readonly phase: Phase;
  readonly endsAt: string;
  /** The queue entry that the agent is rung for: its sort key. */
  readonly entry: string;
  /** The skill group of that entry. */
  readonly group: string;
  /** The carrier's id of the leg; not known while the carrier has not told it. */
  readonly leg?: string;
  /** Whether the ring was given up while its leg could not be cancelled for certain: its end is no miss. */
  readonly dropped?: boolean;
  /** Since when the agent talks, and when the carrier was last asked whether they still do. */
  readonly talkAt?: string;
  readonly checkedAt?: string;
}

/** The lease of an agent's item; `undefined` if there is none. */
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

/** The attributes of a change. The item calls the entry `place`: a release before this one wrote it, and reads it still. */
function attributesOf({ entry, ...rest }: Partial<Lease> & { readonly misses?: number }): Row {
  return { ...rest, ...defined({ place: entry }) };
}

/** What a ring needs of the agent: as they were read. */
type Read = { readonly staffNo: string; readonly edit: number; readonly freeAt: string };

/**
 * Holds an agent for a ring: false if they are no longer online and free, or not as they were read.
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

/** What must hold of a lease, beside that it is there, for a change of it. */
export interface Only {
  readonly phases?: readonly Phase[];
  readonly entry?: string;
  /** Whether it must not have been given up. */
  readonly kept?: true;
  /** When it was last asked after, as it was read. */
  readonly checkedAt?: string | undefined;
}

/** Changes a lease: false if it is no longer there, or not as it must be. */
export async function changeLease(
  table: Table,
  { staffNo, id }: { staffNo: string; id: string },
  change: Partial<Omit<Lease, 'id'>> & { readonly misses?: number },
  only: Only = {},
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

/** Whether a lease is as a change has left it: what must hold of it and was not changed still holds. */
function isChanged(item: Item, change: Row, only: Only): boolean {
  const isAs = (row: Row) => Object.entries(toItem(row)).every(([name, value]) => isEqual(item[name], value));
  const { entry, kept } = only;
  return isAs({ ...defined({ place: entry }), ...change }) && !(kept === true && item.dropped?.BOOL === true);
}

function isEqual(one: Item[string] | undefined, other: Item[string]): boolean {
  return one?.S === other.S && one?.N === other.N && one?.BOOL === other.BOOL;
}

/** What becomes of an agent whose lease ends; what is left out stays as it was. */
export interface Freed {
  /** From when on they are available. */
  readonly freeAt?: string;
  /** Rings in a row that they missed by now. */
  readonly misses?: number;
  /** They go on a break, if they are online. */
  readonly rest?: boolean;
}

/** Ends a lease: false if it is no longer there, or is for another entry by now. */
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
  // They have said something else of themselves meanwhile.
  const only = { ...defined({ freeAt, misses }) };
  return await freeAgent(table, lease, only);
}

/** Whether the end of a lease has left an agent so. */
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

import { Failure } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { type Item, numberOf, textOf } from '../table/item.ts';
import { groupKey, keyOf, staffPk } from '../table/keys.ts';
import { type Page, type Paging, type Partition, page } from '../table/page.ts';
import { changeIf, get, removeIf, type Table } from '../table/table.ts';

/** The shape of a skill group's id. */
export const groupId = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** The range and the default of each number of a skill group. */
export const groupNumbers = {
  /** How long an agent's phone rings. */
  ringSeconds: { min: 5, max: 120, default: 20 },
  /** The pause of an agent between a talk and the next ring. */
  wrapUpSeconds: { min: 0, max: 3600, default: 0 },
  /** The most callers in the queue. */
  maxQueue: { min: 1, max: 1000, default: 100 },
} as const;

/** The settings of a skill group, which admins change. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly ringSeconds: number;
  readonly wrapUpSeconds: number;
  readonly maxQueue: number;
  /** Whether agents press 1 to take a call. If left out: only agents with a phone number as endpoint. */
  readonly confirm?: boolean;
}

/** A skill group in the table. */
export interface StoredGroup extends Group {
  /** Counts the changes by admins, to detect concurrent ones. */
  readonly edit: number;
  /** When an agent found the carrier's queue empty: callers whose last wait request is older were no longer in it (ISO, UTC). */
  readonly emptyAt?: string;
}

/** A skill group (consistent read); `undefined` if there is none. */
export async function fetchGroup(table: Table, id: string): Promise<StoredGroup | undefined> {
  const item = await get(table, groupKey(id));
  return item === undefined ? undefined : groupOf(item);
}

/** Creates a skill group, or changes `before`. Throws `group-raced` if it was changed since `before` was read. */
export async function storeGroup(table: Table, group: Group, before: StoredGroup | undefined): Promise<void> {
  const { id, confirm, ...numbers } = group;
  const values = { ...numbers, confirm, edit: (before?.edit ?? 0) + 1, was: before?.edit };
  const fields = [...Object.keys(numbers), 'edit', ...(confirm === undefined ? [] : ['confirm'])];
  const write = {
    change: `SET ${fields.map((field) => `#${field} = :${field}`).join(', ')}${confirm === undefined ? ' REMOVE #confirm' : ''}`,
    when: before === undefined ? 'attribute_not_exists(#pk)' : '#edit = :was',
    values,
  };
  const { done } = await changeIf(table, groupKey(id), write, (item) => {
    return item !== undefined && numberOf(item, 'edit') === values.edit && isSame(groupOf(item), group);
  });
  if (!done) throw groupRaced(id);
}

/** Deletes a skill group. Throws `group-raced` if it was changed meanwhile. */
export async function removeGroup(table: Table, before: StoredGroup): Promise<void> {
  const only = { when: '#edit = :edit', values: { edit: before.edit } };
  const { done } = await removeIf(table, groupKey(before.id), only, (item) => item === undefined);
  if (!done) throw groupRaced(before.id);
}

/** A page of skill groups, by id. Throws `cursor-foreign`. */
export function fetchGroups(table: Table, paging: Paging = {}): Promise<Page<StoredGroup>> {
  return page(table, list, groupOf, paging);
}

// `group#` is the last prefix in the partition, so the list needs no end.
const list: Partition = { name: 'skill-groups', pk: staffPk, prefix: groupKey('').sk, place: groupId };

/** Records that an agent found the carrier's queue empty at this time (ISO, UTC). A deleted group is not created again. */
export async function noteEmpty(table: Table, id: string, at: string): Promise<void> {
  const when = 'attribute_exists(#pk) AND (attribute_not_exists(#emptyAt) OR #emptyAt < :at)';
  const write = { change: 'SET #emptyAt = :at', when, values: { at } };
  await changeIf(table, groupKey(id), write, (item) => item?.emptyAt?.S === at);
}

/** The skill group in an item. */
export function groupOf(item: Item): StoredGroup {
  const confirm = item.confirm?.BOOL;
  const emptyAt = item.emptyAt?.S;
  const { ringSeconds, wrapUpSeconds, maxQueue } = groupNumbers;
  return {
    id: keyOf(item).sk.slice(groupKey('').sk.length),
    name: textOf(item, 'name'),
    ringSeconds: numberOf(item, 'ringSeconds') ?? ringSeconds.default,
    wrapUpSeconds: numberOf(item, 'wrapUpSeconds') ?? wrapUpSeconds.default,
    maxQueue: numberOf(item, 'maxQueue') ?? maxQueue.default,
    edit: numberOf(item, 'edit') ?? 0,
    ...defined({ confirm, emptyAt }),
  };
}

function isSame(one: Group, other: Group): boolean {
  return (['name', 'ringSeconds', 'wrapUpSeconds', 'maxQueue', 'confirm'] as const).every(
    (field) => one[field] === other[field],
  );
}

function groupRaced(id: string): Failure {
  return new Failure('group-raced', `The skill group "${id}" was changed at the same time: look again.`);
}

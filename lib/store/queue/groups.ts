import { Failure } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { type Item, numberOf, textOf } from '../table/item.ts';
import { groupKey, keyOf, staffPk } from '../table/keys.ts';
import { type Page, type Paging, type Partition, page } from '../table/page.ts';
import { changeIf, get, removeIf, type Table } from '../table/table.ts';

/** The id of a skill group. */
export const groupId = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** What a number of a group may be, and what it is if nothing is said. */
export const groupNumbers = {
  /** How long an agent's phone rings. */
  ringSeconds: { least: 5, most: 120, unset: 20 },
  /** How long an agent has after a talk before the next ring. */
  wrapUpSeconds: { least: 0, most: 3600, unset: 0 },
  /** How many callers may wait. */
  maxQueue: { least: 1, most: 1000, unset: 100 },
} as const;

/** A skill group, as admins set it. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly ringSeconds: number;
  readonly wrapUpSeconds: number;
  readonly maxQueue: number;
  /** Whether an agent presses 1 to take a call; without it, where their endpoint is a phone number. */
  readonly confirm?: boolean;
}

/** A skill group as it stands in the table. */
export interface StoredGroup extends Group {
  /** Counts the changes by admins: it tells whether anybody made one since. */
  readonly edit: number;
  /** Callers who last asked for music before this were not in the carrier's queue when an agent came to it. */
  readonly emptyAt?: string;
}

/** A skill group, as of now; `undefined` if there is none. */
export async function fetchGroup(table: Table, id: string): Promise<StoredGroup | undefined> {
  const item = await get(table, groupKey(id));
  return item === undefined ? undefined : groupOf(item);
}

/** Creates a skill group, or changes it from what it was `before`. Throws `group-raced` if it is no longer that. */
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

/** The skill groups, by id. Throws `cursor-foreign`. */
export function fetchGroups(table: Table, paging: Paging = {}): Promise<Page<StoredGroup>> {
  return page(table, list, groupOf, paging);
}

// Groups come last in their partition, so nothing else follows them.
const list: Partition = { name: 'skill-groups', pk: staffPk, prefix: groupKey('').sk, place: groupId };

/** Notes that an agent came to a queue at this time and found it empty. A group that was deleted meanwhile stays so. */
export async function noteEmpty(table: Table, id: string, at: string): Promise<void> {
  const when = 'attribute_exists(#pk) AND (attribute_not_exists(#emptyAt) OR #emptyAt < :at)';
  const write = { change: 'SET #emptyAt = :at', when, values: { at } };
  await changeIf(table, groupKey(id), write, (item) => item?.emptyAt?.S === at);
}

/** What admins set of a group, as it was read. */
export function groupOf(item: Item): StoredGroup {
  const confirm = item.confirm?.BOOL;
  const emptyAt = item.emptyAt?.S;
  const { ringSeconds, wrapUpSeconds, maxQueue } = groupNumbers;
  return {
    id: keyOf(item).sk.slice(groupKey('').sk.length),
    name: textOf(item, 'name'),
    ringSeconds: numberOf(item, 'ringSeconds') ?? ringSeconds.unset,
    wrapUpSeconds: numberOf(item, 'wrapUpSeconds') ?? wrapUpSeconds.unset,
    maxQueue: numberOf(item, 'maxQueue') ?? maxQueue.unset,
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

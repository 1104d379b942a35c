import { Failure } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import {
  type Group,
  fetchGroups as list,
  storeGroup as put,
  fetchGroup as read,
  removeGroup as remove,
  type StoredGroup,
} from '../store/queue/groups.ts';
import { collectPage, type Page, type Paging } from '../store/table/page.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { type Precondition, refuseUnexpected, revisionOf } from './revision.ts';
import { usageOf, usageText } from './usage.ts';

/** The skill groups, by id. */
export async function listGroups({ table }: Admin, paging: Paging = {}): Promise<Page<Group>> {
  const { items, ...rest } = await list(table, paging);
  return { items: items.map(settingsOf), ...rest };
}

/** A skill group. Throws `group-missing`. */
export async function readGroup(admin: Admin, id: string): Promise<Group> {
  return settingsOf(await needGroup(admin, id));
}

/** The revision of a skill group. */
export function groupRevision(group: Group): string {
  return revisionOf(group);
}

/**
 * Creates or replaces a skill group. Throws `settings-stale` or `settings-taken` if it may not replace what is stored; `group-raced` if
 * it was changed at the same time.
 */
export async function putGroup(admin: Admin, group: Group, mayReplace?: Precondition): Promise<Group> {
  const { table } = admin;
  const before = await read(table, group.id);
  const was = before === undefined ? undefined : settingsOf(before);
  if (was !== undefined && fields.every((field) => was[field] === group[field])) return was;
  refuseUnexpected(`skill group ${group.id}`, was && groupRevision(was), mayReplace);
  const intent: Intent = {
    did: was === undefined ? 'create' : 'change',
    what: `skill-group ${group.id}`,
    ...defined({ before: was }),
    after: group,
  };
  await audited(admin, intent, () => put(table, group, before));
  return group;
}

/**
 * Deletes a skill group; agents keep its id. Throws `group-missing`; `group-used` while a draft, or a version that callers may be in,
 * uses it; `group-raced`.
 */
export async function deleteGroup(admin: Admin, id: string): Promise<void> {
  const before = await needGroup(admin, id);
  const usages = (await usageOf(admin, 'groups')).get(id);
  if (usages !== undefined) {
    throw new Failure(
      'group-used',
      `${id} is used by ${usageText(usages)}. Let these flows transfer elsewhere first.`,
    );
  }
  const intent: Intent = { did: 'delete', what: `skill-group ${id}`, before: settingsOf(before) };
  await audited(admin, intent, () => remove(admin.table, before));
}

/** The ids of all skill groups. */
export async function groupIds({ table }: Admin): Promise<Set<string>> {
  const groups = await collectPage((paging) => list(table, paging));
  return new Set(groups.map(({ id }) => id));
}

const fields = ['name', 'ringSeconds', 'wrapUpSeconds', 'maxQueue', 'confirm'] as const;

async function needGroup({ table }: Admin, id: string): Promise<StoredGroup> {
  const group = await read(table, id);
  if (group === undefined) throw new Failure('group-missing', `There is no skill group "${id}".`);
  return group;
}

function settingsOf({ id, name, ringSeconds, wrapUpSeconds, maxQueue, confirm }: StoredGroup): Group {
  return {
    ...{ id, name, ringSeconds, wrapUpSeconds, maxQueue },
    ...defined({ confirm }),
  };
}

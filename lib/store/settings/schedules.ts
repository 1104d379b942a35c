import { Failure } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import type { OpeningHours, Override } from '../../flow/schedule.ts';
import { type Item, numberOf, textOf } from '../table/item.ts';
import { keyOf, scheduleKey, schedulesPk } from '../table/keys.ts';
import { type Page, type Paging, type Partition, page } from '../table/page.ts';
import { changeIf, get, removeIf, type Table } from '../table/table.ts';

/** The shape of a schedule's id. */
export const scheduleId = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Opening hours with an id and a name. */
export interface Schedule extends OpeningHours {
  readonly id: string;
  readonly name: string;
}

/** A schedule in the table. */
export interface StoredSchedule extends Schedule {
  /** Counts the changes, to detect concurrent ones. */
  readonly edit: number;
}

/** A schedule (consistent read); `undefined` if there is none. */
export async function fetchSchedule(
  table: Table,
  id: string,
  signal?: AbortSignal,
): Promise<StoredSchedule | undefined> {
  const item = await get(table, scheduleKey(id), { signal });
  return item === undefined ? undefined : scheduleOf(item);
}

/** Creates a schedule, or changes `before` except its override. Throws `schedule-raced` if it was changed since `before` was read. */
export async function storeSchedule(
  table: Table,
  { id, name, timeZone, weekly, holidays = [] }: Schedule,
  before: StoredSchedule | undefined,
): Promise<void> {
  const values = {
    ...{ name, timeZone, weekly: JSON.stringify(weekly), holidays: JSON.stringify(holidays) },
    ...{ edit: (before?.edit ?? 0) + 1, was: before?.edit },
  };
  const write = {
    change:
      'SET #name = :name, #timeZone = :timeZone, #weekly = :weekly, #holidays = :holidays, #edit = :edit',
    when: before === undefined ? 'attribute_not_exists(#pk)' : '#edit = :was',
    values,
  };
  const { done } = await changeIf(table, scheduleKey(id), write, (item) => {
    return (
      numberOf(item ?? {}, 'edit') === values.edit &&
      (['name', 'timeZone', 'weekly', 'holidays'] as const).every(
        (field) => item?.[field]?.S === values[field],
      )
    );
  });
  if (!done) throw scheduleRaced(id);
}

/** Sets or removes the override of a schedule. Throws `schedule-raced` if it was changed since `before` was read. */
export async function storeOverride(
  table: Table,
  before: StoredSchedule,
  override: Override | undefined,
): Promise<void> {
  const text = override === undefined ? undefined : JSON.stringify(override);
  const values = { edit: before.edit + 1, was: before.edit, override: text };
  const write = {
    change: `SET #edit = :edit${text === undefined ? ' REMOVE #override' : ', #override = :override'}`,
    when: '#edit = :was',
    values,
  };
  const { done } = await changeIf(table, scheduleKey(before.id), write, (item) => {
    return numberOf(item ?? {}, 'edit') === values.edit && item?.override?.S === text;
  });
  if (!done) throw scheduleRaced(before.id);
}

/** Deletes a schedule. Throws `schedule-raced` if it was changed meanwhile. */
export async function removeSchedule(table: Table, before: StoredSchedule): Promise<void> {
  const only = { when: '#edit = :edit', values: { edit: before.edit } };
  const { done } = await removeIf(table, scheduleKey(before.id), only, (item) => item === undefined);
  if (!done) throw scheduleRaced(before.id);
}

/** A page of schedules, by id. Throws `cursor-foreign`. */
export function fetchSchedules(table: Table, paging: Paging = {}): Promise<Page<StoredSchedule>> {
  return page(table, list, scheduleOf, paging);
}

const list: Partition = { name: 'schedules', pk: schedulesPk, place: scheduleId, large: true };

function scheduleOf(item: Item): StoredSchedule {
  const override = item.override?.S;
  return {
    id: keyOf(item).sk,
    name: textOf(item, 'name'),
    timeZone: textOf(item, 'timeZone'),
    weekly: JSON.parse(textOf(item, 'weekly')),
    holidays: JSON.parse(textOf(item, 'holidays')),
    edit: numberOf(item, 'edit') ?? 0,
    ...defined({ override: override === undefined ? undefined : (JSON.parse(override) as Override) }),
  };
}

function scheduleRaced(id: string): Failure {
  return new Failure(
    'schedule-raced',
    `The schedule ${id} was changed at the same time: read it and try again.`,
  );
}

import { Failure } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import { holidaysEndSoon, holidaysUntil } from '../flow/holidayend.ts';
import {
  changesAt,
  type Holiday,
  isTimeZone,
  type OpenRange,
  type Override,
  type ScheduleState,
  stateAt,
} from '../flow/schedule.ts';
import {
  fetchSchedule,
  fetchSchedules,
  removeSchedule,
  type Schedule,
  type StoredSchedule,
  storeOverride,
  storeSchedule,
} from '../store/settings/schedules.ts';
import { collectPage, type Page, type Paging } from '../store/table/page.ts';
import { type Admin, audited, type Intent, mostSettingsBytes } from './admin.ts';
import { isDay, wrong } from './input.ts';
import { type Precondition, refuseUnexpected, revisionOf } from './revision.ts';
import { type Usage, usageOf, usageText } from './usage.ts';

/** A schedule with its current state. */
export interface ScheduleNow extends Schedule {
  readonly state: ScheduleState;
  /** The holiday of today. */
  readonly holiday?: string;
  /** When the state changes next (ISO, UTC), if within a year. */
  readonly changesAt?: string;
  /** The last known holiday: enter the next ones before it. */
  readonly holidaysUntil?: string;
  /** The flows that use it. */
  readonly usedBy: readonly Usage[];
}

/** The state of a schedule at a time. */
export interface ScheduleAt {
  readonly time: string;
  readonly state: ScheduleState;
  readonly holiday?: string;
}

/** The schedules, by id. */
export async function listSchedules(admin: Admin, paging: Paging = {}): Promise<Page<ScheduleNow>> {
  const { items, ...rest } = await fetchSchedules(admin.table, paging);
  const usages = await usageOf(admin, 'schedules');
  return { items: items.map((each) => nowOf(admin, each, usages.get(each.id))), ...rest };
}

/** A schedule. Throws `schedule-missing`. */
export async function readSchedule(admin: Admin, id: string): Promise<ScheduleNow> {
  const schedule = await needSchedule(admin, id);
  return nowOf(admin, schedule, (await usageOf(admin, 'schedules')).get(id));
}

/** The revision of a schedule. Its override does not count. */
export function scheduleRevision(schedule: Schedule): string {
  return revisionOf(settingsOf(schedule));
}

/**
 * Creates or replaces a schedule, except its override. Throws `bad-input`; `settings-stale` or `settings-taken` if it may not replace
 * what is stored; `schedule-raced`.
 */
export async function putSchedule(
  admin: Admin,
  schedule: Schedule,
  mayReplace?: Precondition,
): Promise<ScheduleNow> {
  refuseHours(schedule);
  const { table } = admin;
  const before = await fetchSchedule(table, schedule.id);
  const was = before === undefined ? undefined : settingsOf(before);
  const after = settingsOf(schedule);
  if (JSON.stringify(was) !== JSON.stringify(after)) {
    refuseUnexpected(`schedule ${schedule.id}`, was && revisionOf(was), mayReplace);
    const intent: Intent = {
      did: was === undefined ? 'create' : 'change',
      what: `schedule ${schedule.id}`,
      ...defined({ before: was }),
      after,
    };
    await audited(admin, intent, () => storeSchedule(table, schedule, before));
  }
  return await readSchedule(admin, schedule.id);
}

/** How often the switch is tried while others save the schedule. */
const mostTries = 5;

/**
 * The emergency switch: overrides the hours from now on, until a time or until `auto` ends it. Applies from the next call, and wins over
 * saves of the schedule at the same time. Throws `schedule-missing`, `bad-input`, `schedule-raced` after five tries.
 */
export async function overrideSchedule(
  admin: Admin,
  id: string,
  { state, until }: { readonly state: ScheduleState | 'auto'; readonly until?: string | undefined },
): Promise<ScheduleNow> {
  const override = overrideOf(admin, state, until);
  for (let tries = 1; !(await isOverridden(admin, id, override, tries === mostTries)); ) tries += 1;
  return await readSchedule(admin, id);
}

/** Sets the override of a schedule as it is now. Resolves with `false`, or throws if it is the `last` try, if somebody else was first. */
async function isOverridden(
  admin: Admin,
  id: string,
  override: Override | undefined,
  last: boolean,
): Promise<boolean> {
  const before = await needSchedule(admin, id);
  const intent: Intent = {
    did: 'override',
    what: `schedule ${id}`,
    before: before.override ?? { state: 'auto' },
    after: override ?? { state: 'auto' },
  };
  try {
    await audited(admin, intent, () => storeOverride(admin.table, before, override));
    return true;
  } catch (error) {
    if (!last && error instanceof Failure && error.code === 'schedule-raced') return false;
    throw error;
  }
}

function overrideOf(
  { now }: Admin,
  state: ScheduleState | 'auto',
  until: string | undefined,
): Override | undefined {
  if (state === 'auto' && until !== undefined)
    throw unfit('until', 'is not needed with `auto`: leave it out');
  const end = until === undefined ? undefined : instantOf('until', until);
  if (end !== undefined && end <= now().getTime()) {
    throw unfit('until', 'is over already: name a time to come');
  }
  return state === 'auto'
    ? undefined
    : { state, ...defined({ until: end === undefined ? undefined : new Date(end).toISOString() }) };
}

/** The state of a schedule at a time (ISO). Throws `schedule-missing`. */
export async function scheduleAt(admin: Admin, id: string, time: string): Promise<ScheduleAt> {
  const schedule = await needSchedule(admin, id);
  const ms = instantOf('time', time);
  return { time: new Date(ms).toISOString(), ...stateAt(schedule, ms) };
}

/** Deletes a schedule. Throws `schedule-missing`; `schedule-used` while a draft, or a version that callers may be in, uses it; `schedule-raced`. */
export async function deleteSchedule(admin: Admin, id: string): Promise<void> {
  const before = await needSchedule(admin, id);
  const usages = (await usageOf(admin, 'schedules')).get(id);
  if (usages !== undefined) {
    const message = `${id} is used by ${usageText(usages)}. Let these flows ask another schedule first.`;
    throw new Failure('schedule-used', message);
  }
  const intent: Intent = { did: 'delete', what: `schedule ${id}`, before: settingsOf(before) };
  await audited(admin, intent, () => removeSchedule(admin.table, before));
}

/** The schedules for the check of flows: their ids, and the last known holiday where it is within 60 days or past. */
export async function scheduleFacts({ table, now }: Admin): Promise<{
  readonly schedules: ReadonlySet<string>;
  readonly holidaysEnd: ReadonlyMap<string, string>;
}> {
  const found = await collectPage((paging) => fetchSchedules(table, paging));
  const ends = found.flatMap(({ id, holidays }): [string, string][] => {
    const last = holidaysUntil(holidays);
    return last !== undefined && holidaysEndSoon(last, now().getTime()) ? [[id, last]] : [];
  });
  return { schedules: new Set(found.map(({ id }) => id)), holidaysEnd: new Map(ends) };
}

async function needSchedule({ table }: Admin, id: string): Promise<StoredSchedule> {
  const schedule = await fetchSchedule(table, id);
  if (schedule === undefined) throw new Failure('schedule-missing', `There is no schedule "${id}".`);
  return schedule;
}

function nowOf({ now }: Admin, schedule: StoredSchedule, usedBy: readonly Usage[] = []): ScheduleNow {
  const ms = now().getTime();
  const { override } = schedule;
  const holds = override !== undefined && (override.until === undefined || Date.parse(override.until) > ms);
  return {
    ...settingsOf(schedule),
    ...(holds ? { override } : {}),
    ...stateAt(schedule, ms),
    ...defined({ changesAt: changesAt(schedule, ms), holidaysUntil: holidaysUntil(schedule.holidays) }),
    usedBy,
  };
}

function settingsOf({ id, name, timeZone, weekly, holidays = [] }: Schedule): Schedule {
  return { id, name, timeZone, weekly, ...(holidays.length === 0 ? {} : { holidays }) };
}

function refuseHours(schedule: Schedule): void {
  const { timeZone, weekly, holidays = [] } = schedule;
  const bytes = Buffer.byteLength(JSON.stringify(settingsOf(schedule)));
  if (bytes > mostSettingsBytes) {
    const told = `make a schedule of ${bytes} bytes, ${mostSettingsBytes} at most are allowed: shorten some names`;
    throw unfit('holidays', told);
  }
  if (!isTimeZone(timeZone)) {
    throw unfit(
      'timeZone',
      `is "${timeZone}", which is not a time zone: write an IANA name such as Asia/Shanghai`,
    );
  }
  for (const [day, ranges] of Object.entries(weekly)) refuseRanges(`weekly.${day}`, ranges);
  const taken: { from: string; to: string; place: number }[] = [];
  for (const [place, holiday] of holidays.entries()) {
    refuseHoliday(`holidays.${place}`, holiday);
    const { date: from, until: to = from } = holiday;
    const other = taken.find((each) => each.from <= to && from <= each.to);
    if (other !== undefined) {
      throw unfit(
        `holidays.${place}.date`,
        `is a day that holidays.${other.place} has, too: keep one of them`,
      );
    }
    taken.push({ from, to, place });
  }
}

function refuseHoliday(field: string, { date, until, open }: Holiday): void {
  for (const [name, day] of [
    ['date', date],
    ['until', until ?? date],
  ] as const) {
    if (!isDay(day))
      throw unfit(`${field}.${name}`, `is "${day}", which is not a day: write it as in 2026-10-01`);
  }
  if (until !== undefined && until < date) throw unfit(`${field}.until`, 'is before `date`: swap them');
  if (open !== undefined) refuseRanges(`${field}.open`, open);
}

function refuseRanges(field: string, ranges: readonly OpenRange[]): void {
  for (const [place, [begins, ends]] of ranges.entries()) {
    if (begins === ends) {
      throw unfit(`${field}.${place}`, 'begins when it ends: write ["00:00", "24:00"] for a whole day');
    }
  }
}

/** The error `bad-input` for a field that has the right shape but an invalid value. */
function unfit(field: string, message: string): Failure {
  return wrong(field, message, 'bad-hours');
}

/** A time in ISO 8601, as milliseconds. Throws `bad-input`. */
function instantOf(field: string, text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || !isDay(text.slice(0, 10))) throw unfit(field, `is "${text}", which is not a time`);
  return ms;
}

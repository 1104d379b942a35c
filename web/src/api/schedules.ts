import { type Api, allPages, unwrap } from './answers.ts';
import type { Schedule } from './generated/types.ts';
import type { Replaces, Tagged } from './tagged.ts';

/** What is set of a schedule; its id stands beside it. */
export type ScheduleSettings = Pick<Schedule, 'name' | 'timeZone' | 'weekly'> &
  Partial<Pick<Schedule, 'holidays'>>;

/** All schedules, with what callers meet now. */
export function listSchedules(api: Api): Promise<Schedule[]> {
  return allPages(async (after) => {
    const query = { limit: 100, ...(after === undefined ? {} : { after }) };
    return (await unwrap(api.GET('/api/schedules', { params: { query } }))).data;
  });
}

/** A schedule as it is stored. Throws a Refusal. */
export function readSchedule(api: Api, id: string): Promise<Tagged<Schedule>> {
  return unwrap(api.GET('/api/schedules/{id}', { params: { path: { id } } }));
}

/** Creates a schedule, or sets all of what it is. Throws a Refusal. */
export async function putSchedule(
  api: Api,
  id: string,
  body: ScheduleSettings,
  header: Replaces,
): Promise<Schedule> {
  return (await unwrap(api.PUT('/api/schedules/{id}', { params: { path: { id }, header }, body }))).data;
}

/** The emergency switch. Throws a Refusal. */
export async function overrideSchedule(
  api: Api,
  id: string,
  body: { readonly state: 'open' | 'closed' | 'holiday' | 'auto'; readonly until?: string },
): Promise<Schedule> {
  return (await unwrap(api.PUT('/api/schedules/{id}/override', { params: { path: { id } }, body }))).data;
}

/** What a caller meets at a time (ISO). Throws a Refusal. */
export async function scheduleAt(api: Api, id: string, time: string) {
  return (await unwrap(api.GET('/api/schedules/{id}/at', { params: { path: { id }, query: { time } } })))
    .data;
}

/** Deletes a schedule. Throws a Refusal. */
export async function deleteSchedule(api: Api, id: string): Promise<void> {
  await unwrap(api.DELETE('/api/schedules/{id}', { params: { path: { id } } }));
}

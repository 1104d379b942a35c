import * as v from 'valibot';
import { pageOf, paging } from '../../admin/input.ts';
import { IsoTime, ScheduleInput } from '../../admin/scheduleInput.ts';
import {
  deleteSchedule,
  listSchedules,
  overrideSchedule,
  putSchedule,
  readSchedule,
  type ScheduleNow,
  scheduleAt,
  scheduleRevision,
} from '../../admin/schedules.ts';
import { defined } from '../../flow/defined.ts';
import { scheduleId } from '../../store/settings/schedules.ts';
import { preconditionIn, preconditions, settingsTag, tagged } from '../etag.ts';
import { QueryInstant } from '../recordSchemas.ts';
import { defineRoute } from '../route.ts';
import { ScheduleAtSchema, ScheduleSchema } from '../scheduleSchemas.ts';
import type { ApiReply } from '../serve.ts';

const id = v.pipe(
  v.string('must be the id of a schedule'),
  v.regex(scheduleId, 'must be 1 to 40 small letters, digits and hyphens, and begin with a letter or digit'),
  v.description('The id of the schedule'),
);

const example = {
  name: 'Office',
  timeZone: 'Asia/Shanghai',
  weekly: { mon: [['09:00', '18:00']], fri: [['09:00', '12:00']] },
  holidays: [{ date: '2026-10-01', until: '2026-10-07', name: '国庆节' }],
} as const;

const exampleNow = {
  ...{ id: 'office', ...example },
  ...{
    state: 'open' as const,
    changesAt: '2026-09-28T10:00:00.000Z',
    holidaysUntil: '2026-10-07',
    usedBy: [],
  },
};

/** The calls for schedules. */
export const scheduleRoutes = [
  defineRoute('GET /api/schedules', {
    id: 'listSchedules',
    summary: 'The schedules, by id, with their current state',
    query: paging,
    answer: {
      status: 200,
      about: 'A page of schedules',
      schema: pageOf(ScheduleSchema),
      example: { items: [exampleNow] },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await listSchedules(admin, query) }),
  }),
  defineRoute('GET /api/schedules/{id}', {
    id: 'readSchedule',
    summary: 'A schedule, with its current state',
    path: { id },
    missing: 'schedule-missing',
    answer: {
      status: 200,
      about: 'The schedule',
      schema: ScheduleSchema,
      example: exampleNow,
      headers: settingsTag,
    },
    errors: ['schedule-missing'],
    run: async (admin, { path }) => shown(await readSchedule(admin, path.id)),
  }),
  defineRoute('PUT /api/schedules/{id}', {
    id: 'putSchedule',
    summary: 'Create or replace a schedule, except its override',
    path: { id },
    headers: preconditions,
    body: { schema: ScheduleInput, example: example as never },
    answer: {
      status: 200,
      about: 'The schedule as it is now',
      schema: ScheduleSchema,
      example: exampleNow,
      headers: settingsTag,
    },
    errors: ['settings-stale', 'settings-taken', 'schedule-raced'],
    run: async (admin, { path, headers, body }) =>
      shown(await putSchedule(admin, { id: path.id, ...body }, preconditionIn(headers))),
  }),
  defineRoute('PUT /api/schedules/{id}/override', {
    id: 'overrideSchedule',
    summary: 'The emergency switch: overrides the hours',
    about: 'It applies from the next call on. `auto` removes it.',
    path: { id },
    missing: 'schedule-missing',
    body: {
      schema: v.strictObject({
        state: v.picklist(['open', 'closed', 'holiday', 'auto'], 'must be open, closed, holiday or auto'),
        until: v.exactOptional(
          v.pipe(IsoTime, v.description('Until when; if left out, until `auto` is set')),
        ),
      }),
      example: { state: 'closed', until: '2026-09-28T18:00:00Z' },
    },
    answer: { status: 200, about: 'The schedule as it is now', schema: ScheduleSchema, example: exampleNow },
    errors: ['schedule-missing', 'schedule-raced'],
    run: async (admin, { path, body }) => ({
      status: 200,
      body: await overrideSchedule(admin, path.id, {
        state: body.state,
        ...defined({ until: body.until }),
      }),
    }),
  }),
  defineRoute('GET /api/schedules/{id}/at', {
    id: 'scheduleAt',
    summary: 'The state of a schedule at a time',
    path: { id },
    missing: 'schedule-missing',
    query: { time: v.pipe(QueryInstant, v.description('ISO 8601, with its zone')) },
    answer: {
      status: 200,
      about: 'The state at that time',
      schema: ScheduleAtSchema,
      example: { time: '2026-10-01T02:00:00.000Z', state: 'holiday', holiday: '国庆节' },
    },
    errors: ['schedule-missing'],
    run: async (admin, { path, query }) => ({
      status: 200,
      body: await scheduleAt(admin, path.id, query.time),
    }),
  }),
  defineRoute('DELETE /api/schedules/{id}', {
    id: 'deleteSchedule',
    summary: 'Delete a schedule',
    about: 'Refused while a draft, or a version that callers may be in, uses it.',
    path: { id },
    missing: 'schedule-missing',
    answer: { status: 204, about: 'It is deleted' },
    errors: ['schedule-missing', 'schedule-used', 'schedule-raced'],
    async run(admin, { path }) {
      await deleteSchedule(admin, path.id);
      return { status: 204 };
    },
  }),
];

function shown(schedule: ScheduleNow): ApiReply {
  return tagged(scheduleRevision(schedule), schedule);
}

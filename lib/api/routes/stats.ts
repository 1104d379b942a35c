import * as v from 'valibot';
import { counted } from '../../admin/input.ts';
import { readStats, readTraffic } from '../../admin/stats.ts';
import { FlowId } from '../../flow/flow.ts';
import { QueryTime, StatsSchema, TrafficSchema } from '../recordSchemas.ts';
import { defineRoute } from '../route.ts';

const span = {
  since: v.exactOptional(v.pipe(QueryTime, v.description('24 hours before `until` if left out'))),
  until: v.exactOptional(
    v.pipe(QueryTime, v.description('Exclusive, and later than `since`; now if left out')),
  ),
};

const about = 'Counted from the records of at most the newest 5,000 calls of the span.';

/** The API calls for statistics. */
export const statRoutes = [
  defineRoute('GET /api/stats', {
    id: 'readStats',
    summary: 'What happened in a span of time, and who waits now',
    about,
    query: span,
    answer: {
      status: 200,
      about: 'The counts',
      schema: StatsSchema,
      example: {
        complete: true,
        since: '2026-07-01T00:00:00.000Z',
        calls: 120,
        now: 3,
        byFlow: [{ flow: 'front-desk', calls: 120, now: 3 }],
        byEndReason: { finished: 101, 'hung-up-menu': 16 },
        busiestExits: [{ flow: 'front-desk', node: 'menu', exit: '1', calls: 80 }],
        waiting: 2,
        queued: 80,
        answered: 74,
        answeredWithin20: 51,
        answeredWithin180: 72,
        missedRings: 4,
        missedBy: { '1001': 3, '1002': 1 },
      },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await readStats(admin, query) }),
  }),
  defineRoute('GET /api/flows/{id}/traffic', {
    id: 'readTraffic',
    summary: 'How calls went through a flow',
    about,
    path: { id: v.pipe(FlowId, v.description('The id of the flow')) },
    missing: 'flow-missing',
    query: {
      ...span,
      version: v.exactOptional(
        v.pipe(counted(1, 999_999_999), v.description('Only calls through this version')),
      ),
    },
    answer: {
      status: 200,
      about: 'Calls at each node',
      schema: TrafficSchema,
      example: {
        complete: true,
        since: '2026-07-01T00:00:00.000Z',
        calls: 120,
        nodes: { menu: { entered: 120, ended: 16, exits: { '1': 80, '2': 24 } } },
      },
    },
    errors: ['flow-missing'],
    run: async (admin, { path, query }) => ({
      status: 200,
      body: await readTraffic(admin, path.id, query),
    }),
  }),
];

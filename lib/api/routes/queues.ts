import { pageOf, paging } from '../../admin/input.ts';
import { listQueues } from '../../admin/queues.ts';
import { defineRoute } from '../route.ts';
import { QueueSchema } from '../schemas.ts';

/** The call for the queues. */
export const queueRoutes = [
  defineRoute('GET /api/queues', {
    id: 'listQueues',
    summary: 'Who waits for each skill group, and who is there to answer',
    query: paging,
    answer: {
      status: 200,
      about: 'A page of queues, by skill group',
      schema: pageOf(QueueSchema),
      example: {
        items: [{ group: 'sales', waiting: 2, longestWaitSeconds: 31, agents: { talking: 3, break: 1 } }],
      },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await listQueues(admin, query) }),
  }),
];

import { listChanges } from '../../admin/audit.ts';
import { pageOf, paging } from '../../admin/input.ts';
import { ChangeSchema } from '../recordSchemas.ts';
import { defineRoute } from '../route.ts';

/** The call for the audit. */
export const auditRoutes = [
  defineRoute('GET /api/audit', {
    id: 'listChanges',
    summary: 'Every change by an admin, newest first',
    query: paging,
    answer: {
      status: 200,
      about: 'A page of changes',
      schema: pageOf(ChangeSchema),
      example: {
        items: [
          {
            at: '2026-07-01T09:30:00.000Z',
            who: 'ann',
            did: 'bind',
            what: 'number +15550100',
            before: { flow: 'front-desk' },
            after: { flow: 'summer' },
          },
        ],
      },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await listChanges(admin, query) }),
  }),
];

import * as v from 'valibot';
import { pageOf, paging, wrong } from '../../admin/input.ts';
import { bindNumber, listNumbers, readNumber, unbindNumber } from '../../admin/numbers.ts';
import { Failure } from '../../errors.ts';
import { FlowId } from '../../flow/flow.ts';
import { defineRoute } from '../route.ts';
import { BindingSchema, WrittenNumber } from '../schemas.ts';

const path = {
  e164: v.pipe(WrittenNumber, v.description('The number as E.164 writes it, such as `+15550100`')),
};

const example = {
  number: '+15550100',
  flow: 'front-desk',
  boundAt: '2026-07-01T09:30:00.000Z',
  boundBy: 'ann',
};

/** The calls that bind numbers to flows. */
export const numberRoutes = [
  defineRoute('GET /api/numbers', {
    id: 'listNumbers',
    summary: 'The bound numbers, by number',
    query: paging,
    answer: {
      status: 200,
      about: 'A page of numbers',
      schema: pageOf(BindingSchema),
      example: { items: [example] },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await listNumbers(admin, query) }),
  }),
  defineRoute('GET /api/numbers/{e164}', {
    id: 'readNumber',
    summary: 'The flow that callers of a number reach',
    path,
    missing: 'number-missing',
    answer: { status: 200, about: 'The binding', schema: BindingSchema, example },
    errors: ['number-missing'],
    run: async (admin, { path: { e164 } }) => ({ status: 200, body: await readNumber(admin, e164) }),
  }),
  defineRoute('PUT /api/numbers/{e164}', {
    id: 'bindNumber',
    summary: 'Bind a number to a flow, whatever it was bound to before',
    path,
    body: { schema: v.strictObject({ flow: FlowId }), example: { flow: 'front-desk' } },
    answer: { status: 200, about: 'The stored binding', schema: BindingSchema, example },
    errors: ['number-raced'],
    async run(admin, { path: { e164 }, body: { flow } }) {
      const { before: _, ...binding } = await bindNumber(admin, e164, flow).catch((error: unknown) => {
        // The path is valid; the flow that the body names does not exist.
        throw error instanceof Failure && error.code === 'flow-missing'
          ? wrong('flow', `names "${flow}", which is not a flow`)
          : error;
      });
      return { status: 200, body: binding };
    },
  }),
  defineRoute('DELETE /api/numbers/{e164}', {
    id: 'unbindNumber',
    summary: 'Unbind a number: its callers hear an apology',
    path,
    missing: 'number-missing',
    answer: { status: 204, about: 'The number is no longer bound' },
    errors: ['number-missing', 'number-raced'],
    async run(admin, { path: { e164 } }) {
      await unbindNumber(admin, e164);
      return { status: 204 };
    },
  }),
];

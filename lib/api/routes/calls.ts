import * as v from 'valibot';
import { listCalls, readCall } from '../../admin/calls.ts';
import { counted, pageOf, paging } from '../../admin/input.ts';
import { callSidPattern } from '../../flow/events.ts';
import { FlowId, NodeId } from '../../flow/flow.ts';
import { atMost } from '../../flow/length.ts';
import { callEndReasons } from '../../journal/record.ts';
import { CallRecordSchema, CallSchema, QueryTime } from '../recordSchemas.ts';
import { defineRoute } from '../route.ts';
import { StaffNo, WrittenAddress } from '../schemas.ts';

const wanted = {
  number: v.exactOptional(
    v.pipe(
      WrittenAddress,
      v.description('Who called, or was called: a number, or an address such as `sip:bob@example.com`'),
    ),
  ),
  from: v.exactOptional(v.pipe(WrittenAddress, v.description('Who called'))),
  flow: v.exactOptional(FlowId),
  node: v.exactOptional(
    v.pipe(
      NodeId,
      v.description(
        'A node of `flow` that the calls came to, from another flow, too; of a call through very many, the first ones are known',
      ),
    ),
  ),
  exit: v.exactOptional(
    v.pipe(v.string(), atMost(100), v.description('The exit of `node` that the calls took')),
  ),
  ended: v.exactOptional(
    v.pipe(
      v.picklist(['true', 'false'], 'must be true or false'),
      v.transform((text) => text === 'true'),
      v.boolean(),
      v.description('Only calls that ended at `node`'),
    ),
  ),
  version: v.exactOptional(v.pipe(counted(1, 999_999_999), v.description('The version of `flow`'))),
  missedBy: v.exactOptional(
    v.pipe(StaffNo, v.description('Calls for which a ring of this agent was missed')),
  ),
  endReason: v.exactOptional(v.picklist(callEndReasons, `must be one of ${callEndReasons.join(', ')}`)),
  since: v.exactOptional(QueryTime),
  until: v.exactOptional(QueryTime),
};

const example = {
  callSid: 'CA0123456789abcdef0123456789abcdef',
  from: '+15550199',
  to: '+15550100',
  flow: 'front-desk',
  version: 2,
  startedAt: '2026-07-01T09:30:00.000Z',
  endedAt: '2026-07-01T09:30:09.000Z',
  endReason: 'finished' as const,
  missing: [],
};

/** The API calls for call records. */
export const callRoutes = [
  defineRoute('GET /api/calls', {
    id: 'listCalls',
    summary: 'Calls, newest first; a call is listed seconds after it begins',
    about: 'A page may have fewer entries than `limit`, with more pages after it.',
    query: { ...paging, ...wanted },
    answer: {
      status: 200,
      about: 'A page of calls',
      schema: pageOf(CallSchema),
      example: { items: [example] },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await listCalls(admin, query) }),
  }),
  defineRoute('GET /api/calls/{callSid}', {
    id: 'readCall',
    summary: 'A call, step by step',
    path: {
      callSid: v.pipe(v.string(), v.regex(callSidPattern), v.description("The carrier's id of the call")),
    },
    missing: 'call-missing',
    answer: {
      status: 200,
      about: 'The call with its steps, and what was heard at each',
      schema: CallRecordSchema,
      example: {
        ...example,
        steps: [
          {
            at: '2026-07-01T09:30:00.000Z',
            node: 'welcome',
            heard: [{ text: 'Good morning. We open at nine.' }],
            exit: 'next',
          },
        ],
      },
    },
    errors: ['call-missing'],
    run: async (admin, { path }) => ({ status: 200, body: await readCall(admin, path.callSid) }),
  }),
];

import * as v from 'valibot';
import {
  type AgentRow,
  agentRevision,
  deleteAgent,
  listAgents,
  putAgent,
  readAgent,
  refuseOthers,
  setPresence,
} from '../../admin/agents.ts';
import { pageOf, paging } from '../../admin/input.ts';
import { openPhone } from '../../admin/phones.ts';
import { endpointPattern } from '../../flow/dial.ts';
import { nameText } from '../../flow/name.ts';
import { phoneFaultText, readPhone } from '../../flow/phone.ts';
import { preconditionIn, preconditions, settingsTag, tagged } from '../etag.ts';
import { defineRoute } from '../route.ts';
import { AgentPhoneSchema, AgentSchema, documented, GroupId, PresenceSchema, StaffNo } from '../schemas.ts';
import type { ApiReply } from '../serve.ts';

const path = { staffNo: v.pipe(StaffNo, v.description('The staff number: callers hear it')) };

const settings = {
  name: nameText(100),
  endpoint: v.pipe(
    v.string('must be a text'),
    documented(endpointPattern),
    v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
      const read = readPhone(value);
      if ('number' in read) return read.number;
      // SIP addresses and clients contain letters.
      if (/\p{L}/u.test(value)) return value;
      addIssue({ message: phoneFaultText(read) });
      return NEVER;
    }),
    v.string(),
    v.regex(
      endpointPattern,
      'must be a phone number such as +15550123, a SIP address such as sip:ann@example.com without `?`, or `client:` and a name of letters, digits, `_`, `.` and `-`',
    ),
    v.description('What the carrier rings'),
  ),
  skillGroups: v.pipe(
    v.array(GroupId, 'must be a list of skill groups'),
    v.maxLength(100, 'has more than 100 skill groups'),
    v.transform((groups) => [...new Set(groups)]),
  ),
  user: v.exactOptional(v.pipe(nameText(128), v.description('The user whose presence this is'))),
};

const example = {
  staffNo: '1001',
  name: 'Ann',
  endpoint: 'sip:ann@example.com',
  skillGroups: ['sales'],
  user: 'ann',
  presence: 'online',
  state: 'available',
};

/** The calls for agents and their presence. */
export const agentRoutes = [
  defineRoute('GET /api/agents', {
    id: 'listAgents',
    summary: 'The agents, by staff number as a text',
    query: {
      ...paging,
      user: v.exactOptional(v.pipe(v.string(), v.description('Only those whose presence this user sets'))),
    },
    answer: {
      status: 200,
      about: 'A page of agents',
      schema: pageOf(AgentSchema),
      example: { items: [example] },
    },
    errors: [],
    run: async (admin, { query }) => ({ status: 200, body: await listAgents(admin, query) }),
  }),
  defineRoute('GET /api/agents/{staffNo}', {
    id: 'readAgent',
    summary: 'An agent, with presence and state',
    path,
    missing: 'agent-missing',
    answer: { status: 200, about: 'The agent', schema: AgentSchema, example, headers: settingsTag },
    errors: ['agent-missing'],
    run: async (admin, { path: { staffNo } }) => shown(await readAgent(admin, staffNo)),
  }),
  defineRoute('PUT /api/agents/{staffNo}', {
    id: 'putAgent',
    summary: 'Create an agent, who is offline, or replace all settings of one',
    about: 'Presence and calls are kept.',
    path,
    headers: preconditions,
    body: {
      schema: v.strictObject(settings),
      example: { name: 'Ann', endpoint: 'sip:ann@example.com', skillGroups: ['sales'], user: 'ann' },
    },
    answer: {
      status: 200,
      about: 'The agent as they are now',
      schema: AgentSchema,
      example,
      headers: settingsTag,
    },
    errors: ['settings-stale', 'settings-taken', 'agent-raced'],
    run: async (admin, { path: { staffNo }, headers, body }) =>
      shown(await putAgent(admin, { staffNo, ...body }, preconditionIn(headers))),
  }),
  defineRoute('DELETE /api/agents/{staffNo}', {
    id: 'deleteAgent',
    summary: 'Delete an agent',
    path,
    missing: 'agent-missing',
    answer: { status: 204, about: 'The agent is deleted' },
    errors: ['agent-missing', 'agent-raced', 'agent-busy'],
    async run(admin, { path: { staffNo } }) {
      await deleteAgent(admin, staffNo);
      return { status: 204 };
    },
  }),
  defineRoute('PUT /api/agents/{staffNo}/presence', {
    id: 'setPresence',
    summary: 'Set the presence of an agent',
    about:
      'Agents set their own. A presence changed in a call counts after it; `online` in the wrap-up ends it.',
    path,
    missing: 'agent-missing',
    body: { schema: v.strictObject({ presence: PresenceSchema }), example: { presence: 'online' } },
    answer: { status: 200, about: 'The agent as they are now', schema: AgentSchema, example },
    errors: ['agent-missing'],
    async run(admin, { path: { staffNo }, body, caller }) {
      if (!caller?.roles.includes('admin')) await refuseOthers(admin, staffNo);
      return { status: 200, body: await setPresence(admin, staffNo, body.presence) };
    },
  }),
  defineRoute('POST /api/agents/{staffNo}/phone-token', {
    id: 'openPhone',
    summary: "An access token that makes a browser an agent's phone for incoming calls, for an hour",
    about:
      'Agents get only their own. The system needs an API key of the carrier, and the agent an endpoint that is a `client:`.',
    path,
    missing: 'agent-missing',
    answer: {
      status: 200,
      about: 'The token, and the client that the carrier rings',
      schema: AgentPhoneSchema,
      example: { client: 'agent-1001', token: 'eyJjdHkiOiJ0d2ls…', expiresAt: '2026-07-01T10:30:00.000Z' },
    },
    errors: ['agent-missing', 'agent-without-phone', 'phone-key-missing'],
    run: async (admin, { path: { staffNo } }) => ({ status: 200, body: await openPhone(admin, staffNo) }),
  }),
];

function shown(agent: AgentRow): ApiReply {
  return tagged(agentRevision(agent), agent);
}

import * as v from 'valibot';
import type { Admin } from '../../admin/admin.ts';
import { forgetCaller } from '../../admin/callers.ts';
import { pageOf, paging } from '../../admin/input.ts';
import {
  deleteVoicemail,
  listVoicemails,
  type Mailboxes,
  mailboxesOf,
  markVoicemail,
  readVoicemail,
} from '../../admin/voicemails.ts';
import { recordingPattern } from '../../flow/voicemail.ts';
import { voicemailStates } from '../../store/calls/voicemails.ts';
import type { Identity } from '../identity.ts';
import { HeardVoicemailSchema, VoicemailSchema } from '../recordSchemas.ts';
import { defineRoute } from '../route.ts';
import { GroupId, WrittenAddress } from '../schemas.ts';

const path = {
  id: v.pipe(
    v.string(),
    v.regex(recordingPattern, 'must be the id of a message'),
    v.description("The carrier's id of the recording"),
  ),
};

const State = v.picklist(voicemailStates, `must be one of ${voicemailStates.join(', ')}`);

const example = {
  id: 'RE0123456789abcdef0123456789abcdef',
  mailbox: 'sales',
  from: '+15550199',
  callSid: 'CA0123456789abcdef0123456789abcdef',
  at: '2026-07-01T09:30:00.000Z',
  seconds: 12,
  state: 'new' as const,
  sound: 'stored' as const,
};

const heard = { ...example, url: 'https://storage.example.com/voicemail/RE01?X-Amz-Signature=…' };

/** The mailboxes that a user may hear: all for an admin, those of their groups for an agent. */
async function allowedTo(admin: Admin, caller: Identity | undefined): Promise<Mailboxes> {
  return caller?.roles.includes('admin') ? 'all' : await mailboxesOf(admin);
}

/** The calls for messages, and the one that forgets a caller. */
export const voicemailRoutes = [
  defineRoute('GET /api/voicemails', {
    id: 'listVoicemails',
    summary: 'Messages of callers, newest first, within seconds after they were left',
    about:
      'Agents see those of their skill groups. A page may have fewer entries than `limit`, with more pages after it.',
    query: {
      ...paging,
      mailbox: v.exactOptional(v.pipe(GroupId, v.description('The skill group that they are for'))),
      state: v.exactOptional(State),
    },
    answer: {
      status: 200,
      about: 'A page of messages',
      schema: pageOf(VoicemailSchema),
      example: { items: [example] },
    },
    errors: [],
    run: async (admin, { query, caller }) => ({
      status: 200,
      body: await listVoicemails(admin, query, await allowedTo(admin, caller)),
    }),
  }),
  defineRoute('GET /api/voicemails/{id}', {
    id: 'readVoicemail',
    summary: 'A message, with a URL at which it can be heard for five minutes',
    about: 'Without `url`, its sound is still with the carrier, or is lost.',
    path,
    missing: 'voicemail-missing',
    answer: { status: 200, about: 'The message', schema: HeardVoicemailSchema, example: heard },
    errors: ['voicemail-missing'],
    run: async (admin, { path: { id }, caller }) => ({
      status: 200,
      body: await readVoicemail(admin, id, await allowedTo(admin, caller)),
    }),
  }),
  defineRoute('PUT /api/voicemails/{id}', {
    id: 'markVoicemail',
    summary: 'Mark a message as heard, or as new again',
    path,
    missing: 'voicemail-missing',
    body: { schema: v.strictObject({ state: State }), example: { state: 'heard' } },
    answer: {
      status: 200,
      about: 'The stored message',
      schema: HeardVoicemailSchema,
      example: { ...heard, state: 'heard' },
    },
    errors: ['voicemail-missing'],
    run: async (admin, { path: { id }, body, caller }) => ({
      status: 200,
      body: await markVoicemail(admin, id, body.state, await allowedTo(admin, caller)),
    }),
  }),
  defineRoute('DELETE /api/voicemails/{id}', {
    id: 'deleteVoicemail',
    summary: 'Delete a message and its sound, at the carrier, too',
    path,
    missing: 'voicemail-missing',
    answer: { status: 204, about: 'The message is deleted' },
    errors: ['voicemail-missing'],
    async run(admin, { path: { id }, caller }) {
      await deleteVoicemail(admin, id, await allowedTo(admin, caller));
      return { status: 204 };
    },
  }),
  defineRoute('DELETE /api/callers/{number}', {
    id: 'forgetCaller',
    summary: 'Forget a caller: delete the records of their calls, and their messages',
    about:
      'It deletes what `GET /api/calls?from=` lists: of a number, calls from SIP addresses with that number, too. The log keeps its lines for `LOG_DAYS`, and the carrier its own records: `remains` says so. A number that is bound to a flow is one of your own, and is refused. If interrupted, repeat it: it goes on.',
    path: {
      number: v.pipe(
        WrittenAddress,
        v.description(
          'The number as E.164 writes it, such as `+15550199`, or another address as the list of calls shows it: `sip:bob@example.com`',
        ),
      ),
    },
    answer: {
      status: 200,
      about: 'How many were deleted, and what remains elsewhere',
      schema: v.object({
        calls: v.pipe(v.number(), v.description('Calls whose records were deleted')),
        voicemails: v.pipe(v.number(), v.description('Messages that were deleted')),
        remains: v.pipe(v.array(v.string()), v.description('Sentences that say what remains elsewhere')),
      }),
      example: { calls: 3, voicemails: 1, remains: ['The log of the functions, for LOG_DAYS days.'] },
    },
    errors: ['caller-on-line'],
    run: async (admin, { path: { number } }) => ({ status: 200, body: await forgetCaller(admin, number) }),
  }),
];

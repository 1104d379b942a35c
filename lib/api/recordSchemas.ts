import * as v from 'valibot';
import { IsoTime } from '../admin/scheduleInput.ts';
import { type ErrorCode, errors } from '../errors.ts';
import { FlowId } from '../flow/flow.ts';
import { callEndReasons } from '../journal/record.ts';
import { voicemailStates } from '../store/calls/voicemails.ts';
import { Time } from './schemas.ts';
import { problemUrn } from './serve.ts';

/** Reads the blank before the offset of a time in a query as `+`. */
const plusForBlank = v.transform((text: string) => text.replace(/ (?=\d\d:\d\d$)/, '+'));

/** A time with its zone in a query, with a blank for `+` as in `QueryTime`. */
export const QueryInstant = v.pipe(v.string('must be a time'), plusForBlank, IsoTime);

/** A time in a query. Also accepts a blank for `+`: in a query, `+` means a blank, and few clients write `%2B`. */
export const QueryTime = v.pipe(
  v.string(),
  v.maxLength(40, 'must be a time such as 2026-07-01T09:00:00Z'),
  plusForBlank,
  v.string(),
  v.description('ISO 8601; a date alone means 00:00 UTC'),
);

const call = {
  callSid: v.pipe(v.string(), v.description("The carrier's id of the call")),
  from: v.exactOptional(v.string()),
  to: v.exactOptional(v.string()),
  flow: v.exactOptional(v.string()),
  version: v.exactOptional(v.number()),
  startedAt: Time,
  endedAt: v.exactOptional(Time),
  endReason: v.exactOptional(v.picklist(callEndReasons)),
  missing: v.pipe(v.array(v.number()), v.description('The numbers of steps that are missing in the log')),
};

/** A call in a list. */
export const CallSchema = v.object(call);

/** What happened at one node of a call. */
export const CallStepSchema = v.object({
  at: Time,
  node: v.string(),
  flow: v.exactOptional(
    v.pipe(FlowId, v.description('The flow of the node, if it is not the flow of the call')),
  ),
  version: v.exactOptional(v.pipe(v.number(), v.description('The version of that flow'))),
  heard: v.exactOptional(v.array(v.union([v.object({ text: v.string() }), v.object({ audio: v.string() })]))),
  key: v.exactOptional(v.pipe(v.string(), v.description('`?` for a character that is not a phone key'))),
  digits: v.exactOptional(
    v.pipe(
      v.number(),
      v.description('The number of keys that were typed, if the keys themselves are not stored'),
    ),
  ),
  silent: v.exactOptional(v.pipe(v.literal(true), v.description('No key came'))),
  agent: v.exactOptional(
    v.pipe(v.string(), v.description('The staff number of the agent whom the caller was connected with')),
  ),
  exit: v.exactOptional(v.string()),
  lost: v.exactOptional(v.pipe(v.string(), v.description('Why the caller was not put through'))),
  kept: v.exactOptional(v.pipe(v.literal(true), v.description('A message of the caller was stored'))),
  assumed: v.exactOptional(
    v.pipe(
      v.literal(true),
      v.description(
        'A schedule or a service gave no usable answer: the schedule counted as open, the request as failed',
      ),
    ),
  ),
  forgot: v.exactOptional(
    v.pipe(v.literal(true), v.description('The variables of the call could not be decrypted, and are unset')),
  ),
  unset: v.exactOptional(
    v.pipe(
      v.array(v.string()),
      v.description('Variables that were not set because there was no room for their values'),
    ),
  ),
  fault: v.exactOptional(v.pipe(v.string(), v.description('What went wrong on our side'))),
});

/** A call, step by step. */
export const CallRecordSchema = v.object({ ...call, steps: v.array(CallStepSchema) });

/** A message of a caller. */
export const VoicemailSchema = v.object({
  id: v.pipe(v.string(), v.description("The carrier's id of the recording")),
  mailbox: v.pipe(v.string(), v.description('The skill group that it is for')),
  from: v.pipe(v.string(), v.description("The caller's number, as the carrier tells it")),
  callSid: v.string(),
  at: Time,
  seconds: v.number(),
  state: v.picklist(voicemailStates),
  sound: v.pipe(
    v.picklist(['carrier', 'stored', 'lost']),
    v.description('Where its sound is: still with the carrier, stored, or lost by the carrier'),
  ),
});

/** A message with a URL of its sound. */
export const HeardVoicemailSchema = v.object({
  ...VoicemailSchema.entries,
  url: v.exactOptional(v.pipe(v.string(), v.description('An MP3, for five minutes'))),
});

/** A change by an admin. */
export const ChangeSchema = v.object({
  at: Time,
  who: v.string(),
  did: v.pipe(v.string(), v.description('A verb: `save`, `publish`, `bind`')),
  what: v.pipe(v.string(), v.description('The kind of thing and its id: `flow front-desk`')),
  before: v.exactOptional(v.unknown()),
  after: v.exactOptional(v.unknown()),
});

/** One problem of an input. */
export const DetailSchema = v.object({
  rule: v.pipe(v.string(), v.description('The rule that was broken; its name is stable')),
  severity: v.picklist(['error', 'warning']),
  node: v.exactOptional(v.string()),
  field: v.exactOptional(v.pipe(v.string(), v.description('With dots: `exits.next`'))),
  message: v.pipe(v.string(), v.description('A sentence that names the fault and the fix')),
  script: v.exactOptional(
    v.pipe(
      v.object({
        flow: v.exactOptional(
          v.pipe(FlowId, v.description('The live flow whose script fails, if it is another one')),
        ),
        line: v.pipe(v.number(), v.description('From 1')),
        title: v.exactOptional(v.pipe(v.string(), v.description('The title of the call'))),
        says: v.pipe(v.string(), v.description('The id of the message, for a translation')),
        values: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number()]))),
      }),
      v.description('Where a call script fails; stands with the rule `call-script`'),
    ),
  ),
});

/** An error. */
export const ProblemSchema = v.pipe(
  v.object({
    type: v.picklist((Object.keys(errors) as ErrorCode[]).map(problemUrn)),
    title: v.string(),
    status: v.number(),
    detail: v.pipe(v.string(), v.description('A sentence that names what was wrong this time')),
    problems: v.exactOptional(v.array(DetailSchema)),
  }),
  v.description('An error (RFC 9457)'),
);

/** The result of a publish. */
export const PublishedSchema = v.object({
  version: v.number(),
  affected: v.exactOptional(
    v.pipe(
      v.array(v.object({ flow: FlowId, name: v.string(), problems: v.array(DetailSchema) })),
      v.description('Live flows that enter this one and have problems because of it'),
    ),
  ),
});

const reach = {
  complete: v.pipe(
    v.boolean(),
    v.description('Whether all calls of the span are counted; if not, its newest 5,000'),
  ),
  since: v.pipe(Time, v.description('From when on all calls are counted')),
};

const count = v.number();

/** What happened in a span of time, and who waits now. */
export const StatsSchema = v.object({
  ...reach,
  calls: count,
  now: v.pipe(count, v.description('Calls that are not over')),
  byFlow: v.pipe(
    v.array(v.object({ flow: FlowId, calls: count, now: count })),
    v.description('By the flow that they began with, most calls first'),
  ),
  byEndReason: v.record(v.picklist(callEndReasons), count),
  busiestExits: v.pipe(
    v.array(v.object({ flow: FlowId, node: v.string(), exit: v.string(), calls: count })),
    v.description('The ten exits that most calls took, without those named `next`'),
  ),
  waiting: v.pipe(count, v.description('Callers who wait at this time')),
  queued: v.pipe(count, v.description('Calls that entered a queue')),
  answered: v.pipe(count, v.description('Those of them that an agent was connected with')),
  answeredWithin20: v.pipe(count, v.description('Within 20 seconds from the first queue to the first agent')),
  answeredWithin180: v.pipe(count, v.description('Within 180 seconds')),
  missedRings: v.pipe(count, v.description('Rings that agents missed')),
  missedBy: v.pipe(v.record(v.string(), count), v.description('The same by staff number')),
});

/** How calls went through a flow. */
export const TrafficSchema = v.object({
  ...reach,
  calls: v.pipe(count, v.description('Calls that entered the flow, also from another one')),
  nodes: v.pipe(
    v.record(
      v.string(),
      v.object({
        entered: v.pipe(count, v.description('Calls that entered the node')),
        ended: v.pipe(count, v.description('Calls that ended there')),
        exits: v.pipe(v.record(v.string(), count), v.description('Calls that took each exit')),
      }),
    ),
    v.description('By the id of the node; nodes that no call entered are left out'),
  ),
});

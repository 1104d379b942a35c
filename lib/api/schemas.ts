import * as v from 'valibot';
import { carrierReasons } from '../admin/spoken.ts';
import { type ErrorCode, errors } from '../errors.ts';
import { FlowId } from '../flow/flow.ts';
import { e164, phoneFaultText, readPhone } from '../flow/phone.ts';
import { AudioId } from '../flow/prompt.ts';
import { endReasons } from '../journal/record.ts';
import { agentStates, presences, staffNo } from '../store/queue/agents.ts';
import { groupId } from '../store/queue/groups.ts';
import { audioStates } from '../store/settings/audio.ts';
import { problemUrn } from './serve.ts';

/** A phone number as E.164 writes it. */
export const PhoneNumber = v.pipe(
  v.string('must be a phone number such as +15550100'),
  v.regex(e164, 'must be a phone number as E.164 writes it, such as +15550100'),
);

/** A phone number as people write it; it is read as E.164. */
export const WrittenNumber = v.pipe(
  v.string('must be a phone number such as +15550100'),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const read = readPhone(dataset.value);
    if ('number' in read) return read.number;
    addIssue({ message: phoneFaultText(read) });
    return NEVER;
  }),
  v.string(),
  v.regex(e164),
);

/** A pattern that the description of the API shows, and that is not checked: what is read is more than what is recommended. */
export function documented(pattern: RegExp) {
  const rule = v.regex<string>(pattern);
  const shown: typeof rule = { ...rule, '~run': (dataset) => dataset };
  return shown;
}

/** The id of a skill group. */
export const GroupId = v.pipe(
  v.string('must be the id of a skill group'),
  v.regex(groupId, 'must be 1 to 40 small letters, digits and hyphens, and begin with a letter or digit'),
);

/** A staff number: a text of digits. */
export const StaffNo = v.pipe(
  v.string('must be a text of digits'),
  v.regex(staffNo, 'must be 1 to 10 digits'),
);

/** What an agent says of themselves. */
export const Presence = v.picklist(presences, `must be ${presences.join(', ')}`);

const Time = v.pipe(v.string(), v.isoTimestamp());
const AgentState = v.picklist(agentStates);

/**
 * A flow that may be incomplete. What is wrong with it is told by `check`, which knows nodes and exits; the API's
 * description takes the schema of flow files in its place.
 */
export const Draft = v.pipe(v.unknown(), v.description('A flow that may be incomplete'));

/** A flow that was published. */
export const Flow = v.pipe(v.unknown(), v.description('A flow that can be published'));

/** A flow in a list. */
export const FlowRow = v.object({
  id: FlowId,
  name: v.string(),
  revision: v.pipe(v.string(), v.description('What the ETag of the draft names')),
  savedAt: Time,
  savedBy: v.string(),
  live: v.exactOptional(v.pipe(v.number(), v.description('The version that new calls take'))),
  newest: v.exactOptional(v.pipe(v.number(), v.description('The version published last'))),
  changed: v.pipe(v.boolean(), v.description('Whether the draft holds what the newest version does not')),
  errors: v.exactOptional(
    v.pipe(
      v.number(),
      v.description('How many errors the draft had when it was saved; left out if they were not counted'),
    ),
  ),
});

/** A version in a list. */
export const Version = v.object({
  version: v.number(),
  at: Time,
  by: v.string(),
  note: v.exactOptional(v.string()),
  name: v.pipe(v.string(), v.description('What the flow was called')),
  language: v.string(),
  nodes: v.pipe(v.number(), v.description('How many nodes it has')),
});

/** Which version is meant. */
export const VersionNumber = v.object({ version: v.number() });

/** A number, and the flow that its callers reach. */
export const Binding = v.object({ number: PhoneNumber, flow: FlowId, boundAt: Time, boundBy: v.string() });

/** A skill group. */
export const SkillGroup = v.object({
  id: GroupId,
  name: v.string(),
  ringSeconds: v.number(),
  wrapUpSeconds: v.number(),
  maxQueue: v.number(),
  confirm: v.exactOptional(v.boolean()),
});

/** An agent. */
export const Agent = v.object({
  staffNo: StaffNo,
  name: v.string(),
  endpoint: v.string(),
  skillGroups: v.array(GroupId),
  user: v.exactOptional(v.string()),
  presence: v.pipe(Presence, v.description('What the agent says of themselves')),
  state: v.pipe(AgentState, v.description('What the agent does at this time')),
});

/** Who waits for a skill group. */
export const Queue = v.object({
  group: GroupId,
  waiting: v.pipe(v.number(), v.description('Callers in the queue')),
  longestWaitSeconds: v.pipe(v.number(), v.description('How long the first of them has waited')),
  agents: v.pipe(
    v.record(AgentState, v.number()),
    v.description('How many agents are in each state; states that nobody is in are left out'),
  ),
});

/** A flow that names something. */
export const Usage = v.object({
  flow: FlowId,
  name: v.string(),
  usedIn: v.pipe(
    v.array(v.picklist(['draft', 'live', 'former'])),
    v.description('In its draft, its live version, or a former version that callers may still be in'),
  ),
});

/** An audio of the library. */
export const Audio = v.object({
  id: AudioId,
  name: v.string(),
  contentType: v.picklist(['audio/mpeg', 'audio/wav']),
  bytes: v.number(),
  state: v.pipe(
    v.picklist(audioStates),
    v.description('Announced, checked and waiting for a review, or reviewed'),
  ),
  uploadedAt: Time,
  uploadedBy: v.string(),
  seconds: v.exactOptional(v.pipe(v.number(), v.description('How long it is'))),
  reviewedAt: v.exactOptional(Time),
  reviewedBy: v.exactOptional(v.string()),
  reason: v.exactOptional(v.pipe(v.string(), v.description('Why it was rejected'))),
  rule: v.exactOptional(
    v.pipe(v.string(), v.description('What the file broke, if not a person rejected it')),
  ),
  usedBy: v.array(Usage),
  url: v.exactOptional(v.pipe(v.string(), v.description('The file as it was uploaded, for five minutes'))),
});

/** How the file of an announced audio is uploaded. */
export const AudioUpload = v.object({
  id: AudioId,
  upload: v.object({
    method: v.literal('PUT'),
    url: v.string(),
    headers: v.pipe(v.record(v.string(), v.string()), v.description('To be sent as they are')),
  }),
});

const place = {
  node: v.string(),
  field: v.pipe(v.string(), v.description('Where it stands in the node, with dots: `errorPrompt.text`')),
};

/** How far the speech of a draft is. */
export const SpeechProgress = v.object({
  done: v.pipe(v.number(), v.description('How many texts of the draft can be played')),
  left: v.pipe(v.number(), v.description('How many are still to be made: ask again while there are any')),
  failed: v.pipe(
    v.array(v.object({ ...place, message: v.string() })),
    v.description('Texts that cannot be spoken as they are'),
  ),
  carrier: v.pipe(
    v.array(v.object({ ...place, reason: v.picklist(carrierReasons) })),
    v.description(
      'Texts that the carrier speaks: they name variables, their voice is none of Polly’s, or Polly has none for their language',
    ),
  ),
});

/** How words of a language are spoken. */
export const Pronunciations = v.object({
  language: v.string(),
  words: v.array(v.object({ word: v.string(), spokenAs: v.string() })),
  changedAt: v.exactOptional(Time),
  changedBy: v.exactOptional(v.string()),
  concerns: v.pipe(
    v.array(v.object({ flow: FlowId, name: v.string() })),
    v.description('Where the live version speaks otherwise: a publish makes the words count there'),
  ),
});

const call = {
  callSid: v.pipe(v.string(), v.description("The carrier's id of the call")),
  from: v.exactOptional(v.string()),
  to: v.exactOptional(v.string()),
  flow: v.exactOptional(v.string()),
  version: v.exactOptional(v.number()),
  startedAt: Time,
  endedAt: v.exactOptional(Time),
  endReason: v.exactOptional(v.picklist(endReasons)),
  missing: v.pipe(v.array(v.number()), v.description('The numbers of steps that the log has not told of')),
};

/** A call in a list. */
export const Call = v.object(call);

/** What happened at one node of a call. */
export const CallStep = v.object({
  at: Time,
  node: v.string(),
  flow: v.exactOptional(
    v.pipe(FlowId, v.description('The flow of the node, if it is another than that of the call')),
  ),
  version: v.exactOptional(v.pipe(v.number(), v.description('The version of that flow'))),
  heard: v.exactOptional(v.array(v.union([v.object({ text: v.string() }), v.object({ audio: v.string() })]))),
  key: v.exactOptional(v.pipe(v.string(), v.description('`?` for what is no key of a phone'))),
  silent: v.exactOptional(v.pipe(v.literal(true), v.description('No key came'))),
  agent: v.exactOptional(v.pipe(v.string(), v.description('Whom the caller was connected with'))),
  exit: v.exactOptional(v.string()),
  lost: v.exactOptional(v.pipe(v.string(), v.description('Why the caller was not put through'))),
  forgot: v.exactOptional(
    v.pipe(v.literal(true), v.description('The variables of the call could not be opened, and are unset')),
  ),
  unset: v.exactOptional(
    v.pipe(
      v.array(v.string()),
      v.description('Variables whose values did not fit, so that they are not set'),
    ),
  ),
  fault: v.exactOptional(v.pipe(v.string(), v.description('What went wrong on our side'))),
});

/** A call, step by step. */
export const CallRecord = v.object({ ...call, steps: v.array(CallStep) });

/** A change by an admin. */
export const Change = v.object({
  at: Time,
  who: v.string(),
  did: v.pipe(v.string(), v.description('A verb: `save`, `publish`, `bind`')),
  what: v.pipe(v.string(), v.description('The kind of thing and its id: `flow front-desk`')),
  before: v.exactOptional(v.unknown()),
  after: v.exactOptional(v.unknown()),
});

/** What is wrong with an input, piece by piece. */
export const Detail = v.object({
  rule: v.pipe(v.string(), v.description('The rule that was broken; its name is stable')),
  severity: v.picklist(['error', 'warning']),
  node: v.exactOptional(v.string()),
  field: v.exactOptional(v.pipe(v.string(), v.description('With dots: `exits.next`'))),
  message: v.pipe(v.string(), v.description('A sentence that names the fault and the fix')),
});

/** An error. */
export const Problem = v.pipe(
  v.object({
    type: v.picklist((Object.keys(errors) as ErrorCode[]).map(problemUrn)),
    title: v.string(),
    status: v.number(),
    detail: v.pipe(v.string(), v.description('A sentence that names what was wrong this time')),
    problems: v.exactOptional(v.array(Detail)),
  }),
  v.description('An error (RFC 9457)'),
);

/** The schemas that the API's description names. */
export const components = {
  ...{ Draft, Flow, FlowRow, Version, VersionNumber, Binding, SkillGroup, Agent, Queue },
  ...{ Usage, Audio, AudioUpload, SpeechProgress, Pronunciations },
  ...{ Call, CallStep, CallRecord, Change, Detail, Problem },
};

import * as v from 'valibot';
import { carrierReasons } from '../admin/spoken.ts';
import { FlowId } from '../flow/flow.ts';
import { atMost } from '../flow/length.ts';
import { e164, numberOrWord, phoneFaultText, readPhone } from '../flow/phone.ts';
import { AudioId } from '../flow/prompt.ts';
import { agentStates, presences, staffNo } from '../store/queue/agents.ts';
import { groupId } from '../store/queue/groups.ts';
import { audioStates } from '../store/settings/audio.ts';

/** A phone number in E.164. */
const PhoneNumber = v.pipe(
  v.string('must be a phone number such as +15550100'),
  v.regex(e164, 'must be a phone number as E.164 writes it, such as +15550100'),
);

/** A phone number as people write it, `+1 (555) 0100`; parsed to E.164. */
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

/**
 * The address of who called or was called, as the list of calls shows it: a number as people write it, parsed to E.164, or any other
 * text, such as a SIP address or a number without `+`. A query may hold a number whose `+` was not escaped.
 */
export const WrittenAddress = v.pipe(
  v.string(),
  atMost(300),
  v.transform((text) => numberOrWord(text.replace(/^ (?=[0-9])/, '+'))),
  v.string(),
);

/** A pattern that the API's description shows but nothing checks: the parser accepts more than the recommended form. */
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

/** The presence of an agent, set by the agent. */
export const PresenceSchema = v.picklist(presences, `must be one of ${presences.join(', ')}`);

/** A time (ISO, UTC). */
export const Time = v.pipe(v.string(), v.isoTimestamp());
const AgentState = v.picklist(agentStates);

/**
 * A flow that may be incomplete. `check` finds its problems; the API's description has the schema of flow files in its place.
 */
export const DraftSchema = v.pipe(v.unknown(), v.description('A flow that may be incomplete'));

/** A flow that was published. */
export const FlowSchema = v.pipe(v.unknown(), v.description('A flow that can be published'));

/** A flow in a list. */
export const FlowRowSchema = v.object({
  id: FlowId,
  name: v.string(),
  revision: v.pipe(v.string(), v.description('The value of the ETag of the draft')),
  savedAt: Time,
  savedBy: v.string(),
  live: v.exactOptional(v.pipe(v.number(), v.description('The version that new calls use'))),
  newest: v.exactOptional(v.pipe(v.number(), v.description('The version published last'))),
  changed: v.pipe(v.boolean(), v.description('Whether the draft differs from the newest version')),
  errors: v.exactOptional(
    v.pipe(
      v.number(),
      v.description('How many errors the draft had when it was saved; left out if they were not counted'),
    ),
  ),
  deletedAt: v.exactOptional(v.pipe(Time, v.description('When a deleted flow was deleted'))),
  keptUntil: v.exactOptional(v.pipe(Time, v.description('Until when a deleted flow can be restored'))),
  enteredBy: v.exactOptional(
    v.pipe(v.array(FlowId), v.description('The flows whose draft or live version enters it; in lists only')),
  ),
});

/** A version in a list. */
export const VersionSchema = v.object({
  version: v.number(),
  at: Time,
  by: v.string(),
  note: v.exactOptional(v.string()),
  despite: v.exactOptional(
    v.pipe(v.string(), v.description('Why it was published although call scripts failed')),
  ),
  name: v.pipe(v.string(), v.description('The name of the flow at that time')),
  language: v.string(),
  nodes: v.pipe(v.number(), v.description('How many nodes it has')),
});

/** The number of a version. */
export const VersionNumberSchema = v.object({ version: v.number() });

/** A number, and the flow that its callers reach. */
export const BindingSchema = v.object({
  number: PhoneNumber,
  flow: FlowId,
  boundAt: Time,
  boundBy: v.string(),
});

/** A skill group. */
export const SkillGroupSchema = v.object({
  id: GroupId,
  name: v.string(),
  ringSeconds: v.number(),
  wrapUpSeconds: v.number(),
  maxQueue: v.number(),
  confirm: v.exactOptional(v.boolean()),
});

/** An agent. */
export const AgentSchema = v.object({
  staffNo: StaffNo,
  name: v.string(),
  endpoint: v.string(),
  skillGroups: v.array(GroupId),
  user: v.exactOptional(v.string()),
  presence: v.pipe(PresenceSchema, v.description('The presence that the agent has set')),
  state: v.pipe(AgentState, v.description('What the agent does now')),
  call: v.exactOptional(
    v.pipe(
      v.object({
        callSid: v.string(),
        group: GroupId,
        waitingSince: v.exactOptional(
          v.pipe(
            Time,
            v.description(
              'Since when the caller waits; only in answers about one agent, and until they talk',
            ),
          ),
        ),
        talkingSince: v.exactOptional(Time),
      }),
      v.description('The call that rings them or that they are in'),
    ),
  ),
  wrapUpUntil: v.exactOptional(v.pipe(Time, v.description('When their wrap-up ends'))),
});

/** What a browser needs to be an agent's phone. */
export const AgentPhoneSchema = v.object({
  client: v.pipe(v.string(), v.description('The client that the carrier rings')),
  token: v.pipe(v.string(), v.description('An access token of the carrier')),
  expiresAt: Time,
});

/** The queue of a skill group. */
export const QueueSchema = v.object({
  group: GroupId,
  waiting: v.pipe(v.number(), v.description('Callers in the queue')),
  longestWaitSeconds: v.pipe(v.number(), v.description('How long the first of them has waited')),
  agents: v.pipe(
    v.record(AgentState, v.number()),
    v.description('The number of agents in each state; states without agents are left out'),
  ),
});

/** A flow that uses a resource. */
export const UsageSchema = v.object({
  flow: FlowId,
  name: v.string(),
  usedIn: v.pipe(
    v.array(v.picklist(['draft', 'live', 'former'])),
    v.description('In its draft, its live version, or a former version that callers may still be in'),
  ),
});

/** An audio of the library. */
export const AudioSchema = v.object({
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
    v.pipe(v.string(), v.description('The rule that the file broke, if the check rejected it')),
  ),
  usedBy: v.array(UsageSchema),
  url: v.exactOptional(v.pipe(v.string(), v.description('The file as it was uploaded, for five minutes'))),
});

/** How the file of an announced audio is uploaded. */
export const AudioUploadSchema = v.object({
  id: AudioId,
  upload: v.object({
    method: v.literal('PUT'),
    url: v.string(),
    headers: v.pipe(v.record(v.string(), v.string()), v.description('Send them unchanged')),
  }),
});

const place = {
  node: v.string(),
  field: v.pipe(v.string(), v.description('Where it stands in the node, with dots: `errorPrompt.text`')),
};

/** The progress of synthesising a draft's texts. */
export const SpeechProgressSchema = v.object({
  done: v.pipe(v.number(), v.description('The number of texts that are synthesised')),
  left: v.pipe(
    v.number(),
    v.description('The number of texts still to do: repeat the request until it is 0'),
  ),
  failed: v.pipe(
    v.array(v.object({ ...place, message: v.string() })),
    v.description('Texts that cannot be spoken'),
  ),
  carrier: v.pipe(
    v.array(v.object({ ...place, reason: v.picklist(carrierReasons) })),
    v.description(
      'Texts that the carrier speaks: they name variables, their voice is not one of Polly’s, or Polly has none for their language',
    ),
  ),
});

/** The pronunciations of a language. */
export const PronunciationsSchema = v.object({
  language: v.string(),
  words: v.array(v.object({ word: v.string(), spokenAs: v.string() })),
  changedAt: v.exactOptional(Time),
  changedBy: v.exactOptional(v.string()),
  concerns: v.pipe(
    v.array(v.object({ flow: FlowId, name: v.string() })),
    v.description('Flows whose live version speaks differently; publishing applies the words'),
  ),
});

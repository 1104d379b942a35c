import * as v from 'valibot';
import { carrierReasons } from '../admin/spoken.ts';
import { FlowId } from '../flow/flow.ts';
import { e164, phoneFaultText, readPhone } from '../flow/phone.ts';
import { AudioId } from '../flow/prompt.ts';
import { agentStates, presences, staffNo } from '../store/queue/agents.ts';
import { groupId } from '../store/queue/groups.ts';
import { audioStates } from '../store/settings/audio.ts';

/** A phone number as E.164 writes it. */
const PhoneNumber = v.pipe(
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
export const PresenceSchema = v.picklist(presences, `must be ${presences.join(', ')}`);

/** A time (ISO, UTC). */
export const Time = v.pipe(v.string(), v.isoTimestamp());
const AgentState = v.picklist(agentStates);

/**
 * A flow that may be incomplete. What is wrong with it is told by `check`, which knows nodes and exits; the API's
 * description takes the schema of flow files in its place.
 */
export const DraftSchema = v.pipe(v.unknown(), v.description('A flow that may be incomplete'));

/** A flow that was published. */
export const FlowSchema = v.pipe(v.unknown(), v.description('A flow that can be published'));

/** A flow in a list. */
export const FlowRowSchema = v.object({
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
  deletedAt: v.exactOptional(v.pipe(Time, v.description('Of a deleted flow: when it was'))),
  keptUntil: v.exactOptional(v.pipe(Time, v.description('Of a deleted flow: until when it can be restored'))),
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
  name: v.pipe(v.string(), v.description('What the flow was called')),
  language: v.string(),
  nodes: v.pipe(v.number(), v.description('How many nodes it has')),
});

/** Which version is meant. */
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
  presence: v.pipe(PresenceSchema, v.description('What the agent says of themselves')),
  state: v.pipe(AgentState, v.description('What the agent does at this time')),
  call: v.exactOptional(
    v.pipe(
      v.object({
        callSid: v.string(),
        group: GroupId,
        waitingSince: v.exactOptional(
          v.pipe(
            Time,
            v.description('Since when the caller waits; in answers about one agent, until they talk'),
          ),
        ),
        talkingSince: v.exactOptional(Time),
      }),
      v.description('The call that rings them or that they are in'),
    ),
  ),
  wrapUpUntil: v.exactOptional(v.pipe(Time, v.description('When their wrap-up ends by itself'))),
});

/** What makes a browser an agent's phone. */
export const AgentPhoneSchema = v.object({
  client: v.pipe(v.string(), v.description('The client that the carrier rings')),
  token: v.pipe(v.string(), v.description('An access token of the carrier')),
  expiresAt: Time,
});

/** Who waits for a skill group. */
export const QueueSchema = v.object({
  group: GroupId,
  waiting: v.pipe(v.number(), v.description('Callers in the queue')),
  longestWaitSeconds: v.pipe(v.number(), v.description('How long the first of them has waited')),
  agents: v.pipe(
    v.record(AgentState, v.number()),
    v.description('How many agents are in each state; states that nobody is in are left out'),
  ),
});

/** A flow that names something. */
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
    v.pipe(v.string(), v.description('What the file broke, if not a person rejected it')),
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
    headers: v.pipe(v.record(v.string(), v.string()), v.description('To be sent as they are')),
  }),
});

const place = {
  node: v.string(),
  field: v.pipe(v.string(), v.description('Where it stands in the node, with dots: `errorPrompt.text`')),
};

/** How far the speech of a draft is. */
export const SpeechProgressSchema = v.object({
  done: v.pipe(v.number(), v.description('How many texts of the draft can be played')),
  left: v.pipe(v.number(), v.description('How many are still to be made: ask again while there are any')),
  failed: v.pipe(
    v.array(v.object({ ...place, message: v.string() })),
    v.description('Texts that cannot be spoken as they are'),
  ),
  carrier: v.pipe(
    v.array(v.object({ ...place, reason: v.picklist(carrierReasons) })),
    v.description(
      'Texts that the carrier speaks: they name variables, their voice is not one of Polly’s, or Polly has none for their language',
    ),
  ),
});

/** How words of a language are spoken. */
export const PronunciationsSchema = v.object({
  language: v.string(),
  words: v.array(v.object({ word: v.string(), spokenAs: v.string() })),
  changedAt: v.exactOptional(Time),
  changedBy: v.exactOptional(v.string()),
  concerns: v.pipe(
    v.array(v.object({ flow: FlowId, name: v.string() })),
    v.description('Where the live version speaks otherwise: a publish makes the words count there'),
  ),
});

import type { Item } from './item.ts';

/** The key of an item. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** The heads of all flows: one partition, so that a list is one Query. */
export const flowsPk = 'flows';

/** The bindings of all numbers. */
export const numbersPk = 'numbers';

/** The audio of the library: one partition, so that a list is one Query. */
export const audioPk = 'audio';

/** What admins changed, by time. */
export const auditPk = 'audit';

/** Skill groups and agents: one partition, so that a dispatch reads them all in one Query. */
export const staffPk = 'staff';

/** Where callers wait, in all queues: one partition, for an agent of two groups serves the longest waiting of both. */
export const entriesPk = 'places';

/** The head of a flow. Every change of a flow writes it; a call reads it once, when it arrives. */
export function flowKey(id: string): ItemKey {
  return { pk: flowsPk, sk: id };
}

/** The pieces of a flow's drafts, all revisions. A save writes them; saves and publishes read them. */
export function draftsPk(id: string): string {
  return `draft#${id}`;
}

/** A piece of one revision of a draft. Revisions sort by age, pieces by their place. */
export function pieceKey(id: string, revision: string, piece: number): ItemKey {
  return { pk: draftsPk(id), sk: `${revision}#${padded(piece, 2)}` };
}

/** The call script kept with a flow's draft. It sorts behind all revisions. Saves write it; publishes read it. */
export function scriptKey(id: string): ItemKey {
  return { pk: draftsPk(id), sk: 'calls-txt' };
}

/** A published version: its head and its pieces. A publish writes it, once; a call's first step reads it. */
export function versionPk(id: string, version: number): string {
  return `version#${id}#${version}`;
}

/** The head of a version. It is written last, so a version that has one is whole. */
export function versionKey(id: string, version: number): ItemKey {
  return { pk: versionPk(id, version), sk: 'head' };
}

/** The part of a version that a piece belongs to: what only the canvas shows, or the flow that a call walks. */
export type VersionPart = 'canvas' | 'flow';

/** A piece of a version. Pieces of the canvas sort before all that a call reads, which begins at `walkedFrom`. */
export function partKey(id: string, version: number, part: VersionPart, piece: number): ItemKey {
  return { pk: versionPk(id, version), sk: `${part}#${padded(piece, 2)}` };
}

/** The sort key in a version from which on a call reads it: the pieces of the flow, then the head. */
export const walkedFrom = 'flow#';

/** The flow that a number is bound to. Admins write it; a call reads it once, when it arrives. */
export function numberKey(e164: string): ItemKey {
  return { pk: numbersPk, sk: e164 };
}

/** One change by an admin: the time (ISO, UTC) and a random end, so that two at once stand side by side. */
export function auditKey(at: string, random: string): ItemKey {
  return { pk: auditPk, sk: `${at}#${random}` };
}

/** The note that a change did not happen. It sorts directly behind the change. */
export function withdrawalKey({ pk, sk }: ItemKey): ItemKey {
  return { pk, sk: `${sk}#withdrawn` };
}

/** The index of what is listed over many partitions: an item with a `list` stands in it, at its `place`. */
export const listsIndex = 'lists';

/** The list of all calls, as cursors of its pages name it. */
export const callsList = 'calls';

/** Over how many keys of the index the list of calls is spread: one key takes 1,000 writes a second. */
const callsLists = 8;

/** The keys of the index at which calls are listed. The release before this one listed all of them at the first. */
export const callsListKeys: readonly string[] = [
  callsList,
  ...Array.from({ length: callsLists }, (_, place) => `${callsList}#${place}`),
];

/** The key of the index at which a call is listed: always the same one, evenly spread. */
export function callsListKey(callSid: string): string {
  let hash = 0;
  for (let at = 0; at < callSid.length; at += 1) hash = Math.imul(hash ^ callSid.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return `${callsList}#${(hash >>> 0) % callsLists}`;
}

/** The list of all voicemail. */
export const voicemailsList = 'voicemails';

/** A message of a caller, by the id of its recording. The call's webhooks write it, the recording's callback and who hears it. */
export function voicemailKey(id: string): ItemKey {
  return { pk: `voicemail#${id}`, sk: 'voicemail' };
}

/** Where a message stands in the list of voicemail: by the time at which it was left (ISO, UTC). */
export function voicemailPlace(at: string, id: string): string {
  return `${at}#${id}`;
}

/** The recordings that still lie at the carrier: one partition, so that they are one Query. */
export const recordingsPk = 'recordings';

/** That a recording still lies at the carrier. Written before it is fetched, and taken away once it is deleted there. */
export function recordingKey(id: string): ItemKey {
  return { pk: recordingsPk, sk: id };
}

/** What is known of a call: its record, and the lines of the log that it was made from. */
export function callPk(callSid: string): string {
  return `call#${callSid}`;
}

/** The record of a call. */
export function callKey(callSid: string): ItemKey {
  return { pk: callPk(callSid), sk: 'call' };
}

/** Where a call stands in the list of calls: by its start (ISO, UTC). */
export function callPlace(startedAt: string, callSid: string): string {
  return `${startedAt}#${callSid}`;
}

/** A line of a call: by the step it tells of, if any, its time (ISO, UTC) and its digest, so that twice is the same item. */
export function lineKey(callSid: string, step: number | undefined, at: string, digest: string): ItemKey {
  const told = step === undefined ? 'note' : `step#${padded(step, 4)}`;
  return { pk: callPk(callSid), sk: `${told}#${at}#${digest}` };
}

/** A skill group. Admins write it, and its queue notes when it was found empty; every match reads it. */
export function groupKey(id: string): ItemKey {
  return { pk: staffPk, sk: `group#${id}` };
}

/** An agent, with the lease of their ring or talk. Admins, matches and the webhooks of their legs write it. */
export function agentKey(staffNo: string): ItemKey {
  return { pk: staffPk, sk: `agent#${staffNo}` };
}

/** An audio of the library. Admins write it, and the check of its upload. */
export function audioKey(id: string): ItemKey {
  return { pk: audioPk, sk: id };
}

/** A text that was spoken, by the name of all that shapes its sound. Synthesis writes it once; publishing reads it. */
export function speechItemKey(name: string): ItemKey {
  return { pk: `speech#${name.slice(0, 2)}`, sk: name };
}

/** The schedules: one partition, so that a list is one Query. */
export const schedulesPk = 'schedules';

/** A schedule. Editors write it; calls that ask it read it. */
export function scheduleKey(id: string): ItemKey {
  return { pk: schedulesPk, sk: id };
}

/** The connections: one partition, so that a list is one Query. */
export const connectionsPk = 'connections';

/** A connection, with the secret values of its headers. Admins write it; calls that ask it read it. */
export function connectionKey(id: string): ItemKey {
  return { pk: connectionsPk, sk: id };
}

/** How words are spoken, by language: one partition, so that all are one Query. */
export const pronunciationsPk = 'pronunciations';

/** How the words of a language are spoken. Editors write it; publishes and previews read it. */
export function pronunciationsKey(language: string): ItemKey {
  return { pk: pronunciationsPk, sk: language };
}

/** Where a caller waits: one stay in a queue, of a call and the step that leads out of it. The caller's webhooks write it. */
export function entryKey(callSid: string, step: number): ItemKey {
  return { pk: entriesPk, sk: `${callSid}#${step}` };
}

/** What is known of the queues that a caller has left. It lies apart from `places`, which every match reads whole. */
export function departuresPk(callSid: string): string {
  return `left#${callSid}`;
}

/** The mark that a caller has left a queue, by the step that leads out of it. The caller's webhooks write and read it. */
export function departureKey(callSid: string, step: number): ItemKey {
  return { pk: departuresPk(callSid), sk: String(step) };
}

/** What a call remembers while its caller waits in a queue, by the step that leads out of it: only the announcement reads it. */
export function sealedKey(callSid: string, step: number): ItemKey {
  return { pk: `sealed#${callSid}`, sk: String(step) };
}

/** The dials or messages that a caller caused within the last hour, by their number. The caller's webhooks write and read it. */
export function hourlyKey(kind: string, caller: string): ItemKey {
  return { pk: `hourly#${caller}`, sk: kind };
}

/** The claim of a message, which a call sends once for each flow and node. The call's webhooks write and read it. */
export function messageKey({
  callSid,
  flow,
  node,
}: {
  readonly callSid: string;
  readonly flow: string;
  readonly node: string;
}): ItemKey {
  return { pk: `message#${callSid}`, sk: `${flow}#${node}` };
}

/** The key of an item that was read. */
export function keyOf(item: Item): ItemKey {
  return { pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' };
}

/** A count as a text that sorts like the number. */
export function padded(count: number, digits: number): string {
  return String(count).padStart(digits, '0');
}

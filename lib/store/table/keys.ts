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

/** The audit: changes by admins, by time. */
export const auditPk = 'audit';

/** Skill groups and agents: one partition, so that a dispatch reads them all in one Query. */
export const staffPk = 'staff';

/** The entries of all queues: one partition, because an agent of two groups serves the longest waiting caller of both. */
export const entriesPk = 'places';

/** The head of a flow. Every change of a flow writes it; a call reads it once, when it arrives. */
export function flowKey(id: string): ItemKey {
  return { pk: flowsPk, sk: id };
}

/** The pieces of a flow's drafts, all revisions. A save writes them; saves and publishes read them. */
export function draftsPk(id: string): string {
  return `draft#${id}`;
}

/** A piece of one revision of a draft. Revisions sort by age, pieces by their order. */
export function pieceKey(id: string, revision: string, piece: number): ItemKey {
  return { pk: draftsPk(id), sk: `${revision}#${padded(piece, 2)}` };
}

/** The call script of a flow's draft. It sorts after all revisions. Saves write it; publishes read it. */
export function scriptKey(id: string): ItemKey {
  return { pk: draftsPk(id), sk: 'calls-txt' };
}

/** A published version: its head and its pieces. A publish writes it, once; a call's first step reads it. */
export function versionPk(id: string, version: number): string {
  return `version#${id}#${version}`;
}

/** The head of a version. It is written last, so a version with a head is complete. */
export function versionKey(id: string, version: number): ItemKey {
  return { pk: versionPk(id, version), sk: 'head' };
}

/** The part of a version that a piece belongs to: `canvas`, which only the console reads, or `flow`, which calls read. */
export type VersionPart = 'canvas' | 'flow';

/** A piece of a version. Pieces of the canvas sort before those that calls read, which begin at `walkedFrom`. */
export function partKey(id: string, version: number, part: VersionPart, piece: number): ItemKey {
  return { pk: versionPk(id, version), sk: `${part}#${padded(piece, 2)}` };
}

/** The first sort key that a call reads of a version: the pieces of the flow, then the head. */
export const walkedFrom = 'flow#';

/** The flow that a number is bound to. Admins write it; a call reads it once, when it arrives. */
export function numberKey(e164: string): ItemKey {
  return { pk: numbersPk, sk: e164 };
}

/** One change by an admin. A random suffix keeps two changes at the same time (ISO, UTC) apart. */
export function auditKey(at: string, random: string): ItemKey {
  return { pk: auditPk, sk: `${at}#${random}` };
}

/** The withdrawal of a change. It sorts directly after the change. */
export function withdrawalKey({ pk, sk }: ItemKey): ItemKey {
  return { pk, sk: `${sk}#withdrawn` };
}

/** The index for lists over many partitions. An item with a `list` attribute is in it, sorted by `place`. */
export const listsIndex = 'lists';

/** The name of the list of all calls, in the cursors of its pages. */
export const callsList = 'calls';

/** The number of index keys for the list of calls, because one key takes only 1,000 writes a second. */
const callsLists = 8;

/** The index keys of the list of calls. The previous release wrote only the first one. */
export const callsListKeys: readonly string[] = [
  callsList,
  ...Array.from({ length: callsLists }, (_, place) => `${callsList}#${place}`),
];

/** The index key of a call: a hash of its CallSid. */
export function callsListKey(callSid: string): string {
  let hash = 0;
  for (let at = 0; at < callSid.length; at += 1) hash = Math.imul(hash ^ callSid.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return `${callsList}#${(hash >>> 0) % callsLists}`;
}

/** The index key of the list of all voicemails. */
export const voicemailsList = 'voicemails';

/** A voicemail, by the id of its recording. The call's webhooks, the recording's callback and the console write it. */
export function voicemailKey(id: string): ItemKey {
  return { pk: `voicemail#${id}`, sk: 'voicemail' };
}

/** The sort key of a voicemail in its list: by the time when it was left (ISO, UTC). */
export function voicemailPlace(at: string, id: string): string {
  return `${at}#${id}`;
}

/** The recordings that are still at the carrier: one partition, so that a list is one Query. */
export const recordingsPk = 'recordings';

/** A recording that is still at the carrier. Written before it is fetched, and deleted after it is deleted there. */
export function recordingKey(id: string): ItemKey {
  return { pk: recordingsPk, sk: id };
}

/** A call: its record, and the log lines that it is made from. */
export function callPk(callSid: string): string {
  return `call#${callSid}`;
}

/** The record of a call. */
export function callKey(callSid: string): ItemKey {
  return { pk: callPk(callSid), sk: 'call' };
}

/** The sort key of a call in the list of calls: by its start (ISO, UTC). */
export function callPlace(startedAt: string, callSid: string): string {
  return `${startedAt}#${callSid}`;
}

/** A log line of a call: by its step, if it has one, its time (ISO, UTC) and its digest, so that the same line is the same item. */
export function lineKey(callSid: string, step: number | undefined, at: string, digest: string): ItemKey {
  const told = step === undefined ? 'note' : `step#${padded(step, 4)}`;
  return { pk: callPk(callSid), sk: `${told}#${at}#${digest}` };
}

/** A skill group. Admins write it, and agents' legs that find its queue empty; every dispatch reads it. */
export function groupKey(id: string): ItemKey {
  return { pk: staffPk, sk: `group#${id}` };
}

/** An agent, with the lease of their ring or talk. Admins, dispatches and the webhooks of their legs write it. */
export function agentKey(staffNo: string): ItemKey {
  return { pk: staffPk, sk: `agent#${staffNo}` };
}

/** An audio of the library. Admins and the check of its upload write it. */
export function audioKey(id: string): ItemKey {
  return { pk: audioPk, sk: id };
}

/** A synthesised text, by a digest of all that determines its audio. Synthesis writes it once; publishing reads it. */
export function speechItemKey(name: string): ItemKey {
  return { pk: `speech#${name.slice(0, 2)}`, sk: name };
}

/** The schedules: one partition, so that a list is one Query. */
export const schedulesPk = 'schedules';

/** A schedule. Editors write it; calls with a schedule node read it. */
export function scheduleKey(id: string): ItemKey {
  return { pk: schedulesPk, sk: id };
}

/** The connections: one partition, so that a list is one Query. */
export const connectionsPk = 'connections';

/** A connection, with the secret values of its headers. Admins write it; calls with a request node read it. */
export function connectionKey(id: string): ItemKey {
  return { pk: connectionsPk, sk: id };
}

/** Pronunciations by language: one partition, so that a list is one Query. */
export const pronunciationsPk = 'pronunciations';

/** The pronunciations of a language. Editors write them; publishes and previews read them. */
export function pronunciationsKey(language: string): ItemKey {
  return { pk: pronunciationsPk, sk: language };
}

/** A queue entry, by the call and the step that leads out of the queue. The caller's webhooks write it. */
export function entryKey(callSid: string, step: number): ItemKey {
  return { pk: entriesPk, sk: `${callSid}#${step}` };
}

/** The departures of a caller. They are not in `places`, which every dispatch reads completely. */
export function departuresPk(callSid: string): string {
  return `left#${callSid}`;
}

/** The departure of a caller, by the step that leads out of the queue. The caller's webhooks write and read it. */
export function departureKey(callSid: string, step: number): ItemKey {
  return { pk: departuresPk(callSid), sk: String(step) };
}

/** The encrypted memory of a call in a queue, by the step that leads out of it. Only the announcement reads it. */
export function sealedKey(callSid: string, step: number): ItemKey {
  return { pk: `sealed#${callSid}`, sk: String(step) };
}

/** The dials or messages of a caller in the last hour, by their number. The caller's webhooks write and read it. */
export function hourlyKey(kind: string, caller: string): ItemKey {
  return { pk: `hourly#${caller}`, sk: kind };
}

/** The claim of a text message, which a call sends once for each flow and node. The call's webhooks write and read it. */
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

/** A number as a text of fixed length, so that it sorts like the number. */
export function padded(count: number, digits: number): string {
  return String(count).padStart(digits, '0');
}

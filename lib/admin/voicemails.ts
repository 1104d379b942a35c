import { type ErrorCode, Failure } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import { presignVoicemail, removeVoicemailSound } from '../media/storage.ts';
import {
  fetchVoicemail,
  fetchVoicemails,
  moveVoicemail,
  noteRecording,
  removeVoicemail,
  type Voicemail,
  type VoicemailState,
} from '../store/calls/voicemails.ts';
import { listStaff } from '../store/queue/staff.ts';
import type { Page, Paging } from '../store/table/page.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { collectRecordings } from './recordings.ts';
import { storageOf } from './storage.ts';

/** A message and, once its sound is in our storage, a URL of it that is valid for five minutes. */
export interface HeardVoicemail extends Voicemail {
  readonly url?: string;
}

/** Which messages to list. */
export interface VoicemailsWanted extends Paging {
  readonly mailbox?: string;
  readonly state?: VoicemailState;
}

/** The mailboxes whose messages a user may hear. */
export type Mailboxes = readonly string[] | 'all';

/** The mailboxes of the skill groups of which the user is an agent. */
export async function mailboxesOf({ table, who }: Admin): Promise<readonly string[]> {
  const { agents } = await listStaff(table);
  return [...new Set(agents.filter(({ user }) => user === who).flatMap(({ skillGroups }) => skillGroups))];
}

/**
 * Messages, newest first, seconds after they were left. Also moves sounds that are still at the carrier. A page may have fewer entries
 * than asked for, with more pages after it. Throws `cursor-foreign`, and `role-too-small` for the mailbox of another group.
 */
export async function listVoicemails(
  admin: Admin,
  { mailbox, ...wanted }: VoicemailsWanted,
  allowed: Mailboxes,
): Promise<Page<Voicemail>> {
  if (mailbox !== undefined) refuseMailbox(mailbox, allowed, 'role-too-small');
  const mailboxes = mailbox === undefined ? (allowed === 'all' ? undefined : allowed) : [mailbox];
  await collect(admin, undefined, AbortSignal.timeout(moveMs));
  return await fetchVoicemails(admin.table, { ...wanted, ...defined({ mailboxes }) });
}

/** A message. Moves its sound first if it is still at the carrier. Throws `voicemail-missing`. */
export async function readVoicemail(admin: Admin, id: string, allowed: Mailboxes): Promise<HeardVoicemail> {
  const found = await need(admin, id, allowed);
  if (found.sound !== 'carrier') return await heard(admin, found);
  await collect(admin, id);
  return await heard(admin, await need(admin, id, allowed));
}

async function heard(admin: Admin, message: Voicemail): Promise<HeardVoicemail> {
  if (message.sound !== 'stored') return message;
  return { ...message, url: await presignVoicemail(storageOf(admin), message.id) };
}

/** Marks a message as heard, or as new again. Throws `voicemail-missing`. */
export async function markVoicemail(
  admin: Admin,
  id: string,
  state: VoicemailState,
  allowed: Mailboxes,
): Promise<HeardVoicemail> {
  const message = await need(admin, id, allowed);
  if (!(await moveVoicemail(admin.table, id, state))) throw missing(id);
  return await heard(admin, { ...message, state });
}

/** Deletes a message and its sound, also at the carrier. Throws `voicemail-missing`. */
export async function deleteVoicemail(admin: Admin, id: string, allowed: Mailboxes): Promise<void> {
  const { mailbox, at } = await need(admin, id, allowed);
  const intent: Intent = { did: 'delete', what: `voicemail ${id}`, before: { mailbox, at } };
  await audited(admin, intent, () => eraseVoicemail(admin, id));
}

/** Deletes a message and its sound, here and at the carrier. Throws `voicemail-missing`. */
export async function eraseVoicemail(admin: Admin, id: string): Promise<void> {
  const { table, now, retainDays } = admin;
  // First, so that it is deleted at the carrier even if the following steps fail.
  await noteRecording(table, { id, at: now().toISOString(), unwanted: true }, retainDays);
  const was = await removeVoicemail(table, id, now());
  await removeVoicemailSound(storageOf(admin), id);
  await collect(admin, id);
  if (!was) throw missing(id);
}

async function need({ table }: Admin, id: string, allowed: Mailboxes): Promise<Voicemail> {
  const found = await fetchVoicemail(table, id);
  if (found === undefined) throw missing(id);
  refuseMailbox(found.mailbox, allowed, 'voicemail-missing');
  return found;
}

function missing(id: string): Failure {
  return new Failure('voicemail-missing', `There is no message "${id}".`);
}

/** Throws if the user is not an agent of the mailbox's group. */
function refuseMailbox(mailbox: string, allowed: Mailboxes, code: ErrorCode): void {
  if (allowed === 'all' || allowed.includes(mailbox)) return;
  throw new Failure(code, `The mailbox "${mailbox}" belongs to a skill group of which you are not an agent.`);
}

/** How long a list waits for sounds to be moved, in milliseconds: the messages are read although the carrier hangs. */
const moveMs = 2000;

/** Moves recordings from the carrier, if its REST API is configured, until `until` aborts. */
async function collect(admin: Admin, first?: string, until?: AbortSignal): Promise<void> {
  const { table, now, carrier, onFault = () => undefined } = admin;
  if (carrier === undefined) return;
  const needs = { table, storage: storageOf(admin), access: carrier, now, onFault };
  await collectRecordings({ ...needs, ...defined({ until }) }, first);
}

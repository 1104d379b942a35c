import { deleteRecording, fetchRecording } from '../carrier/recordings.ts';
import type { RestAccess } from '../carrier/request.ts';
import { InternalError } from '../errors.ts';
import { putVoicemailSound, removeVoicemailSound, type Storage } from '../media/storage.ts';
import {
  fetchSound,
  forgetRecording,
  type LeftRecording,
  listRecordings,
  moveSound,
} from '../store/calls/voicemails.ts';
import { inLanes } from '../store/table/lanes.ts';
import type { Table } from '../store/table/table.ts';

/** What moving recordings from the carrier to our storage needs. */
export interface Recordings {
  readonly table: Table;
  readonly storage: Storage;
  /** The carrier's REST API with the valid token. */
  readonly access: () => Promise<RestAccess>;
  readonly now: () => Date;
  /** Called for each recording that stays at the carrier, with the reason. */
  readonly onFault: (error: InternalError) => void;
  /** Once it aborts, no more are moved in this run. */
  readonly until?: AbortSignal;
}

/** How many are moved at a time, and in one run. */
const lanes = 3;
const mostAtOnce = 20;

/** A recording that the carrier has been missing for a day is lost. */
const longestMissingMs = 86_400_000;

/**
 * Moves recordings from the carrier to our storage: fetches each message, stores it, then deletes it there. Recordings that are not
 * messages are deleted. `first` is moved first. Recordings that fail stay in the list and are retried at a later run: of more than 20 each
 * minute has its own, so that those that always fail keep no other from being moved.
 */
export async function collectRecordings(recordings: Recordings, first?: string): Promise<void> {
  const left = await listRecordings(recordings.table);
  const minute = Math.floor(recordings.now().getTime() / 60_000);
  const start = left.length <= mostAtOnce ? 0 : (minute * mostAtOnce) % left.length;
  const turned = [...left.slice(start), ...left.slice(0, start)];
  const order = (each: LeftRecording) => (each.id === first ? 0 : 1);
  const next = turned.toSorted((one, other) => order(one) - order(other)).slice(0, mostAtOnce);
  await inLanes(next, lanes, async (each) => {
    if (recordings.until?.aborted !== true) await collectRecording(recordings, each);
  });
}

/** Moves one recording, or reports why it stays. */
async function collectRecording(recordings: Recordings, left: LeftRecording): Promise<void> {
  const { table, access, onFault, until } = recordings;
  const { id } = left;
  try {
    if (!left.unwanted && !(await isStored(recordings, left))) return;
    if (!(await deleteRecording(await access(), id, until))) throw kept(id, 'it could not be deleted');
    await forgetRecording(table, id);
  } catch (error) {
    // What this run has no time for is moved by a later one.
    if (until?.aborted === true) return;
    onFault(error instanceof InternalError ? error : kept(id, 'it could not be moved', error));
  }
}

/**
 * Stores the sound of a message, unless it is stored already or not needed any more. Whether the carrier may delete it: not yet if the
 * message is about to be stored. Throws if it must stay there.
 */
async function isStored(recordings: Recordings, { id, at }: LeftRecording): Promise<boolean> {
  const { table, storage, access, now, until } = recordings;
  const isOld = now().getTime() - Date.parse(at) > longestMissingMs;
  const sound = await fetchSound(table, id);
  if (sound === undefined) return isOld;
  if (sound !== 'carrier') return true;
  const fetched = await fetchRecording(await access(), id, until);
  if (fetched.outcome === 'fetched') {
    await putVoicemailSound(storage, id, fetched.mp3);
    // The message was deleted meanwhile, so its sound must be, too.
    if (!(await moveSound(table, id, 'stored'))) await removeVoicemailSound(storage, id);
    return true;
  }
  // The carrier makes the file within seconds after the call has gone on.
  if (fetched.outcome === 'missing' && !isOld) return false;
  if (fetched.outcome !== 'missing') throw kept(id, fetched.reason);
  await moveSound(table, id, 'lost');
  return true;
}

function kept(id: string, reason: string, cause?: unknown): InternalError {
  return new InternalError('recording-left', `Recording ${id} still lies at the carrier: ${reason}.`, {
    cause,
  });
}

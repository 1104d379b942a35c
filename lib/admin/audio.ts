import { randomBytes } from 'node:crypto';
import { Failure } from '../errors.ts';
import { slugOf } from '../flow/slug.ts';
import type { Sounds } from '../flow/sounds.ts';
import type { AudioType } from '../flow/upload.ts';
import type { Uses } from '../flow/uses.ts';
import { presignOriginal, presignUpload, removeOriginal, type Upload } from '../media/storage.ts';
import {
  type Audio,
  type AudioState,
  addAudio,
  fetchAudioList as list,
  moveAudio,
  fetchAudio as read,
  removeAudio,
} from '../store/settings/audio.ts';
import { expiry } from '../store/table/item.ts';
import { collectPage, type Page, type Paging } from '../store/table/page.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { storageOf } from './storage.ts';
import { type Usage, usageOf } from './usage.ts';

/** An audio as the API shows it. */
export type AudioRow = Omit<Audio, 'file'> & { readonly usedBy: readonly Usage[] };

/** The input that announces an upload. */
export interface Announcement {
  readonly name: string;
  readonly contentType: AudioType;
  readonly bytes: number;
}

/** For how many days an announced audio waits for its file. */
const waitDays = 1;

/** Announces an audio. Returns its id and the request that uploads its file. */
export async function announceAudio(
  admin: Admin,
  announcement: Announcement,
): Promise<{ readonly id: string; readonly upload: Upload }> {
  const { table, who, now } = admin;
  const at = now();
  const id = idFor(announcement.name);
  const audio = {
    ...announcement,
    id,
    state: 'uploading',
    uploadedAt: at.toISOString(),
    uploadedBy: who,
  } as const;
  const intent: Intent = { did: 'upload', what: `audio ${id}`, after: announcement };
  await audited(admin, intent, () => addAudio(table, audio, expiry(at, waitDays)));
  return { id, upload: await presignUpload(storageOf(admin), id, announcement) };
}

/** The audio of the library by id, with the flows that use it. */
export async function listAudio(
  admin: Admin,
  paging: Paging & { readonly state?: AudioState | undefined } = {},
): Promise<Page<AudioRow>> {
  const [{ items, ...rest }, usage] = await Promise.all([list(admin.table, paging), usageOf(admin, 'audio')]);
  return { items: items.map((audio) => rowOf(audio, usage)), ...rest };
}

/** An audio and, once it is checked, a URL of its original that is valid for five minutes. Throws `audio-missing`. */
export async function readAudio(admin: Admin, id: string): Promise<AudioRow & { readonly url?: string }> {
  const [audio, usage] = await Promise.all([needAudio(admin, id), usageOf(admin, 'audio')]);
  const row = rowOf(audio, usage);
  if (audio.file === undefined) return row;
  return { ...row, url: await presignOriginal(storageOf(admin), id, audio.contentType) };
}

/** Approves an audio that waits for its review, or rejects it. Throws `audio-missing`, `audio-state`. */
export async function reviewAudio(
  admin: Admin,
  id: string,
  { approve, reason }: { readonly approve: boolean; readonly reason?: string | undefined },
): Promise<AudioRow> {
  const { table, who, now } = admin;
  const { state } = await needAudio(admin, id);
  if (state !== 'pending') throw notPending(id, state);
  const review = {
    state: approve ? 'approved' : 'rejected',
    reviewedAt: now().toISOString(),
    reviewedBy: who,
    ...(approve || reason === undefined ? {} : { reason }),
  } as const;
  const intent: Intent = {
    did: approve ? 'approve' : 'reject',
    what: `audio ${id}`,
    before: { state },
    after: review,
  };
  await audited(admin, intent, async () => {
    if (await moveAudio(table, id, 'pending', review)) return;
    throw notPending(id, (await needAudio(admin, id)).state);
  });
  return rowOf(await needAudio(admin, id), await usageOf(admin, 'audio'));
}

/**
 * Deletes an audio and its original. The file that callers hear stays for versions that are made live again. Throws `audio-missing`;
 * `audio-used` while a draft, a live version or one that callers may still be in uses it.
 */
export async function deleteAudio(admin: Admin, id: string): Promise<void> {
  const { name, state } = await needAudio(admin, id);
  const users = (await usageOf(admin, 'audio')).get(id) ?? [];
  if (users.length > 0) {
    const where = users.map(({ flow, usedIn }) => `${flow} (${usedIn.join(', ')})`).join('; ');
    throw new Failure('audio-used', `Flows use the audio "${id}": ${where}. Take it out of them first.`);
  }
  const intent: Intent = { did: 'delete', what: `audio ${id}`, before: { name, state } };
  await audited(admin, intent, async () => {
    await removeOriginal(storageOf(admin), id);
    await removeAudio(admin.table, id);
  });
}

/** The approved audio by id: the file that callers hear, and its length in seconds. */
export type ApprovedAudio = ReadonlyMap<string, { readonly file: string; readonly seconds: number }>;

/** Reads the approved audio of the library. */
export async function approvedAudio({ table }: Pick<Admin, 'table'>): Promise<ApprovedAudio> {
  const approved = await collectPage((paging) => list(table, { ...paging, state: 'approved' }));
  return new Map(
    approved.flatMap(({ id, file, seconds = 0 }) => (file === undefined ? [] : [[id, { file, seconds }]])),
  );
}

/** By audio id, the files that callers of a flow hear; audio that is not approved is left out. */
export function frozenAudio(approved: ApprovedAudio, { audio: ids = [] }: Uses): Sounds['audio'] {
  return Object.fromEntries(
    ids.flatMap((id) => {
      const audio = approved.get(id);
      return audio === undefined ? [] : [[id, audio.file]];
    }),
  );
}

/** A readable id: the name reduced to allowed characters, with a random suffix. */
function idFor(name: string): string {
  const readable = slugOf(name.replace(/\.(mp3|wav)$/i, ''), { fallback: 'audio' });
  return `${readable}-${randomBytes(4).toString('hex')}`;
}

function rowOf({ file: _, ...audio }: Audio, usage: ReadonlyMap<string, readonly Usage[]>): AudioRow {
  return { ...audio, usedBy: usage.get(audio.id) ?? [] };
}

async function needAudio({ table }: Admin, id: string): Promise<Audio> {
  const audio = await read(table, id);
  if (audio === undefined) throw new Failure('audio-missing', `There is no audio "${id}".`);
  return audio;
}

function notPending(id: string, state: AudioState): Failure {
  const why = state === 'uploading' ? 'its file was not checked yet' : `it is ${state} already`;
  return new Failure('audio-state', `The audio "${id}" cannot be reviewed: ${why}.`);
}

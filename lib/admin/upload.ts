import type { AudioType } from '../flow/upload.ts';
import { readSound } from '../media/read.ts';
import { renderForPhones } from '../media/rendition.ts';
import { putServed, readOriginal, removeOriginal, type Storage } from '../media/storage.ts';
import { type Audio, fetchAudio, moveAudio } from '../store/settings/audio.ts';
import type { Table } from '../store/table/table.ts';

/** What the check of uploads needs. */
export interface Media {
  readonly table: Table;
  readonly storage: Storage;
}

/**
 * Checks an uploaded file: converts it to what callers will hear and sets it `pending` for a reviewer, or rejects it with the reason.
 * Can be repeated: an audio that is not `uploading` is left unchanged. A file without an audio is deleted, and one that comes after the
 * rejected file: the URL of an upload is valid for a while, and the rejected file is no longer in its way.
 */
export async function checkUpload({ table, storage }: Media, id: string): Promise<void> {
  const audio = await fetchAudio(table, id);
  if (audio === undefined || isRefused(audio)) return await removeOriginal(storage, id);
  if (audio.state !== 'uploading') return;
  const bytes = await readOriginal(storage, id);
  if (bytes === undefined) return;
  const read = await readSound(bytes, audio.contentType as AudioType);
  if ('fault' in read) {
    await moveAudio(table, id, 'uploading', { state: 'rejected', ...read.fault });
    // The file is not sound, and may be harmful.
    await removeOriginal(storage, id);
    return;
  }
  const { file, content, seconds } = await renderForPhones(read.sound);
  await putServed(storage, file, content);
  await moveAudio(table, id, 'uploading', { state: 'pending', file, seconds: Math.round(seconds * 10) / 10 });
}

/** Whether the file was rejected by its check. One that a person rejected is kept, and can still be heard. */
function isRefused({ state, file }: Audio): boolean {
  return state === 'rejected' && file === undefined;
}

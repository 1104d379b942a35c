import type { AudioType } from '../flow/upload.ts';
import { readSound } from '../media/read.ts';
import { renderForPhones } from '../media/rendition.ts';
import { putServed, readOriginal, removeOriginal, type Storage } from '../media/storage.ts';
import { fetchAudio, moveAudio } from '../store/settings/audio.ts';
import type { Table } from '../store/table/table.ts';

/** What the check of uploads works with. */
export interface Media {
  readonly table: Table;
  readonly storage: Storage;
}

/**
 * Checks an uploaded file: makes what callers will hear and hands it to a reviewer, or rejects it with the reason. Can be
 * repeated: an audio that is not `uploading` is let alone. A file that belongs to no audio is deleted.
 */
export async function checkUpload({ table, storage }: Media, id: string): Promise<void> {
  const audio = await fetchAudio(table, id);
  if (audio === undefined) return await removeOriginal(storage, id);
  if (audio.state !== 'uploading') return;
  const bytes = await readOriginal(storage, id);
  if (bytes === undefined) return;
  const read = await readSound(bytes, audio.contentType as AudioType);
  if ('fault' in read) {
    await moveAudio(table, id, 'uploading', { state: 'rejected', ...read.fault });
    // Nobody needs to hear what is no sound, and what it is instead may be harmful.
    await removeOriginal(storage, id);
    return;
  }
  const { file, content, seconds } = await renderForPhones(read.sound);
  await putServed(storage, file, content);
  await moveAudio(table, id, 'uploading', { state: 'pending', file, seconds: Math.round(seconds * 10) / 10 });
}

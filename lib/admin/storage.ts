import { InternalError } from '../errors.ts';
import type { Storage } from '../media/storage.ts';
import type { Admin } from './admin.ts';

/** The storage of audio. Throws `storage-missing` if none was configured. */
export function storageOf({ storage }: Pick<Admin, 'storage'>): Storage {
  if (storage === undefined) throw new InternalError('storage-missing', 'No storage was set up for audio.');
  return storage;
}

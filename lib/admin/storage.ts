import { InternalError } from '../errors.ts';
import type { Storage } from '../media/storage.ts';
import type { Admin } from './admin.ts';

/** Where audio lies. Throws `storage-missing` if nobody said so. */
export function storageOf({ storage }: Pick<Admin, 'storage'>): Storage {
  if (storage === undefined) throw new InternalError('storage-missing', 'No storage was set up for audio.');
  return storage;
}

import type { EventBridgeEvent } from 'aws-lambda';
import { checkUpload } from '../lib/admin/upload.ts';
import { readMediaConfig, readMetricsConfig } from '../lib/config.ts';
import { openLog } from '../lib/log.ts';
import { openStorage, uploadedId } from '../lib/media/storage.ts';
import { openTable } from '../lib/store/table/table.ts';

/** What the storage tells when an object was put into it, as far as it is used here. */
export type ObjectCreated = EventBridgeEvent<
  'Object Created',
  { readonly bucket: { readonly name: string }; readonly object: { readonly key: string } }
>;

const { tableName, ...storage } = readMediaConfig();
const { report } = openLog(readMetricsConfig());
const media = { table: openTable(tableName), storage: openStorage(storage) };

/** Checks each file that was uploaded. If it throws, Lambda hands the same event over again. */
export async function handler({ detail }: ObjectCreated): Promise<void> {
  const id = uploadedId(detail.object.key);
  try {
    if (id !== undefined) await checkUpload(media, id);
  } catch (error) {
    report(error);
    throw error;
  }
}

import type { EventBridgeEvent } from 'aws-lambda';
import { collectRecordings } from '../lib/admin/recordings.ts';
import { checkUpload } from '../lib/admin/upload.ts';
import { createRecordings } from '../lib/calls/recording.ts';
import { createTokens, openRest } from '../lib/carrier/tokens.ts';
import { readMediaConfig, readMetricsConfig } from '../lib/config.ts';
import type { HttpAnswer, Request } from '../lib/http.ts';
import { openLog } from '../lib/log.ts';
import { openStorage, uploadedId } from '../lib/media/storage.ts';
import { openTable } from '../lib/store/table/table.ts';

/** The part of EventBridge's event for a new object in S3 that is used. */
export type ObjectCreated = EventBridgeEvent<
  'Object Created',
  { readonly bucket: { readonly name: string }; readonly object: { readonly key: string } }
>;

const { tableName, publicUrl, retainDays, carrier, ...config } = readMediaConfig();
const { now, write, report } = openLog(readMetricsConfig());
const onFault = (error: unknown) => report(error);
const table = openTable(tableName);
const storage = openStorage(config);
const tokens = createTokens(carrier.authTokens, { onFault });
const access = openRest(carrier, tokens, now);

const recordings = createRecordings({
  ...{ publicUrl, tokens, table, retainDays, now, write, report },
  collect: (first) => collectRecordings({ table, storage, access, now, onFault }, first).catch(onFault),
});

/**
 * The Lambda handler of uploaded files and of the carrier's recording webhook. If the check of a file throws, Lambda retries the event.
 */
export async function handler(event: ObjectCreated | Request): Promise<HttpAnswer | undefined> {
  if ('requestContext' in event) return await recordings(event);
  const id = uploadedId(event.detail.object.key);
  try {
    if (id !== undefined) await checkUpload({ table, storage }, id);
  } catch (error) {
    report(error);
    throw error;
  }
  return undefined;
}

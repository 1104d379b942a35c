import { listRecordings } from '../lib/store/calls/voicemails.ts';
import type { Table } from '../lib/store/table/table.ts';
import { orNotChecked } from './finding.ts';

/** A recording is moved within seconds, so an older one has met an error. */
const usualMs = 3_600_000;

/** Reports how many recordings are still at the carrier. Throws if one has been there for an hour. */
export async function checkRecordings(table: Table, now: Date): Promise<string> {
  const left = await orNotChecked(() => listRecordings(table));
  const [oldest] = left;
  if (oldest === undefined) return 'No message of a caller is left at the carrier.';
  const told = left.length === 1 ? '1 recording is' : `${left.length} recordings are`;
  if (now.getTime() - Date.parse(oldest.at) < usualMs)
    return `${told} still at the carrier, and will be fetched.`;
  throw new Error(
    `${told} still at the carrier, the oldest since ${oldest.at}: open the messages in the console, which fetches them, and look in the log for recording-left.`,
  );
}

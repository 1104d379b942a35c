import { listRecordings } from '../lib/store/calls/voicemails.ts';
import type { Table } from '../lib/store/table/table.ts';
import { Unseen } from './finding.ts';

/** A recording is fetched within seconds, so one that is older has met a fault. */
const usualMs = 3_600_000;

/** How many recordings still lie at the carrier. Throws if some do for an hour. */
export async function seeRecordings(table: Table, now: Date): Promise<string> {
  const left = await listRecordings(table).catch(() => undefined);
  if (left === undefined) throw new Unseen('The table cannot be read.');
  const [oldest] = left;
  if (oldest === undefined) return 'No message of a caller lies at the carrier any more.';
  const told = left.length === 1 ? '1 recording lies' : `${left.length} recordings lie`;
  if (now.getTime() - Date.parse(oldest.at) < usualMs) return `${told} at the carrier, and will be fetched.`;
  throw new Error(
    `${told} at the carrier, the oldest since ${oldest.at}: open the messages in the console, which fetches them, and look in the log for recording-left.`,
  );
}

import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { fileLines } from '../lib/calls/filing.ts';
import { readJournalConfig, readMetricsConfig } from '../lib/config.ts';
import { openLog } from '../lib/log.ts';
import { openTable } from '../lib/store/table/table.ts';

const { tableName, retainDays } = readJournalConfig();
const table = openTable(tableName);
const { now, write, report } = openLog(readMetricsConfig());

/**
 * Files what the log's subscription delivers as records of calls. If it throws, Lambda hands the same batch over again, twice at
 * most, and then keeps it in the queue of failures.
 */
export async function handler(event: CloudWatchLogsEvent): Promise<void> {
  try {
    await file(event);
  } catch (error) {
    report(error);
    throw error;
  }
}

async function file({ awslogs }: CloudWatchLogsEvent): Promise<void> {
  const batch: CloudWatchLogsDecodedData = JSON.parse(
    gunzipSync(Buffer.from(awslogs.data, 'base64')).toString(),
  );
  // The log asks now and then whether anybody is there.
  if (batch.messageType !== 'DATA_MESSAGE') return;
  const lines = batch.logEvents.map(({ message }) => message);
  const unread = await fileLines(table, lines, retainDays);
  if (unread > 0) write(JSON.stringify({ level: 'warn', at: now().toISOString(), unread }));
}

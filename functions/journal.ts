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
 * The Lambda handler of the log subscription: makes call records from journal lines. If it throws, Lambda retries the batch twice, then
 * puts it into the failure queue.
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
  // CloudWatch Logs sends control messages to check that the subscriber is reachable.
  if (batch.messageType !== 'DATA_MESSAGE') return;
  const lines = batch.logEvents.map(({ message }) => message);
  const unread = await fileLines(table, lines, retainDays);
  if (unread > 0) write(JSON.stringify({ level: 'warn', at: now().toISOString(), unread }));
}

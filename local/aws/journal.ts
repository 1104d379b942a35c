import { gzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { type JournalEntry, readLine } from '../../lib/journal/read.ts';
import { printable, printError } from '../terminal.ts';

/** The journal function, as Lambda runs it. */
export type Journal = (event: CloudWatchLogsEvent) => Promise<unknown>;

/** Where the functions of this process write their lines. */
export type Output = Pick<NodeJS.WriteStream, 'write'>;

/** How an output is subscribed to. */
export interface Subscription {
  readonly journal: Journal;
  /** Stdout when left out. */
  readonly output?: Output;
  /** What is written in the place of a journal line; nothing when left out, or where it answers undefined. */
  readonly tell?: (line: JournalEntry) => string | undefined;
  /** How long lines are gathered before they are handed over, in milliseconds. */
  readonly gatherMs?: number;
  /** Learns of a batch that could not be filed; stderr when left out. */
  readonly onError?: (cause: unknown) => void;
}

/** An event of the journal is handed over this often before it is given up, as Lambda does. */
const mostTries = 3;

/**
 * Subscribes the journal function to an output, as the log's subscription does on AWS: the journal's lines are taken out
 * and handed over in batches, seconds later and in order; all else is written as it was. The function that it returns
 * hands over what is left, and then the output is as it was before. Of all that is written, a terminal obeys nothing.
 */
export function subscribe({
  journal,
  output = process.stdout,
  tell,
  gatherMs = 200,
  onError = (cause) => printError('the journal could not be kept:', cause),
}: Subscription): () => Promise<void> {
  const write = output.write;
  const gathered: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let handedOver = Promise.resolve();

  const handOver = () => {
    clearTimeout(timer);
    timer = undefined;
    const lines = gathered.splice(0);
    if (lines.length > 0) handedOver = handedOver.then(() => deliver(journal, lines)).catch(onError);
    return handedOver;
  };
  const take = (line: string) => {
    const told = readLine(line)?.entry;
    if (told === undefined) return line;
    gathered.push(line);
    timer ??= setTimeout(handOver, gatherMs);
    const short = tell?.(told);
    return short === undefined ? '' : `${short}\n`;
  };

  output.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const mayHold = typeof chunk === 'string' && chunk.includes('"journal"');
    const left = mayHold ? chunk.replace(/[^\n]*\n|[^\n]+$/g, take) : chunk;
    return Reflect.apply(write, output, [typeof left === 'string' ? printable(left) : left, ...rest]);
  };

  return async () => {
    output.write = write;
    await handOver();
  };
}

async function deliver(journal: Journal, lines: readonly string[]): Promise<void> {
  const event = subscriptionEvent(lines, Date.now());
  for (let tries = 1; ; tries += 1) {
    try {
      await journal(event);
      return;
    } catch (error) {
      if (tries === mostTries) throw error;
    }
  }
}

/** What a log's subscription hands over (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html). */
export function subscriptionEvent(messages: readonly string[], timestamp: number): CloudWatchLogsEvent {
  const batch: CloudWatchLogsDecodedData = {
    messageType: 'DATA_MESSAGE',
    owner: '000000000000',
    logGroup: '/aws/lambda/voice',
    logStream: 'local',
    subscriptionFilters: ['journal'],
    logEvents: messages.map((message, place) => ({ id: String(place), timestamp, message })),
  };
  return { awslogs: { data: gzipSync(JSON.stringify(batch)).toString('base64') } };
}

/** A line of the journal as people read it: `CA4f2a91…  menu, key 1 → agents → end: finished`. */
export function shortly({
  callSid,
  entries = [],
  trouble,
  status,
  phase,
  agent,
  missed,
}: JournalEntry): string | undefined {
  const call = `${callSid.slice(0, 8)}…`;
  if (trouble !== undefined) return `${call}  heard an apology: ${trouble}`;
  if (status !== undefined) return `${call}  ${status}`;
  if (phase !== undefined) return `${call}  ${phase}${agent === undefined ? '' : `, agent ${agent}`}`;
  if (missed !== undefined) return `${call}  ring missed by agent ${missed}`;
  const way = entries.map(({ node, key, silent, lost, fault, end }) => {
    const turn = [node, key && `key ${key}`, silent && 'no key', lost];
    const over = end === undefined ? '' : `: ${fault ?? end}`;
    return `${turn.filter((each) => each).join(', ')}${over}`;
  });
  return way.length === 0 ? undefined : `${call}  ${way.join(' → ')}`;
}

import { gzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { type JournalEntry, readLine } from '../../lib/journal/read.ts';
import { printable, printError } from '../terminal.ts';

/** The handler of the journal function. */
export type Journal = (event: CloudWatchLogsEvent) => Promise<unknown>;

/** The stream that the functions of this process write their lines to. */
export type Output = Pick<NodeJS.WriteStream, 'write'>;

/** The options of a subscription. */
export interface Subscription {
  readonly journal: Journal;
  /** The output; stdout if left out. */
  readonly output?: Output;
  /** Returns the line that is written in place of a journal line; nothing is written if it is left out or returns `undefined`. */
  readonly tell?: (line: JournalEntry) => string | undefined;
  /** Takes a line of metrics and returns `true`; such a line is not written. */
  readonly measured?: (line: string) => boolean;
  /** How long lines are collected into one batch, in milliseconds. */
  readonly gatherMs?: number;
  /** Called with the error of a batch that could not be stored; errors go to stderr if left out. */
  readonly onError?: (cause: unknown) => void;
}

/** The most attempts for a batch, as on Lambda. */
const mostTries = 3;

/**
 * Subscribes the journal function to an output, like a log subscription on AWS: journal lines are removed from the output and passed on in
 * batches, in order, and metrics to `measured`; everything else is written unchanged, except that control characters are made visible. The returned function
 * passes on the rest and restores the output.
 */
export function subscribe({
  journal,
  output = process.stdout,
  tell,
  measured = () => false,
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
    if (told === undefined) return measured(line) ? '' : line;
    gathered.push(line);
    timer ??= setTimeout(handOver, gatherMs);
    const short = tell?.(told);
    return short === undefined ? '' : `${short}\n`;
  };

  output.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const mayHold = typeof chunk === 'string' && /"(?:journal|_aws)"/.test(chunk);
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

/** The event of a log subscription (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html). */
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

/** A journal line in short, for people: `CA4f2a91…  menu, key 1 → agents → end: finished`. */
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

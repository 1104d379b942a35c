import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { fileLines } from '../lib/calls/filing.ts';
import { defined } from '../lib/flow/defined.ts';
import { readLine } from '../lib/journal/read.ts';
import { openTable } from '../lib/store/table/table.ts';
import { messageOf } from './reason.ts';
import { NoTarget, tableOf } from './target.ts';

/** The part of a stage's log to file again. Times are ISO 8601. */
export interface RefileOrder {
  readonly stage: string;
  readonly since: string;
  /** Now if left out. */
  readonly until?: string | undefined;
}

/** The result of `refile`. */
export interface Refiled {
  readonly calls: number;
  readonly lines: number;
  /** Lines that could not be read. */
  readonly unread: number;
}

/**
 * Makes call records from the log of a deployed stage, as the journal function does. An existing record comes out the same, so it may
 * be repeated. Keeps records for as many days as the stage does. Throws `NoTarget` if the log cannot be read.
 */
export async function refile({ stage, since, until }: RefileOrder): Promise<Refiled> {
  const retainDays = await retainDaysOf(stage);
  const table = openTable(tableOf(stage));
  const calls = new Set<string>();
  let [lines, unread] = [0, 0];
  try {
    for await (const texts of pagesOf(stage, Date.parse(since), until && Date.parse(until))) {
      unread += await fileLines(table, texts, retainDays);
      lines += texts.length;
      for (const { entry } of texts.flatMap((text) => readLine(text) ?? [])) calls.add(entry.callSid);
    }
    return { calls: calls.size, lines, unread };
  } finally {
    table.client.destroy();
  }
}

/** The journal lines in the log of a stage's voice function, a page of at most 10,000 lines at a time. */
async function* pagesOf(stage: string, startTime: number, endTime: number | '' | undefined) {
  const logGroupName = `/aws/lambda/branchline-${stage}-voice`;
  const client = new CloudWatchLogsClient({ maxAttempts: 8 });
  try {
    let nextToken: string | undefined;
    do {
      const page = await client.send(
        new FilterLogEventsCommand({
          logGroupName,
          filterPattern: '{ $.journal > 0 }',
          startTime,
          ...(endTime ? { endTime: endTime - 1 } : {}),
          ...defined({ nextToken }),
        }),
      );
      yield (page.events ?? []).flatMap(({ message }) => message?.trimEnd() ?? []);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    throw refusal(`The log ${logGroupName} cannot be read`, error);
  } finally {
    client.destroy();
  }
}

/** How many days a deployed stage keeps call records. */
async function retainDaysOf(stage: string): Promise<number> {
  const FunctionName = `branchline-${stage}-journal`;
  const client = new LambdaClient({ maxAttempts: 2 });
  try {
    const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const days = Number(Environment?.Variables?.RETAIN_DAYS);
    if (Number.isInteger(days) && days > 0) return days;
  } catch (error) {
    throw refusal(`The function ${FunctionName} cannot be read`, error);
  } finally {
    client.destroy();
  }
  throw new NoTarget(
    `The function ${FunctionName} does not say for how many days it keeps records (RETAIN_DAYS).`,
  );
}

function refusal(what: string, error: unknown): NoTarget {
  return new NoTarget(`${what}: ${messageOf(error)}`);
}

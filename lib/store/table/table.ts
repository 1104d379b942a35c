import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { InternalError } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { withCallers } from '../../frames.ts';
import { refuseForeignAnswers } from './answers.ts';
import { type Item, type Row, toItem } from './item.ts';
import type { ItemKey } from './keys.ts';
import { inLanes } from './lanes.ts';

/** The one table, and the client that speaks to it. */
export interface Table {
  readonly client: DynamoDBClient;
  readonly name: string;
}

/** Milliseconds after which an attempt without an answer is made again, where a caller waits. */
const impatientMs = 800;

/** Opens the table for the life of the process. Endpoint, region and credentials are the AWS SDK's own unless given. */
export function openTable(name: string, config: DynamoDBClientConfig = {}): Table {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 500, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...config,
  });
  // The SDK copies every answer for a log that nobody keeps: without it 2,000 nodes load in two thirds of the time.
  client.middlewareStack.remove('loggerMiddleware');
  refuseForeignAnswers(client);
  const send = client.send.bind(client) as (...args: unknown[]) => Promise<unknown>;
  const sendTraced = async (...args: unknown[]) => {
    try {
      return await send(...args);
    } catch (error) {
      // A condition that does not hold is an outcome, not an error for the log.
      throw isRefused(error) ? error : withCallers(error);
    }
  };
  client.send = sendTraced as typeof client.send;
  return { client, name };
}

/** What must hold for a conditional write: `when` names attributes as `#name` and values as `:name`. */
interface Guard {
  readonly when: string;
  readonly values?: Row;
}

/** What came of a conditional write. */
interface Written {
  /** Whether the write stands. */
  readonly done: boolean;
  /** The attributes that a change has set, or the whole item as it was read after a refusal. */
  readonly item: Item | undefined;
}

/** Tells from an item, as it stands after a refusal, whether the write that was refused is there. */
type IsMine = (item: Item | undefined) => boolean;

/** Changes an item, or makes it, if a condition holds. */
export function changeIf(
  table: Table,
  key: ItemKey,
  write: Guard & { readonly change: string },
  isMine: IsMine,
): Promise<Written> {
  return conditional(table, key, () => sendUpdate(table, key, write), isMine);
}

/** Changes an item, or makes it, whatever stands there. */
export function change(table: Table, key: ItemKey, write: { change: string; values: Row }): Promise<Item> {
  return sendUpdate(table, key, write);
}

/** Writes an item over what stands there if a condition holds. */
export function putIf(
  table: Table,
  key: ItemKey,
  { row, ...only }: Guard & { readonly row: Row },
  isMine: IsMine,
): Promise<Written> {
  return conditional(table, key, () => sendPut(table, key, row, only), isMine);
}

/** Takes an item away if a condition holds. */
export function removeIf(table: Table, key: ItemKey, only: Guard, isMine: IsMine): Promise<Written> {
  return conditional(table, key, () => sendDelete(table, key, only), isMine);
}

/**
 * Makes a write if its condition holds. The client repeats a write whose answer was lost, and the repeated one is refused by
 * the success of the first: `isMine` tells from the item as it stands then whether the write is there.
 *
 *     1st try ──► written, its answer is lost     2nd try ──► refused ──► read the item ──► isMine? done
 */
async function conditional(
  table: Table,
  key: ItemKey,
  write: () => Promise<Item | undefined>,
  isMine: IsMine,
): Promise<Written> {
  try {
    return { done: true, item: await write() };
  } catch (error) {
    if (!isRefused(error)) throw error;
    const item = await get(table, key);
    return { done: isMine(item), item };
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof ConditionalCheckFailedException;
}

/** Reads an item as it stands after every write before; `undefined` if there is none. */
export async function get(
  table: Table,
  key: ItemKey,
  { project, signal }: { project?: string; signal?: AbortSignal | undefined } = {},
): Promise<Item | undefined> {
  const command = new GetItemCommand({
    TableName: table.name,
    Key: toItem({ ...key }),
    ConsistentRead: true,
    ...(project === undefined ? {} : { ProjectionExpression: project, ...aliases(project) }),
  });
  const { Item } = await table.client.send(command, patience(signal));
  return Item;
}

/** Reads up to 100 items in one go, in no order; those that are not there are left out. */
export async function getAll(
  table: Table,
  keys: readonly ItemKey[],
  { project, signal }: { project?: string; signal?: AbortSignal | undefined } = {},
): Promise<Item[]> {
  const parts = project === undefined ? {} : { ProjectionExpression: project, ...aliases(project) };
  const found: Item[] = [];
  let left = keys.map((key) => toItem({ ...key }));
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt > 0) await backOff(attempt);
    const request = { [table.name]: { Keys: left, ConsistentRead: true, ...parts } };
    const command = new BatchGetItemCommand({ RequestItems: request });
    const answer = await table.client.send(command, patience(signal));
    found.push(...(answer.Responses?.[table.name] ?? []));
    left = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return found;
}

/** Writes an item over what stands there. */
export function put(table: Table, key: ItemKey, row: Row): Promise<void> {
  return sendPut(table, key, row);
}

/** Takes an item away; one that is not there is no error. */
export function remove(table: Table, key: ItemKey): Promise<void> {
  return sendDelete(table, key);
}

/** Takes an item away; answers what it was, if it was there. A repeated try after a lost answer finds nothing. */
export async function takeAway(table: Table, key: ItemKey): Promise<Item | undefined> {
  const Key = toItem({ ...key });
  const command = new DeleteItemCommand({ TableName: table.name, Key, ReturnValues: 'ALL_OLD' });
  const { Attributes } = await table.client.send(command);
  return Attributes;
}

async function sendPut(table: Table, key: ItemKey, row: Row, only?: Guard): Promise<undefined> {
  const Item = toItem({ ...key, ...row });
  await table.client.send(new PutItemCommand({ TableName: table.name, Item, ...conditionOf(only) }));
}

async function sendDelete(table: Table, key: ItemKey, only?: Guard): Promise<undefined> {
  const Key = toItem({ ...key });
  await table.client.send(new DeleteItemCommand({ TableName: table.name, Key, ...conditionOf(only) }));
}

/** Answers with the attributes changed, as they are after. */
async function sendUpdate(
  table: Table,
  key: ItemKey,
  { change: expression, ...only }: Partial<Guard> & { readonly change: string },
): Promise<Item> {
  const command = new UpdateItemCommand({
    TableName: table.name,
    Key: toItem({ ...key }),
    UpdateExpression: expression,
    ReturnValues: 'UPDATED_NEW',
    ...conditionOf(only, expression),
  });
  const { Attributes } = await table.client.send(command);
  return Attributes ?? {};
}

/** A walk over items of one partition, in the order of their sort keys. */
export interface Walk {
  /** The index to walk instead of the table. It may lag behind what was written. */
  readonly index?: string;
  /** Which items: `#pk = :pk` and what narrows the sort key. */
  readonly where: string;
  readonly values: Row;
  /** The attributes to read, `#name` each; without it all of them. */
  readonly project?: string;
  /** What an item must be like, beyond its key. */
  readonly filter?: string;
  readonly backwards?: boolean;
  /** Items a page; without it a page is what DynamoDB gives, 1 MB at most. */
  readonly limit?: number;
}

/** The items of a walk, a page at a time; those of the table as they stand after every write before. */
export async function* query(table: Table, walk: Walk, signal?: AbortSignal): AsyncGenerator<Item[]> {
  const { index, where, values, project, filter, backwards = false, limit } = walk;
  let after: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: where,
      ...aliases(where, project, filter),
      ExpressionAttributeValues: toItem(values, ':'),
      ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
      ScanIndexForward: !backwards,
      ...defined({
        ProjectionExpression: project,
        FilterExpression: filter,
        Limit: limit,
        ExclusiveStartKey: after,
      }),
    });
    const answer = await table.client.send(command, patience(signal));
    yield answer.Items ?? [];
    after = answer.LastEvaluatedKey;
  } while (after !== undefined);
}

/** How many items DynamoDB takes in one batch, and how many batches are under way at a time. */
const batchItems = 25;
const lanes = 4;

/** Writes items over what stands there, in no order, each whole or not at all. Throws where the table takes them no more. */
export async function putAll(table: Table, items: readonly Item[]): Promise<void> {
  const batches: WriteRequest[][] = [];
  for (let start = 0; start < items.length; start += batchItems) {
    batches.push(items.slice(start, start + batchItems).map((Item) => ({ PutRequest: { Item } })));
  }
  await inLanes(batches, lanes, (batch) => putBatch(table, batch));
}

async function putBatch(table: Table, batch: WriteRequest[]): Promise<void> {
  let left = batch;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt > 0) await backOff(attempt);
    const request = { [table.name]: left };
    const answer = await table.client.send(new BatchWriteItemCommand({ RequestItems: request }));
    left = answer.UnprocessedItems?.[table.name] ?? [];
  }
}

const mostAttempts = 8;

/** What a batch left over is tried again later and later, 6 s in all; then the table is too busy. */
async function backOff(attempt: number): Promise<void> {
  if (attempt >= mostAttempts)
    throw new InternalError('table-busy', 'The table is too busy: it left items of a batch undone.');
  const longestMs = 25 * 2 ** attempt;
  await new Promise((resolve) => setTimeout(resolve, (longestMs / 2) * (1 + Math.random())));
}

function conditionOf({ when, values = {} }: Partial<Guard> = {}, change = '') {
  const { ExpressionAttributeNames: names } = aliases(change, when);
  return {
    ...defined({ ConditionExpression: when, ExpressionAttributeNames: names }),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: toItem(values, ':') }),
  };
}

/** Every attribute is written `#name`, since DynamoDB reserves 573 words, `name` and `language` among them. */
function aliases(...expressions: readonly (string | undefined)[]) {
  const names: Record<string, string> = {};
  for (const [alias, name] of expressions.join(' ').matchAll(/#([A-Za-z]+)/g)) {
    if (name !== undefined) names[alias] = name;
  }
  return Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names };
}

function patience(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { abortSignal: signal, requestTimeout: impatientMs };
}

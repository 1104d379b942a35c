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

/** The table and its client. */
export interface Table {
  readonly client: DynamoDBClient;
  readonly name: string;
}

/** The time limit of one attempt while a caller waits, in milliseconds; the SDK then tries again. */
const impatientMs = 800;

/** Opens the table. Endpoint, region and credentials are the AWS SDK's defaults unless `config` sets them. */
export function openTable(name: string, config: DynamoDBClientConfig = {}): Table {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 500, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...config,
  });
  // The SDK copies every response for a logger that is not used. Without it, 2,000 nodes load in two thirds of the time.
  client.middlewareStack.remove('loggerMiddleware');
  refuseForeignAnswers(client);
  const send = client.send.bind(client) as (...args: unknown[]) => Promise<unknown>;
  const sendTraced = async (...args: unknown[]) => {
    try {
      return await send(...args);
    } catch (error) {
      // A condition that does not hold is an expected outcome and needs no stack.
      throw isRefused(error) ? error : withCallers(error);
    }
  };
  client.send = sendTraced as typeof client.send;
  return { client, name };
}

/** The condition of a write: `when` refers to attributes as `#name` and to `values` as `:name`. */
interface Guard {
  readonly when: string;
  readonly values?: Row;
}

/** The result of a conditional write. */
interface Written {
  /** Whether the write was made. */
  readonly done: boolean;
  /** The attributes that a change has set, or, if the condition failed, the item as it is now. */
  readonly item: Item | undefined;
}

/** Whether the item that was read after a failed condition already contains the write. */
type IsMine = (item: Item | undefined) => boolean;

/** Updates or creates an item if a condition holds. */
export function changeIf(
  table: Table,
  key: ItemKey,
  write: Guard & { readonly change: string },
  isMine: IsMine,
): Promise<Written> {
  return conditional(table, key, () => sendUpdate(table, key, write), isMine);
}

/** Updates or creates an item. Resolves with the attributes that were set. */
export function change(table: Table, key: ItemKey, write: { change: string; values: Row }): Promise<Item> {
  return sendUpdate(table, key, write);
}

/** Replaces or creates an item if a condition holds. */
export function putIf(
  table: Table,
  key: ItemKey,
  { row, ...only }: Guard & { readonly row: Row },
  isMine: IsMine,
): Promise<Written> {
  return conditional(table, key, () => sendPut(table, key, row, only), isMine);
}

/** Deletes an item if a condition holds. */
export function removeIf(table: Table, key: ItemKey, only: Guard, isMine: IsMine): Promise<Written> {
  return conditional(table, key, () => sendDelete(table, key, only), isMine);
}

/**
 * Makes a conditional write. The SDK retries a write whose response was lost, and the condition of the retry then fails because of the
 * first attempt. So after a failed condition the item is read, and `isMine` decides whether it already contains the write.
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

/** Reads an item (consistent read); `undefined` if there is none. With `signal`, each attempt has a short time limit. */
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

/** Reads up to 100 items with different keys in one request (consistent read), in any order; missing ones are left out. */
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

/** Replaces or creates an item. */
export function put(table: Table, key: ItemKey, row: Row): Promise<void> {
  return sendPut(table, key, row);
}

/** Deletes an item, if it exists. */
export function remove(table: Table, key: ItemKey): Promise<void> {
  return sendDelete(table, key);
}

/** Deletes an item. Resolves with its last value; `undefined` if it did not exist, or after a retry because the response was lost. */
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

/** Resolves with the new values of the changed attributes. */
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
  /** The index to read instead of the table; its reads are not consistent. */
  readonly index?: string;
  /** The key condition: `#pk = :pk`, and optionally one for the sort key. */
  readonly where: string;
  readonly values: Row;
  /** The attributes to read, each as `#name`; all if left out. */
  readonly project?: string;
  /** A filter expression for other attributes. */
  readonly filter?: string;
  readonly backwards?: boolean;
  /** The most items that are read for one page; if left out, a page has up to 1 MB. */
  readonly limit?: number;
}

/** The items of a walk, page by page. Reads of the table are consistent. */
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

/** The most items in one BatchWriteItem, and how many batches are sent concurrently. */
const batchItems = 25;
const lanes = 4;

/** Replaces or creates items, in any order; each is written completely or not at all. Throws `table-busy`. */
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

/** Waits before the rest of a batch is sent again, longer each time, up to 6 s in all. Then throws `table-busy`. */
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

/** The names of `#name` in expressions. Every attribute is written so, because DynamoDB reserves 573 words, such as `name`. */
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

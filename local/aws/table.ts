import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { Obstacle } from '../obstacle.ts';
import { guard } from './access.ts';
import { keepIdle } from './idle.ts';

/** What a client of the embedded DynamoDB signs its requests with. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An embedded DynamoDB that runs, and the table in it. */
export interface LocalTable {
  readonly name: string;
  readonly endpoint: string;
  readonly region: string;
  /** The one key that it takes. */
  readonly credentials: AccessKey;
  /** Ends it; the data stays where it has a path. */
  close(): Promise<void>;
}

/** The properties of an `AWS::DynamoDB::Table` that the embedded DynamoDB knows; expiry, backups and the like it does not. */
const known = [
  'KeySchema',
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
] as const;

const region = 'us-east-1';

/** What of abstract-level this file works on. */
interface AbstractLevel {
  readonly AbstractKeyIterator: { readonly prototype: LevelIterator };
  readonly AbstractValueIterator: { readonly prototype: LevelIterator };
}

interface LevelIterator {
  close(): Promise<void>;
  return?(): Promise<void>;
}

/** An iterator of classic-level, from which the others read. */
interface NativeIterator {
  _next(): Promise<unknown>;
  _nextv(size: number): Promise<unknown[]>;
}

interface LevelDatabase {
  open(): Promise<void>;
  close(): Promise<void>;
}

// The very packages that dynalite loads.
const inDynalite = createRequire(createRequire(import.meta.url).resolve('dynalite'));
const inLevel = createRequire(createRequire(inDynalite.resolve('level')).resolve('classic-level'));
const { Level } = inDynalite('level') as { Level: new (path: string) => LevelDatabase };

closeIterators();
readByFew();

/**
 * Starts the embedded DynamoDB on a free loopback port, on the files under `path` or in memory, and creates the table
 * `name` with the properties of its resource if it does not exist. Resolves once the table takes items. Without
 * `credentials` a key is made up. Requests with another access key, another `Host`, or from a page in a browser get 403: the
 * embedded DynamoDB itself checks none of it. Throws an Obstacle if the files cannot be opened.
 */
export async function startTable(
  name: string,
  properties: Readonly<Record<string, unknown>>,
  path?: string,
  credentials: AccessKey = makeUpKey(),
): Promise<LocalTable> {
  if (path !== undefined) await tryOpen(path);
  const times = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const dynamo = keepIdle(dynalite(path === undefined ? times : { path, ...times }));
  const server = guard(dynamo, (request) => isSignedWith(request, credentials));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    const closed = new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
    });
    server.closeAllConnections();
    return closed;
  };
  try {
    await createTable(endpoint, name, properties, credentials);
  } catch (cause) {
    await close();
    throw cause;
  }
  return { name, endpoint, region, credentials, close };
}

/** A key in the form of AWS's own; its name alone holds 100 random bits. */
function makeUpKey(): AccessKey {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const accessKeyId = Array.from(randomBytes(20), (byte) => alphabet[byte % 32]).join('');
  return { accessKeyId, secretAccessKey: randomBytes(30).toString('base64url') };
}

/** The key is secret itself, so its name tells who signed; the embedded DynamoDB checks no signature. */
function isSignedWith({ headers }: IncomingMessage, { accessKeyId }: AccessKey): boolean {
  return headers.authorization?.startsWith(`AWS4-HMAC-SHA256 Credential=${accessKeyId}/`) === true;
}

/** Opens the files once before dynalite does, which would end the process with an error that tells nothing. */
async function tryOpen(path: string): Promise<void> {
  const level = new Level(path);
  try {
    await level.open();
  } catch (error) {
    const { message, cause = { message } } = error as Error & { cause?: { message: string } };
    const remedy = /No space left|quota exceeded|Read-only/i.test(cause.message)
      ? 'Make room on its disk, or set DATA_DIR to another directory.'
      : 'If no other program uses it, move it away: the next start makes a new one.';
    throw new Obstacle(`The table in ${path} cannot be opened (${cause.message}). ${remedy}`);
  }
  await level.close();
}

async function createTable(
  endpoint: string,
  name: string,
  properties: Readonly<Record<string, unknown>>,
  credentials: AccessKey,
): Promise<void> {
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const kept = Object.entries(properties).filter(([key]) => known.some((word) => word === key));
  // What stands in the template has the shape of the API's own input, or the embedded DynamoDB refuses it.
  const input = { ...Object.fromEntries(kept), TableName: name } as CreateTableCommandInput;
  try {
    if (!(await isCreated(client, input)) && !(await isActive(client, name))) await activate(client, input);
    while (!(await isActive(client, name))) await sleep(1);
  } finally {
    client.destroy();
  }
}

/** Creates the table; `false` if it is there already. */
async function isCreated(client: DynamoDBClient, input: CreateTableCommandInput): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand(input));
    return true;
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'ResourceInUseException') throw cause;
    return false;
  }
}

async function isActive(client: DynamoDBClient, TableName: string | undefined): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return Table?.TableStatus === 'ACTIVE';
}

/**
 * Completes a table whose creation was cut short: dynalite marks it active by a second write, and a process that dies
 * between the two leaves it `CREATING` for good. Any change of its throughput makes dynalite write that mark.
 */
async function activate(client: DynamoDBClient, input: CreateTableCommandInput): Promise<void> {
  const { TableName, BillingMode, GlobalSecondaryIndexes = [] } = input;
  const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
  await client.send(
    new UpdateTableCommand({
      TableName,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput,
      GlobalSecondaryIndexUpdates: GlobalSecondaryIndexes.map(({ IndexName }) => ({
        Update: { IndexName, ProvisionedThroughput },
      })),
    }),
  );
  while (!(await isActive(client, TableName))) await sleep(1);
  await client.send(new UpdateTableCommand({ TableName, BillingMode }));
}

/**
 * Makes dynalite close the LevelDB iterators that it opens, one for each Query, Scan and list. It ends its streams by the
 * iterators' `return`, which abstract-level no longer has, so all of them, and what they hold, stayed open.
 */
function closeIterators(): void {
  const { AbstractKeyIterator, AbstractValueIterator } = inLevel('abstract-level') as AbstractLevel;
  for (const { prototype } of [AbstractKeyIterator, AbstractValueIterator]) {
    prototype.return ??= function () {
      return this.close();
    };
  }
}

/**
 * How many entries are read from LevelDB at a time. Items of ours have 500 bytes, and LevelDB gives 16 KB at a time, whatever is asked.
 */
const mostAtOnce = 32;

/**
 * Makes iterators ask LevelDB for few entries at a time. classic-level asks for 1,000, takes 64 bytes for each before it reads, and frees
 * them when the iterator is collected as garbage, whose size V8 does not know: closed iterators of 64 KB came to 100 MB.
 */
function readByFew(): void {
  const { prototype } = (inLevel('./iterator.js') as { Iterator: { readonly prototype: NativeIterator } })
    .Iterator;
  const ahead = new WeakMap<NativeIterator, unknown[]>();
  prototype._next = async function () {
    const read = ahead.get(this) ?? [];
    if (read.length > 0) return read.shift();
    const entries = await this._nextv(mostAtOnce);
    ahead.set(this, entries);
    return entries.shift();
  };
}

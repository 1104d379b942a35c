import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { Obstacle } from '../obstacle.ts';
import { guard } from './access.ts';
import { directTo, type RequestHandler } from './direct.ts';
import { keepIdle } from './idle.ts';

/** The access key of the embedded DynamoDB. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Where an embedded DynamoDB and its table are found. */
export interface LocalTable {
  readonly name: string;
  readonly endpoint: string;
  readonly region: string;
  /** The only key that it accepts. */
  readonly credentials: AccessKey;
}

/** An embedded DynamoDB that this process runs. */
export interface StartedTable extends LocalTable {
  /** What a client of this process can send its requests with, instead of over HTTP. */
  readonly requestHandler: RequestHandler;
  /** Stops it. Data with a path is kept. */
  close(): Promise<void>;
}

/** The properties of an `AWS::DynamoDB::Table` that the embedded DynamoDB supports; it has no expiry or backups. */
const known = [
  'KeySchema',
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
] as const;

const region = 'us-east-1';

/** The part of abstract-level that is patched here. */
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

// The same instances of the packages that dynalite loads.
const inDynalite = createRequire(createRequire(import.meta.url).resolve('dynalite'));
const inLevel = createRequire(createRequire(inDynalite.resolve('level')).resolve('classic-level'));
const { Level } = inDynalite('level') as { Level: new (path: string) => LevelDatabase };

closeIterators();
readByFew();

/**
 * Starts the embedded DynamoDB on a free loopback port, with files under `path` or in memory, and creates the table `name` with the
 * properties of its resource if it does not exist. Resolves when the table is active. Without `credentials` a random key is
 * generated. Requests with another access key, another `Host`, or from a web page get 403, because dynalite itself does not check
 * that. Throws an Obstacle if the files cannot be opened.
 */
export async function startTable(
  name: string,
  properties: Readonly<Record<string, unknown>>,
  path?: string,
  credentials: AccessKey = makeUpKey(),
): Promise<StartedTable> {
  if (path !== undefined) await tryOpen(path);
  const times = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const dynamo = keepIdle(dynalite(path === undefined ? times : { path, ...times }));
  const requestHandler = directTo(dynamo.listeners('request')[0] as RequestListener);
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
    await createTable({ endpoint, region, credentials, requestHandler }, name, properties);
  } catch (cause) {
    await close();
    throw cause;
  }
  return { name, endpoint, region, credentials, requestHandler, close };
}

/** Generates a key in AWS's format; its id alone has 100 random bits. */
function makeUpKey(): AccessKey {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const accessKeyId = Array.from(randomBytes(20), (byte) => alphabet[byte % 32]).join('');
  return { accessKeyId, secretAccessKey: randomBytes(30).toString('base64url') };
}

/** The id of the key is random and secret, so it is enough to check it; dynalite does not check signatures. */
function isSignedWith({ headers }: IncomingMessage, { accessKeyId }: AccessKey): boolean {
  return headers.authorization?.startsWith(`AWS4-HMAC-SHA256 Credential=${accessKeyId}/`) === true;
}

/** Opens the files once, because dynalite ends the process with an unclear error if that fails. */
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
  config: DynamoDBClientConfig,
  name: string,
  properties: Readonly<Record<string, unknown>>,
): Promise<void> {
  const client = new DynamoDBClient(config);
  const kept = Object.entries(properties).filter(([key]) => known.some((word) => word === key));
  // The template's properties have the shape of the API's input; dynalite refuses others.
  const input = { ...Object.fromEntries(kept), TableName: name } as CreateTableCommandInput;
  try {
    if (!(await isCreated(client, input)) && !(await isActive(client, name))) await activate(client, input);
    while (!(await isActive(client, name))) await sleep(1);
  } finally {
    client.destroy();
  }
}

/** Creates the table; `false` if it already exists. */
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
 * Completes a table whose creation was interrupted. dynalite marks it active in a second write; if the process dies between the two, the
 * table stays `CREATING`. A change of its throughput makes dynalite write the mark.
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
 * Makes dynalite close its LevelDB iterators, one for each Query, Scan and list. It ends its streams by the iterators' `return`, which
 * abstract-level no longer has, so without this all of them would stay open.
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

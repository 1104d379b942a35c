import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';

/** An embedded DynamoDB that runs, and the table in it. */
export interface LocalTable {
  readonly name: string;
  readonly endpoint: string;
  readonly region: string;
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

/**
 * Starts the embedded DynamoDB on a free loopback port, on the files under `path` or in memory, and creates the table
 * `name` with the properties of its resource where it does not exist.
 */
export async function startTable(
  name: string,
  properties: Readonly<Record<string, unknown>>,
  path?: string,
): Promise<LocalTable> {
  if (path !== undefined) await mkdir(path, { recursive: true });
  const times = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const server = dynalite(path === undefined ? times : { path, ...times });
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
    await createTable(endpoint, name, properties);
  } catch (cause) {
    await close();
    throw cause;
  }
  return { name, endpoint, region, close };
}

async function createTable(
  endpoint: string,
  name: string,
  properties: Readonly<Record<string, unknown>>,
): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const kept = Object.entries(properties).filter(([key]) => known.some((word) => word === key));
  // What stands in the template has the shape of the API's own input, or the embedded DynamoDB refuses it.
  const input = { ...Object.fromEntries(kept), TableName: name } as CreateTableCommandInput;
  try {
    await client.send(new CreateTableCommand(input));
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'ResourceInUseException') throw cause;
  } finally {
    client.destroy();
  }
}

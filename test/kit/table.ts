import { type AttributeValue, type DynamoDBClientConfig, ScanCommand } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from '../../lib/store/table/table.ts';
import { type StartedTable, startTable } from '../../local/aws/table.ts';
import { tableProperties } from './template.ts';

/** A real table, with the keys that `serverless.yml` gives it. */
export type TestTable = Table & StartedTable;

/** What the embedded DynamoDB of tests takes. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * Signs requests with nothing: the embedded DynamoDB only looks whether a signature is there, and one takes a tenth of the
 * processor time of a request. The requests of functions and stacks are signed.
 */
const signer: NonNullable<DynamoDBClientConfig['signer']> = {
  sign: async (request) => {
    const fields = 'Credential=local, SignedHeaders=host, Signature=none';
    Object.assign(request.headers, { authorization: `AWS4-HMAC-SHA256 ${fields}`, 'x-amz-date': 'none' });
    return request;
  },
};

/** Starts an embedded DynamoDB, in memory or on files, and opens the table in it. */
export async function startTestTable({
  name: wanted = 'branchline-test',
  path,
}: {
  readonly name?: string;
  readonly path?: string;
} = {}): Promise<TestTable> {
  const table = await startTable(wanted, tableProperties(), path, credentials);
  const { name, endpoint, region, requestHandler } = table;
  const { client } = openTable(name, { endpoint, region, credentials, requestHandler, signer });
  return {
    ...table,
    client,
    close: () => {
      client.destroy();
      return table.close();
    },
  };
}

/** All items of a table. */
export async function scan({ client, name }: Table): Promise<Record<string, AttributeValue>[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
  return Items;
}

const writes = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand', 'BatchWriteItemCommand']);

/** A client of a table that is in trouble; who opened it destroys it. */
export type Trouble = Table & { readonly destroy: () => void };

/** The table for a process that dies after some writes: nothing it asks then reaches the database. */
export function crashAfter(test: TestTable, landed: number): Trouble {
  const trouble = openAgain(test, { maxAttempts: 1 });
  let count = 0;
  trouble.client.middlewareStack.add(
    (next, context) => (args) => {
      if (count >= landed && (count > landed || writes.has(String(context.commandName)))) {
        count = landed + 1;
        throw new Error(`Crashed after ${landed} writes.`);
      }
      if (writes.has(String(context.commandName))) count += 1;
      return next(args);
    },
    { step: 'initialize', name: 'crash' },
  );
  return trouble;
}

/** The table over a bad line: the first answer to every write is lost, though the write has landed. */
export function loseAnswers(test: TestTable): Trouble {
  const trouble = openAgain(test);
  const lost = new WeakSet<object>();
  trouble.client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (lost.has(args.input) || !writes.has(String(context.commandName))) return answer;
      lost.add(args.input);
      throw Object.assign(new Error('The line went dead.'), { name: 'TimeoutError' });
    },
    { step: 'finalizeRequest', priority: 'low', name: 'loseAnswers' },
  );
  return trouble;
}

/** The table with a count of what is read: the names of the commands, in their order. */
export function countReads(test: TestTable) {
  const counting = openAgain(test, { maxAttempts: 1 });
  const found: string[] = [];
  counting.client.middlewareStack.add(
    (next, context) => (args) => {
      const name = String(context.commandName);
      if (!writes.has(name)) found.push(name);
      return next(args);
    },
    { step: 'initialize', name: 'countReads' },
  );
  return { counting, reads: () => found, destroy: counting.destroy };
}

/** What a test looks at in a write. */
export interface Writing {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly UpdateExpression?: string;
}

type Item = Readonly<Record<string, AttributeValue>>;

/** The table with something done before each of its commands. */
export function doBefore(
  test: TestTable,
  doing: (command: string, input: Writing) => Promise<unknown> | undefined,
): Trouble {
  const watched = openAgain(test);
  watched.client.middlewareStack.add(
    (next, context) => async (args) => {
      await doing(String(context.commandName), args.input as Writing);
      return await next(args);
    },
    { step: 'initialize', name: 'doBefore' },
  );
  return watched;
}

/** Opens the table by another client. */
export function openAgain(
  { name, endpoint, region, requestHandler }: TestTable,
  config: DynamoDBClientConfig = {},
): Trouble {
  const { client } = openTable(name, { endpoint, region, credentials, requestHandler, signer, ...config });
  return { client, name, destroy: () => client.destroy() };
}

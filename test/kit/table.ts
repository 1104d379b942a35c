import { openTable, type Table } from '../../lib/store/table.ts';
import { startTable } from '../../local/table.ts';
import { loadTemplate } from '../../local/template.ts';

/** A real table in memory, with the keys that `serverless.yml` gives it. */
export interface TestTable extends Table {
  readonly endpoint: string;
  readonly region: string;
  close(): Promise<void>;
}

/** Any will do for the embedded DynamoDB. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Starts an embedded DynamoDB and opens the table in it. */
export async function startTestTable(): Promise<TestTable> {
  const { Table: properties } = loadTemplate('serverless.yml').tables;
  if (properties === undefined) throw new Error('serverless.yml has no table "Table".');
  const { name, endpoint, region, close } = await startTable('branchline-test', properties);
  const { client } = openTable(name, { endpoint, region, credentials });
  return {
    client,
    name,
    endpoint,
    region,
    close: () => {
      client.destroy();
      return close();
    },
  };
}

/** Whether a command writes; reads are never failed by `crashAt`. */
const writes = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand', 'BatchWriteItemCommand']);

/**
 * The same table for a process that dies at its n-th write (from 1): that write and all that follows never reaches the
 * database. `writes` counts what was tried.
 */
export function crashAt(test: TestTable, n: number): Table & { readonly writes: () => number; end(): void } {
  const { endpoint, region, name } = test;
  const { client } = openTable(name, { endpoint, region, credentials, maxAttempts: 1 });
  let count = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (count >= n || writes.has(String(context.commandName))) count += 1;
      if (count >= n) throw new Error(`Crashed at write ${n}.`);
      return next(args);
    },
    { step: 'initialize', name: 'crash' },
  );
  return { client, name, writes: () => count, end: () => client.destroy() };
}

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

const writes = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand', 'BatchWriteItemCommand']);

/** A client of a table that is in trouble; who opened it destroys it. */
export type Trouble = Table & { readonly destroy: () => void };

/** The table for a process that dies after so many writes: nothing it asks then reaches the database. */
export function crashAfter(test: TestTable, landed: number): Trouble {
  const trouble = again(test, 1);
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
  const trouble = again(test, 3);
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

function again({ name, endpoint, region }: TestTable, maxAttempts: number): Trouble {
  const { client } = openTable(name, { endpoint, region, credentials, maxAttempts });
  return { client, name, destroy: () => client.destroy() };
}

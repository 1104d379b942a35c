import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { expect, test } from 'vitest';
import { type LocalTable, startTable } from '../local/aws/table.ts';
import { Obstacle } from '../local/obstacle.ts';
import { credentials } from './kit/table.ts';
import { tableProperties } from './kit/template.ts';

const properties = tableProperties();

/** Runs a test with a folder of its own. */
async function inFolder(run: (path: string) => Promise<void>): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'branchline-table-'));
  try {
    await run(path);
  } finally {
    rmSync(path, { recursive: true });
  }
}

function clientOf({ endpoint, region, credentials }: Omit<LocalTable, 'name'>): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region, credentials });
}

const item = { pk: { S: 'a' }, sk: { S: 'b' } };

async function put(table: LocalTable): Promise<void> {
  const client = clientOf(table);
  await client.send(new PutItemCommand({ TableName: table.name, Item: item }));
  client.destroy();
}

async function isThere(table: LocalTable): Promise<boolean> {
  const client = clientOf(table);
  const { Item } = await client.send(new GetItemCommand({ TableName: table.name, Key: item }));
  client.destroy();
  return Item !== undefined;
}

test('has the keys of its resource, takes items as soon as it is started, and keeps them', () =>
  inFolder(async (path) => {
    const first = await startTable('branchline', properties, path);
    await put(first);
    await first.close();
    const second = await startTable('branchline', properties, path);
    expect(await isThere(second)).toBe(true);
    await second.close();
  }));

test('answers a client of its own process as it answers over HTTP', async () => {
  const { requestHandler, ...table } = await startTable('branchline', properties);
  const { name, endpoint, region, credentials } = table;
  const direct = new DynamoDBClient({ endpoint, region, credentials, requestHandler });
  await put(table);
  const written = await direct.send(new GetItemCommand({ TableName: name, Key: item }));
  const refused = await direct
    .send(
      new PutItemCommand({ TableName: name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }),
    )
    .catch((error: unknown) => error);
  expect(written.Item).toMatchObject(item);
  expect(written.$metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.stringMatching(/./) });
  expect(refused).toMatchObject({
    name: 'ConditionalCheckFailedException',
    $metadata: { httpStatusCode: 400 },
  });
  await direct.send(new DeleteItemCommand({ TableName: name, Key: item }));
  expect(await isThere(table)).toBe(false);
  await table.close();
});

test('in memory is gone with its server', async () => {
  const first = await startTable('branchline', properties);
  await put(first);
  await first.close();
  const second = await startTable('branchline', properties);
  expect(await isThere(second)).toBe(false);
  await second.close();
});

test('is completed if the process that created it died in the middle', () =>
  inFolder(async (path) => {
    const dying = dynalite({ path, createTableMs: 60_000 });
    dying.listen(0, '127.0.0.1');
    await once(dying, 'listening');
    const { port } = dying.address() as AddressInfo;
    const creator = clientOf({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials });
    const { KeySchema, AttributeDefinitions, BillingMode, GlobalSecondaryIndexes } = properties;
    const input = { KeySchema, AttributeDefinitions, BillingMode, GlobalSecondaryIndexes };
    await creator.send(
      new CreateTableCommand({ ...input, TableName: 'branchline' } as CreateTableCommandInput),
    );
    creator.destroy();
    await new Promise((closed) => dying.close(closed));

    const table = await startTable('branchline', properties, path);
    await put(table);
    await table.close();
  }));

test('says in words which files cannot be opened', () =>
  inFolder(async (path) => {
    const file = join(path, 'file');
    writeFileSync(file, '');
    await expect(startTable('branchline', properties, file)).rejects.toThrow(
      /^The table in .*file cannot be opened \(EEXIST.*\)\. If no other program uses it, move it away/,
    );
    await (await startTable('branchline', properties, join(path, 'table'))).close();
    writeFileSync(join(path, 'table', 'CURRENT'), 'nonsense');
    await expect(startTable('branchline', properties, join(path, 'table'))).rejects.toThrow(Obstacle);
    const used = await startTable('branchline', properties, join(path, 'used'));
    await expect(startTable('branchline', properties, join(path, 'used'))).rejects.toThrow(/lock/);
    await used.close();
  }));

test('files on a full disk are not called damaged', () =>
  inFolder(async (path) => {
    mkdirSync(join(path, 'table'));
    symlinkSync('/dev/full', join(path, 'table', 'MANIFEST-000001'));
    // Other systems have no such device, and refuse to make one.
    const remedy =
      process.platform === 'linux' ? /No space left .*Make room on its disk/ : /cannot be opened/;
    await expect(startTable('branchline', properties, join(path, 'table'))).rejects.toThrow(remedy);
  }));

/** What classic-level, as dynalite has it, may require. */
function insideLevel(): NodeJS.Require {
  const inDynalite = createRequire(createRequire(import.meta.url).resolve('dynalite'));
  return createRequire(createRequire(inDynalite.resolve('level')).resolve('classic-level'));
}

/** Counts the iterators that LevelDB has open, of those that were opened since. */
function countIterators(): { readonly open: () => number; readonly opened: () => number; stop(): void } {
  const { prototype } = insideLevel()('abstract-level').AbstractLevel;
  const { attachResource, detachResource } = prototype;
  const open = new Set<object>();
  let opened = 0;
  prototype.attachResource = function (resource: object) {
    if ('seek' in resource) {
      open.add(resource);
      opened += 1;
    }
    return attachResource.call(this, resource);
  };
  prototype.detachResource = function (resource: object) {
    open.delete(resource);
    return detachResource.call(this, resource);
  };
  const stop = () => Object.assign(prototype, { attachResource, detachResource });
  return { open: () => open.size, opened: () => opened, stop };
}

test.each(['on disk', 'in memory'])('leaves no iterator open, %s', async (where) => {
  const iterators = countIterators();
  try {
    await inFolder(async (path) => {
      const table = await startTable('branchline', properties, where === 'on disk' ? path : undefined);
      const client = clientOf(table);
      const TableName = table.name;
      const text = { S: 'x'.repeat(60_000) };
      for (let batch = 0; batch < 4; batch += 1) {
        const items = Array.from({ length: 10 }, (_, at) => ({
          ...{ pk: { S: 'a' }, sk: { S: `${batch}${at}` }, list: { S: 'l' }, place: { S: `${batch}${at}` } },
          ...(at % 5 === 0 ? { text } : {}),
        }));
        const requests = items.map((Item) => ({ PutRequest: { Item } }));
        await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
      }
      const rows = {
        TableName,
        KeyConditionExpression: 'pk = :it',
        ExpressionAttributeValues: { ':it': { S: 'a' } },
      };
      const list = { TableName, IndexName: 'lists', ExpressionAttributeNames: { '#list': 'list' } };
      const listed = {
        KeyConditionExpression: '#list = :it',
        ExpressionAttributeValues: { ':it': { S: 'l' } },
      };
      const whole = await client.send(new QueryCommand(rows));
      expect(whole.Items).toHaveLength(40);
      const page = await client.send(new QueryCommand({ ...rows, Limit: 3 }));
      expect(page.Items).toHaveLength(3);
      const next = { ExclusiveStartKey: page.LastEvaluatedKey };
      await Promise.all([
        client.send(new QueryCommand({ ...rows, ...next, Limit: 1, ScanIndexForward: false })),
        client.send(new QueryCommand({ ...list, ...listed })),
        client.send(new QueryCommand({ ...list, ...listed, Limit: 2 })),
        client.send(new QueryCommand({ ...rows, ExpressionAttributeValues: { ':it': { S: 'nothing' } } })),
        client.send(new ScanCommand({ TableName })),
        client.send(new ScanCommand({ TableName, Limit: 1 })),
        client.send(new ListTablesCommand({})),
        client.send(new ListTablesCommand({ Limit: 1 })),
      ]);
      client.destroy();
      expect(iterators.opened()).toBeGreaterThanOrEqual(10);
      await expect.poll(() => iterators.open(), { interval: 5 }).toBe(0);
      await table.close();
    });
  } finally {
    iterators.stop();
  }
});

test('makes LevelDB hold room for few entries until an iterator is collected as garbage', () =>
  inFolder(async (path) => {
    const table = await startTable('branchline', properties, path);
    const client = clientOf(table);
    const binding = insideLevel()('./binding.js');
    const { iterator_nextv: read } = binding;
    const rooms: number[] = [];
    binding.iterator_nextv = (context: object, entries: number) => {
      rooms.push(entries);
      return read(context, entries);
    };
    try {
      const names = Array.from({ length: 75 }, (_, at) => String(at).padStart(2, '0'));
      for (const batch of [names.slice(0, 25), names.slice(25, 50), names.slice(50)]) {
        const requests = batch.map((sk) => ({ PutRequest: { Item: { pk: { S: 'a' }, sk: { S: sk } } } }));
        await client.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: requests } }));
      }
      const rows = { TableName: table.name, KeyConditionExpression: 'pk = :it' };
      const all = { ...rows, ExpressionAttributeValues: { ':it': { S: 'a' } } };
      const { Items: forwards } = await client.send(new QueryCommand(all));
      const { Items: backwards } = await client.send(new QueryCommand({ ...all, ScanIndexForward: false }));
      expect(forwards?.map(({ sk }) => sk?.S)).toEqual(names);
      expect(backwards?.map(({ sk }) => sk?.S)).toEqual(names.toReversed());
      expect(Math.max(0, ...rooms)).toBeGreaterThan(0);
      expect(Math.max(...rooms)).toBeLessThanOrEqual(32);
    } finally {
      binding.iterator_nextv = read;
      client.destroy();
      await table.close();
    }
  }));

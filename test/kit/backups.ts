import { json } from 'node:stream/consumers';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../lib/store/table/item.ts';
import { putAll } from '../../lib/store/table/table.ts';
import { dynamoHeaders, dynamoOperation, forward } from './dynamorequests.ts';
import { startServer } from './server.ts';
import { credentials, scan } from './table.ts';

/** A DynamoDB that also keeps backups and protects tables, which the embedded one behind it cannot. */
export interface Backups {
  readonly endpoint: string;
  /** Makes a table like another, set up as a deployed one is. */
  makeLike(source: string, name: string): Promise<void>;
  /** A table can be restored as it is now. */
  remember(name: string): Promise<void>;
  close(): Promise<void>;
}

/** What is set up of a table. What was restored has nothing of it. */
interface Setup {
  ends: boolean;
  restorable: boolean;
  isProtected: boolean;
}

type Body = Readonly<Record<string, unknown>>;

/** Puts one before an embedded DynamoDB whose tables are set up as deployed ones are. */
export async function startBackups(embedded: string): Promise<Backups> {
  const client = new DynamoDBClient({ endpoint: embedded, region: 'us-east-1', credentials });
  const setups = new Map<string, Setup>();
  const kept = new Map<string, readonly Item[]>();
  const setupOf = (name: string) => {
    const setup = setups.get(name) ?? { ends: true, restorable: true, isProtected: true };
    setups.set(name, setup);
    return setup;
  };
  const copy = async (source: string, name: string) => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: source }));
    const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] } = Table ?? {};
    const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys, Projection }) => {
      return { IndexName, KeySchema: keys, Projection };
    });
    const input = { TableName: name, KeySchema, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST' };
    await client.send(
      new CreateTableCommand({ ...input, GlobalSecondaryIndexes: indexes } as CreateTableCommandInput),
    );
  };
  const restore = async (source: string, name: string, items: readonly Item[] | undefined) => {
    if (items === undefined) throw new Error(`There is no backup of ${source}.`);
    await copy(source, name);
    await putAll({ client, name }, [...items]);
    setups.set(name, { ends: false, restorable: false, isProtected: false });
    return { TableDescription: { TableName: name } };
  };

  /** The operations that are answered here; `undefined` passes a request on. */
  const operations: Readonly<
    Record<string, (body: Body, name: string) => Promise<object | undefined> | object | undefined>
  > = {
    DescribeTimeToLive: (_, name) => ({
      TimeToLiveDescription: {
        TimeToLiveStatus: setupOf(name).ends ? 'ENABLED' : 'DISABLED',
        AttributeName: 'expiresAt',
      },
    }),
    DescribeContinuousBackups: (_, name) => {
      const status = setupOf(name).restorable ? 'ENABLED' : 'DISABLED';
      const recovery = { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status } };
      return { ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED', ...recovery } };
    },
    UpdateTimeToLive({ TimeToLiveSpecification: told }, name) {
      const { Enabled, AttributeName } = Object(told);
      setupOf(name).ends = Enabled === true && AttributeName === 'expiresAt';
      return { TimeToLiveSpecification: Object(told) };
    },
    UpdateContinuousBackups({ PointInTimeRecoverySpecification: told }, name) {
      setupOf(name).restorable = Object(told).PointInTimeRecoveryEnabled === true;
      return { ContinuousBackupsDescription: {} };
    },
    UpdateTable({ DeletionProtectionEnabled: told }, name) {
      if (typeof told === 'boolean') setupOf(name).isProtected = told;
      return { TableDescription: { TableName: name } };
    },
    DeleteBackup({ BackupArn: arn }) {
      if (!kept.delete(String(arn))) throw new Error('There is no such backup.');
      return { BackupDescription: {} };
    },
    DeleteTable(_, name) {
      if (setupOf(name).isProtected)
        throw new Error('Resource cannot be deleted as it is currently protected.');
      setups.delete(name);
      return undefined;
    },
    RestoreTableToPointInTime: ({ SourceTableName: source, TargetTableName: target }) =>
      restore(String(source), String(target), kept.get(String(source))),
    async CreateBackup(_, name) {
      const BackupArn = `arn:aws:dynamodb:us-east-1:123456789012:table/${name}/backup/01`;
      kept.set(BackupArn, await scan({ client, name }));
      return { BackupDetails: { BackupArn } };
    },
    RestoreTableFromBackup({ BackupArn: arn, TargetTableName: target }) {
      const [, source = ''] = String(arn).split('/');
      return restore(source, String(target), kept.get(String(arn)));
    },
  };

  const server = await startServer(async (request, response) => {
    const body = (await json(request)) as Body;
    const name = String(body.TableName);
    const operation = dynamoOperation(request.headers);
    const answer = (status: number, value: unknown) =>
      response.writeHead(status, dynamoHeaders).end(JSON.stringify(value));
    try {
      const told = await operations[operation]?.(body, name);
      if (told !== undefined) return answer(200, told);
    } catch (error) {
      return answer(400, {
        __type: 'com.amazonaws.dynamodb.v20120810#ValidationException',
        message: String(error),
      });
    }
    const { status, value } = await forward(embedded, request.headers, body);
    const laid = {
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      DeletionProtectionEnabled: setupOf(name).isProtected,
    };
    return answer(status, value.Table === undefined ? value : { Table: { ...value.Table, ...laid } });
  });
  return {
    endpoint: server.url,
    makeLike: copy,
    remember: async (name) => void kept.set(name, await scan({ client, name })),
    close: () => {
      client.destroy();
      return server.close();
    },
  };
}

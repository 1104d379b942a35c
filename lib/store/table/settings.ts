import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { listsIndex } from './keys.ts';
import type { Table } from './table.ts';

/** The settings of a table in the account that its resource in `serverless.yml` defines. */
export interface TableSettings {
  readonly active: boolean;
  readonly onDemand: boolean;
  /** Whether the index of lists exists and is complete. */
  readonly lists: boolean;
  /** Whether items expire by `expiresAt`. */
  readonly expires: boolean;
  /** Whether point-in-time recovery is on. */
  readonly restorable: boolean;
  readonly deletionProtected: boolean;
}

/** Reads the settings of a table. Throws the AWS SDK's errors: `ResourceNotFoundException` if there is no such table. */
export async function readTableSettings({ client, name }: Table): Promise<TableSettings> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  const [{ TimeToLiveDescription: expiry }, { ContinuousBackupsDescription: backups }] = await Promise.all([
    client.send(new DescribeTimeToLiveCommand({ TableName: name })),
    client.send(new DescribeContinuousBackupsCommand({ TableName: name })),
  ]);
  const lists = Table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === listsIndex);
  return {
    active: Table?.TableStatus === 'ACTIVE',
    onDemand: Table?.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST',
    lists: lists?.IndexStatus === 'ACTIVE',
    expires: expiry?.TimeToLiveStatus === 'ENABLED' && expiry.AttributeName === 'expiresAt',
    restorable: backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED',
    deletionProtected: Table?.DeletionProtectionEnabled === true,
  };
}

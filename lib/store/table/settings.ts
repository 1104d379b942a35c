import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { listsIndex } from './keys.ts';
import type { Table } from './table.ts';

/** How a table is set up: what its resource in `serverless.yml` sets, as it stands in the account. */
export interface TableSettings {
  readonly active: boolean;
  readonly onDemand: boolean;
  /** Whether it has the index of lists, filled. */
  readonly lists: boolean;
  /** Whether items go when their time is over. */
  readonly expires: boolean;
  /** Whether it can be restored as it was at any moment of the last weeks. */
  readonly restorable: boolean;
  readonly deletionProtected: boolean;
}

/** Asks DynamoDB how a table is set up. Throws the AWS SDK's errors: `ResourceNotFoundException` if there is none. */
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

import { json } from 'node:stream/consumers';
import { dynamoHeaders, dynamoOperation, forward } from './dynamorequests.ts';
import { startServer } from './server.ts';

/** A DynamoDB that also tells how its table is set up, which the embedded one behind it cannot. */
export interface DescribedDynamo {
  readonly endpoint: string;
  /** What it tells, by operation. A part of a description is laid over that of the embedded table. */
  settings: Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** How the table of a deployed stage is set up. */
export const deployed = {
  DescribeTable: { BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' }, DeletionProtectionEnabled: true },
  DescribeTimeToLive: {
    TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
  },
  DescribeContinuousBackups: {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
    },
  },
};

/** Puts one before an embedded DynamoDB. */
export async function startDescribedDynamo(embedded: string): Promise<DescribedDynamo> {
  const server = await startServer(async (request, response) => {
    const body = await json(request);
    const operation = dynamoOperation(request.headers);
    const told = described.settings[operation];
    const answer = (status: number, value: unknown) =>
      response.writeHead(status, dynamoHeaders).end(JSON.stringify(value));
    if (told !== undefined && operation !== 'DescribeTable') return answer(200, told);
    const { status, value } = await forward(embedded, request.headers, body);
    const laid = value.Table === undefined ? value : { Table: { ...value.Table, ...Object(told) } };
    return answer(status, laid);
  });
  const described: DescribedDynamo = {
    endpoint: server.url,
    settings: deployed,
    close: server.close,
  };
  return described;
}

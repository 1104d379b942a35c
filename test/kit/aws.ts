import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A DynamoDB that also tells how its table is set up, which the embedded one behind it cannot. */
export interface Account {
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

/** What stands on each answer of DynamoDB. */
const answered = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'R1' };

/** Puts an account before an embedded DynamoDB. */
export async function startAccount(embedded: string): Promise<Account> {
  const server = createServer(async (request, response) => {
    const body = await json(request);
    const target = String(request.headers['x-amz-target']);
    const operation = target.slice(target.indexOf('.') + 1);
    const told = account.settings[operation];
    const answer = (status: number, value: unknown) =>
      response.writeHead(status, answered).end(JSON.stringify(value));
    if (told !== undefined && operation !== 'DescribeTable') return answer(200, told);
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      authorization: String(request.headers.authorization),
      'x-amz-date': String(request.headers['x-amz-date']),
    };
    const found = await fetch(embedded, { method: 'POST', headers, body: JSON.stringify(body) });
    const value = (await found.json()) as { Table?: object };
    const laid = value.Table === undefined ? value : { Table: { ...value.Table, ...Object(told) } };
    return answer(found.status, laid);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const account: Account = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    settings: deployed,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return account;
}

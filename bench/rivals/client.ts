import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

const { TABLE_NAME: TableName = '' } = process.env;
const client = new DynamoDBClient({});
const headers = { 'content-type': 'text/xml' };
const body = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** The DynamoDB client alone: reads what our function would read for the webhook, and makes nothing of it. */
export async function handler({ rawPath, rawQueryString }: APIGatewayProxyEventV2) {
  if (rawPath === '/voice/incoming') {
    await get('numbers', '+15550100');
    await get('flows', 'menus-5');
  }
  const asked = new URLSearchParams(rawQueryString);
  const pk = `version#${asked.get('flow') ?? 'menus-5'}#${asked.get('version') ?? '1'}`;
  const values = { ':pk': { S: pk } };
  await client.send(
    new QueryCommand({ TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: values }),
  );
  return { statusCode: 200, headers, body };
}

async function get(pk: string, sk: string): Promise<void> {
  await client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } }));
}

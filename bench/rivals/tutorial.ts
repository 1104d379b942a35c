import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import twilio from 'twilio';
import type { FlowNode } from '../../lib/flow/flow.ts';
import { drawing } from '../drawing.ts';

const { TABLE_NAME: TableName = '', TWILIO_AUTH_TOKEN: token = '', PUBLIC_URL: publicUrl = '' } = process.env;
const client = new DynamoDBClient({});
const kept: Nodes = drawing(5).nodes;

type Nodes = Readonly<Record<string, FlowNode>>;

/** As tutorials write it, with the flow in the code: the whole of `twilio`, its validator and its TwiML builder. */
export const handler = async (event: APIGatewayProxyEventV2) => respond(event, kept);

/** As tutorials write it, with the flow in a table that every webhook reads again. */
export const reading = async (event: APIGatewayProxyEventV2) => respond(event, await read(event));

function respond(event: APIGatewayProxyEventV2, nodes: Nodes) {
  const text = Buffer.from(event.body ?? '', 'base64').toString();
  const fields = Object.fromEntries(new URLSearchParams(text));
  const query = new URLSearchParams(event.rawQueryString);
  const url = `${publicUrl}${event.rawPath}?${event.rawQueryString}`;
  if (!twilio.validateRequest(token, event.headers['x-twilio-signature'] ?? '', url, fields)) {
    return { statusCode: 403, body: 'Forbidden' };
  }
  const at = nodes[query.get('node') ?? ''];
  const node = nodes[at?.exits?.[fields.Digits ?? ''] ?? ''];
  const said = (node?.prompt as { text: string } | undefined)?.text ?? '';
  const response = new twilio.twiml.VoiceResponse();
  const gather = response.gather({ numDigits: 1, timeout: 10, action: `${publicUrl}/voice/step?${query}` });
  gather.say({ voice: 'Polly.Joanna', language: 'en-US' }, said);
  response.redirect(`${publicUrl}/voice/step?${query}`);
  console.log(JSON.stringify({ callSid: fields.CallSid, digits: fields.Digits, node: query.get('node') }));
  return { statusCode: 200, headers: { 'content-type': 'text/xml' }, body: response.toString() };
}

async function read({ rawQueryString }: APIGatewayProxyEventV2): Promise<Nodes> {
  const flow = new URLSearchParams(rawQueryString).get('flow') ?? '';
  const Key = { pk: { S: 'flows' }, sk: { S: flow } };
  const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
  const values = { ':pk': { S: `version#${flow}#${Item?.live?.N}` } };
  const command = { TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: values };
  const { Items = [] } = await client.send(new QueryCommand(command));
  const pieces = Items.filter(({ sk }) => sk?.S?.startsWith('flow#')).flatMap(({ json }) => json?.B ?? []);
  return (JSON.parse(gunzipSync(Buffer.concat(pieces)).toString()) as { nodes: Nodes }).nodes;
}

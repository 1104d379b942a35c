import type { IncomingHttpHeaders } from 'node:http';

/** The headers of each answer of DynamoDB that a test makes itself. */
export const dynamoHeaders = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amzn-requestid': 'request',
} as const;

/** The operation that a request to DynamoDB asks for: `GetItem`. */
export function dynamoOperation(headers: IncomingHttpHeaders): string {
  const target = String(headers['x-amz-target']);
  return target.slice(target.indexOf('.') + 1);
}

/** Forwards a request to an embedded DynamoDB; resolves with the status and the parsed body of its answer. */
export async function forward(
  embedded: string,
  headers: IncomingHttpHeaders,
  body: unknown,
): Promise<{ readonly status: number; readonly value: { readonly Table?: object } }> {
  const answer = await fetch(embedded, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': String(headers['x-amz-target']),
      authorization: String(headers.authorization),
      'x-amz-date': String(headers['x-amz-date']),
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, value: (await answer.json()) as { Table?: object } };
}

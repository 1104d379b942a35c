import middy from '@middy/core';
import httpUrlencodeBodyParser from '@middy/http-urlencode-body-parser';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

type Parsed = Omit<APIGatewayProxyEventV2, 'body'> & { body: Record<string, string> };

const { TWILIO_AUTH_TOKEN: token = '', PUBLIC_URL: publicUrl = '' } = process.env;
const headers = { 'content-type': 'text/xml' };
const body = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

const stack = middy<APIGatewayProxyEventV2>({ timeoutEarlyInMillis: 0 })
  .use(httpUrlencodeBodyParser({ disableContentTypeError: true }))
  .handler(async (event) => {
    const { rawPath, rawQueryString, headers: sent, body: fields } = event as unknown as Parsed;
    const url = `${publicUrl}${rawPath}?${rawQueryString}`;
    const signature = sent['x-twilio-signature'] ?? '';
    if (!validateRequest(token, signature, url, fields)) return { statusCode: 403, body: 'Forbidden' };
    return { statusCode: 200, headers, body };
  });

/** The least that a webhook can do: reads the form, checks the signature, and answers always the same. */
export const handler = async (event: Parameters<typeof stack>[0]) => await stack({ ...event }, {} as Context);

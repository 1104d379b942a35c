import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';

/** The public URL that the functions on the bench are set up with. */
export const publicUrl = 'https://phone.example.com';

/** The auth token by which their webhooks are signed. */
export const token = 'bench-token-0123456789abcdef';

/** The call of all webhooks here. */
export const callSid = 'CA0123456789abcdef0123456789abcdef';

/** The fields that Twilio posts when a Gather has heard a key; without the last three, those of a call that arrives. */
const gathered = {
  AccountSid: 'AC0123456789abcdef0123456789abcdef',
  ApiVersion: '2010-04-01',
  CallSid: callSid,
  CallStatus: 'in-progress',
  Called: '+15550100',
  CalledCity: 'SPRINGFIELD',
  CalledCountry: 'US',
  CalledState: 'IL',
  CalledZip: '62701',
  Caller: '+15550123',
  CallerCity: 'SPRINGFIELD',
  CallerCountry: 'US',
  CallerState: 'IL',
  CallerZip: '62701',
  Direction: 'inbound',
  From: '+15550123',
  FromCity: 'SPRINGFIELD',
  FromCountry: 'US',
  FromState: 'IL',
  FromZip: '62701',
  To: '+15550100',
  ToCity: 'SPRINGFIELD',
  ToCountry: 'US',
  ToState: 'IL',
  ToZip: '62701',
  Digits: '9',
  FinishedOnKey: '',
  msg: 'Gather End',
};

/** The signature of a form that is posted to a URL (https://www.twilio.com/docs/usage/webhooks/webhooks-security). */
export function signatureOf(authToken: string, url: string, form: Readonly<Record<string, string>>): string {
  const fields = Object.keys(form)
    .toSorted()
    .map((name) => name + form[name]);
  return createHmac('sha1', authToken)
    .update(url + fields.join(''))
    .digest('base64');
}

/** A webhook as the carrier signs it: `at` is the path with its query. */
export function signed(at: string): { body: string; signature: string } {
  const body = new URLSearchParams(gathered).toString();
  return { body, signature: signatureOf(token, publicUrl + at, gathered) };
}

/** The event that an HTTP API makes of that webhook. */
export function eventOf(at: string): APIGatewayProxyEventV2 {
  return postedEvent(at, signed(at));
}

/** The event that an HTTP API makes of a form that the carrier posts and signs: forms come base64-encoded. */
export function postedEvent(
  at: string,
  { body, signature }: { readonly body: string; readonly signature: string },
): APIGatewayProxyEventV2 {
  const [path = '', query = ''] = at.split('?');
  const { host } = new URL(publicUrl);
  return {
    version: '2.0',
    routeKey: 'POST /voice/{proxy+}',
    rawPath: path,
    rawQueryString: query,
    headers: {
      host,
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'x-forwarded-proto': 'https',
      'x-twilio-signature': signature,
    },
    requestContext: {
      accountId: '000000000000',
      apiId: 'bench',
      domainName: host,
      domainPrefix: 'phone',
      http: {
        method: 'POST',
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'TwilioProxy/1.1',
      },
      requestId: 'bench',
      routeKey: 'POST /voice/{proxy+}',
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1767225600000,
    },
    pathParameters: { proxy: path.replace('/voice/', '') },
    isBase64Encoded: true,
    body: Buffer.from(body).toString('base64'),
  };
}

/** The event of an admin who asks the API for something, as the gateway makes it once it has checked their token. */
export function apiEventOf(path: string): APIGatewayProxyEventV2WithJWTAuthorizer {
  const { body: _, headers, requestContext, ...event } = eventOf(path);
  const claims = { sub: 'bench', token_use: 'access', 'cognito:groups': '[admin]' };
  return {
    ...event,
    routeKey: 'ANY /api/{proxy+}',
    headers: { host: headers.host, authorization: 'Bearer bench' },
    requestContext: {
      ...requestContext,
      routeKey: 'ANY /api/{proxy+}',
      http: { ...requestContext.http, method: 'GET' },
      authorizer: { principalId: '', integrationLatency: 0, jwt: { claims, scopes: [] } },
    },
    isBase64Encoded: false,
  };
}

import { randomUUID } from 'node:crypto';
import type { Exchange, RestRequest } from './exchange.ts';
import { e164, timestamp } from './fields.ts';
import { Refusal } from './refusal.ts';
import type { RestAnswer } from './rest.ts';

/** The longest body, in characters (https://www.twilio.com/docs/api/errors/21617). */
const longestBody = 1600;

/**
 * Sends a text message: to the current calls from the number, and to the phone that is registered there
 * (https://www.twilio.com/docs/messaging/api/message-resource).
 */
export function sendMessage(exchange: Exchange, { method, fields }: RestRequest): RestAnswer {
  if (method !== 'POST') throw new Refusal(405, 20004, `Method ${method} is not allowed`);
  const [to, from, body] = ['To', 'From', 'Body'].map((name) => fields.get(name) ?? '');
  if (to === undefined || !e164.test(to)) throw new Refusal(400, 21211, `Invalid 'To' Phone Number: ${to}`);
  if (from === undefined || !e164.test(from)) throw new Refusal(400, 21212, `Invalid From Number: ${from}`);
  if (body === undefined || body === '') throw new Refusal(400, 21602, 'Message body is required.');
  if (Array.from(body).length > longestBody) {
    throw new Refusal(400, 21617, `The concatenated message body exceeds the ${longestBody} character limit`);
  }
  const event = { event: 'message', from, text: body } as const;
  for (const leg of exchange.legs.madeBy(to)) void leg.tell(event);
  void exchange.readers.get(to)?.(event);
  const { sid } = exchange.account;
  const message = `SM${randomUUID().replaceAll('-', '')}`;
  return {
    status: 201,
    body: {
      ...{ account_sid: sid, api_version: '2010-04-01', sid: message, body, from, to },
      ...{ direction: 'outbound-api', status: 'queued', error_code: null, error_message: null },
      date_created: timestamp(exchange.clock.now()),
      uri: `/2010-04-01/Accounts/${sid}/Messages/${message}.json`,
    },
  };
}

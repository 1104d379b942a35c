import { e164 } from './fields.ts';
import { isWebUrl } from './grammar.ts';
import type { Order } from './outgoing.ts';
import type { Source } from './play.ts';
import { Refusal } from './refusal.ts';
import { type CallbackEvent, callbackEvents } from './status.ts';

const address = /^(\+[1-9]\d{1,14}|sips?:[^\s@]+@\S+|client:\S{1,256})$/;

/** The longest document in a request, in characters (error 32018). */
const longestTwiml = 4000;

const known = new Set([
  ...['To', 'From', 'Url', 'Twiml', 'Method', 'FallbackUrl', 'FallbackMethod', 'Timeout'],
  ...['StatusCallback', 'StatusCallbackMethod', 'StatusCallbackEvent'],
]);

/**
 * Reads the call that a form orders. Throws a Refusal for fields that are missing, not valid or not supported
 * (https://www.twilio.com/docs/voice/api/call-resource#create-a-call).
 */
export function orderOf(fields: URLSearchParams): Order {
  for (const name of fields.keys()) {
    if (!known.has(name)) throw new Refusal(400, 20001, `Unknown parameter ${name}`);
  }
  const to = fields.get('To');
  const from = fields.get('From');
  if (!to) throw new Refusal(400, 21201, "No 'To' number is specified");
  if (!address.test(to)) throw new Refusal(400, 21211, `The 'To' number ${to} is not a valid phone number.`);
  if (!from) throw new Refusal(400, 21213, "'From' phone number is required");
  if (!e164.test(from)) throw new Refusal(400, 21212, `The From phone number ${from} is not valid.`);
  for (const name of ['FallbackMethod', 'StatusCallbackMethod']) {
    if ((fields.get(name) ?? 'POST') !== 'POST') throw new Refusal(400, 20001, `${name} must be POST here`);
  }
  const fallbackUrl = optionalUrl(fields, 'FallbackUrl', 21205);
  const statusCallback = optionalUrl(fields, 'StatusCallback', 21609);
  return {
    ...{ to, from, source: sourceOf(fields), events: eventsOf(fields), timeoutSeconds: timeoutOf(fields) },
    ...(fallbackUrl === undefined ? {} : { fallbackUrl }),
    ...(statusCallback === undefined ? {} : { statusCallback }),
  };
}

/** Reads the document of a form: its URL, or else its text. */
export function sourceOf(fields: URLSearchParams): Source {
  const method = fields.get('Method') ?? 'POST';
  if (method !== 'POST' && method !== 'GET') throw new Refusal(400, 20001, `Method ${method} is unknown`);
  const url = optionalUrl(fields, 'Url', 21205);
  if (url !== undefined) return { url, method, fields: {} };
  const twiml = fields.get('Twiml');
  if (twiml === null) throw new Refusal(400, 21205, 'Url parameter is required.');
  if (twiml.length > longestTwiml) throw new Refusal(400, 32018, 'The Twiml parameter is too long');
  return { twiml };
}

function optionalUrl(fields: URLSearchParams, name: string, code: number): string | undefined {
  const url = fields.get(name);
  if (url === null) return undefined;
  if (!URL.canParse(url) || !isWebUrl(url))
    throw new Refusal(400, code, `${name} is not a valid URL: ${url}`);
  return url;
}

function eventsOf(fields: URLSearchParams): CallbackEvent[] {
  const wanted = fields.getAll('StatusCallbackEvent');
  if (wanted.length === 0) return ['completed'];
  return wanted.map((each) => {
    const event = callbackEvents.find((one) => one === each);
    if (event === undefined) throw new Refusal(400, 21626, `StatusCallbackEvent ${each} is unknown`);
    return event;
  });
}

function timeoutOf(fields: URLSearchParams): number {
  const timeout = fields.get('Timeout') ?? '60';
  const seconds = /^\d{1,3}$/.test(timeout) ? Number(timeout) : 0;
  if (seconds < 5 || seconds > 600) throw new Refusal(400, 20001, 'Timeout must be from 5 to 600');
  return seconds;
}

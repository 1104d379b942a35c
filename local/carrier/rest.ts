import type { Exchange, RestRequest } from './exchange.ts';
import { timestamp } from './fields.ts';
import type { Leg } from './leg.ts';
import { sendMessage } from './message.ts';
import { orderOf, sourceOf } from './order.ts';
import { placeCall } from './outgoing.ts';
import { answerRecording } from './recordings.ts';
import { Refusal } from './refusal.ts';

/** A response of the REST API. */
export interface RestAnswer {
  readonly status: number;
  /** The JSON body; none if `undefined`. */
  readonly body: unknown;
  /** The target of a redirect. */
  readonly location?: string;
}

const callsPath = /^\/2010-04-01\/Accounts\/([^/]+)\/Calls(?:\/([^/]+))?\.json$/;

/**
 * Answers a request to the REST API: `POST …/Calls.json` makes a call, `GET …/Calls/{sid}.json` reads one, `POST` to it cancels, ends or
 * redirects it (https://www.twilio.com/docs/voice/api/call-resource).
 */
export function answerRest(exchange: Exchange, request: RestRequest, authorization = ''): RestAnswer {
  try {
    const { sid, token } = exchange.account;
    if (authorization !== `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`) {
      throw new Refusal(401, 20003, 'Authenticate');
    }
    if (request.path === `/2010-04-01/Accounts/${sid}/Messages.json`) return sendMessage(exchange, request);
    const recording = answerRecording(exchange, request);
    if (recording !== undefined) return recording;
    const [, account, callSid] = callsPath.exec(request.path) ?? [];
    if (account !== sid) throw missing(request.path);
    if (callSid === undefined) return create(exchange, request);
    const leg = exchange.legs.get(callSid);
    if (leg === undefined) throw missing(request.path);
    if (request.method === 'POST') update(leg, request.fields);
    else if (request.method !== 'GET') throw notAllowed(request.method);
    return { status: 200, body: describe(leg) };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return refusal(cause.status, cause.code, cause.message);
  }
}

/** An error response (https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions). */
export function refusal(status: number, code: number, message: string): RestAnswer {
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

function create(exchange: Exchange, { method, fields }: RestRequest): RestAnswer {
  if (method !== 'POST') throw notAllowed(method);
  const leg = placeCall(exchange, orderOf(fields));
  return { status: 201, body: describe(leg) };
}

function update(leg: Leg, fields: URLSearchParams): void {
  if (leg.gone.aborted) throw new Refusal(400, 21220, 'Call is not in-progress. Cannot redirect.');
  const status = fields.get('Status');
  if (status === null) {
    const source = sourceOf(fields);
    if (leg.answeredAt === undefined)
      throw new Refusal(400, 21220, 'Call is not in-progress. Cannot redirect.');
    leg.redirect(source);
  } else if (status === 'completed') {
    leg.leave('hangup');
  } else if (status !== 'canceled') {
    throw new Refusal(400, 21218, `Invalid Status "${status}"`);
  } else if (leg.answeredAt === undefined) {
    leg.leave('canceled');
  }
}

function describe(leg: Leg): Record<string, unknown> {
  const { sid } = leg.exchange.account;
  const time = (at: number | undefined) => (at === undefined ? null : timestamp(at));
  return {
    account_sid: sid,
    api_version: '2010-04-01',
    date_created: time(leg.createdAt),
    direction: leg.parties.direction,
    duration: leg.goneAt === undefined ? null : String(leg.seconds),
    end_time: time(leg.goneAt),
    from: leg.parties.from,
    sid: leg.sid,
    start_time: time(leg.answeredAt),
    status: leg.status === 'initiated' ? 'queued' : leg.status,
    to: leg.parties.to,
    uri: `/2010-04-01/Accounts/${sid}/Calls/${leg.sid}.json`,
  };
}

function missing(path: string): Refusal {
  return new Refusal(404, 20404, `The requested resource ${path} was not found`);
}

function notAllowed(method: string): Refusal {
  return new Refusal(405, 20004, `Method ${method} is not allowed`);
}

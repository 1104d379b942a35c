import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { CallEvent } from './carrier/event.ts';

/** One call on a carrier that runs in another process. */
export interface Handset {
  /** What happens on the call, to its end. */
  readonly events: AsyncIterable<CallEvent>;
  /** Presses a key; false where no key is awaited: it is lost. */
  press(key: string): Promise<boolean>;
  /** Lets the time to wait for a key be over now; false where no key is awaited. */
  silence(): Promise<boolean>;
  hangup(): Promise<boolean>;
}

/** Who calls whom; on virtual time every gather lasts until the handset has acted. */
export interface Order {
  readonly to: string;
  readonly from: string;
  readonly virtual: boolean;
}

/** Makes a call. Rejects with an Error that says what the carrier says, or with `ECONNREFUSED` as its code. */
export async function dial(carrierUrl: string, order: Order): Promise<Handset> {
  const response = await post(`${carrierUrl}/phones`, order);
  if (response.statusCode !== 200) throw new Error(JSON.parse(await text(response)).message);
  const lines = createInterface({ input: response })[Symbol.asyncIterator]();
  const { value: first } = await lines.next();
  const { id } = JSON.parse(first ?? '{}');
  const act = async (name: string, body: object = {}): Promise<boolean> => {
    const answer = await post(`${carrierUrl}/phones/${id}/${name}`, body);
    return JSON.parse(await text(answer)).heard === true;
  };
  return {
    events: parsed(lines),
    press: (key) => act('keys', { keys: key }),
    silence: () => act('silence'),
    hangup: () => act('hangup'),
  };
}

async function* parsed(lines: AsyncIterator<string>): AsyncGenerator<CallEvent> {
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    yield JSON.parse(next.value);
  }
}

// Not by `fetch`: it gives up an answer that is silent for five minutes, and a caller may be put on hold for longer.
async function post(url: string, body: object): Promise<IncomingMessage> {
  const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  sent.end(JSON.stringify(body));
  const [response] = await once(sent, 'response');
  return response;
}

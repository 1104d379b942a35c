import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { OtherSide } from '../../local/carrier/call.ts';
import type { CallEvent } from '../../local/carrier/event.ts';
import type { Stack } from '../../local/stack.ts';

/** A phone on a carrier that runs in another process. What it does is false if there is nobody to take it. */
export interface Handset {
  /** What happens on it: to the end of the call it made; without end where it is there to be rung. */
  readonly events: AsyncIterable<CallEvent>;
  answer(): Promise<boolean>;
  decline(): Promise<boolean>;
  /** Presses a key; it is lost where none is awaited. */
  press(key: string): Promise<boolean>;
  /** Lets the time to wait for a key be over now. */
  silence(): Promise<boolean>;
  /** Says something to the one it talks to. */
  say(words: string): Promise<boolean>;
  /** Speaks for a number of seconds into a recording. */
  speak(seconds: number): Promise<boolean>;
  /** Decides what the number does that is dialled for it, or ends its talk from the other side; on virtual time only. */
  other(does: OtherSide): Promise<boolean>;
  hangup(): Promise<boolean>;
  /** Leaves it for good: its events are over. */
  putDown(): void;
}

/** Who calls whom; on virtual time every gather lasts until the handset has acted. */
export interface Order {
  readonly to: string;
  readonly from: string;
  readonly virtual: boolean;
}

/** Where a running stack has its phones, and what they ask for. */
export type Line = Pick<Stack, 'carrierUrl' | 'phoneKey'>;

/** Makes a call. Rejects with an Error that says what the carrier says, or with `ECONNREFUSED` as its code. */
export async function dial(line: Line, order: Order): Promise<Handset> {
  return await pickUp(line, order);
}

/** Lets the carrier ring a handset at an address, as long as this process runs. Rejects as `dial` does. */
export async function register(line: Line, address: string): Promise<Handset> {
  return await pickUp(line, { address });
}

async function pickUp(line: Line, body: object): Promise<Handset> {
  const response = await post(line, '', body);
  if (response.statusCode !== 200) throw new Error(JSON.parse(await text(response)).message);
  const reader = createInterface({ input: response });
  // It notices an end, but not that the connection broke or was left.
  response.once('close', () => reader.close());
  const lines = reader[Symbol.asyncIterator]();
  const { value: first } = await lines.next();
  const { id } = JSON.parse(first ?? '{}');
  const act = async (name: string, given: object = {}): Promise<boolean> => {
    const answer = await post(line, `/${id}/${name}`, given);
    return JSON.parse(await text(answer)).heard === true;
  };
  return {
    events: parsed(lines),
    answer: () => act('answer'),
    decline: () => act('decline'),
    press: (key) => act('keys', { keys: key }),
    silence: () => act('silence'),
    say: (words) => act('say', { text: words }),
    speak: (seconds) => act('speak', { seconds }),
    other: (does) => act('other', { does }),
    hangup: () => act('hangup'),
    putDown: () => response.destroy(),
  };
}

async function* parsed(lines: AsyncIterator<string>): AsyncGenerator<CallEvent> {
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    yield JSON.parse(next.value);
  }
}

// Not by `fetch`: it gives up an answer that is silent for five minutes, and a caller may be put on hold for longer.
async function post({ carrierUrl, phoneKey }: Line, path: string, body: object): Promise<IncomingMessage> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${phoneKey}` };
  const sent = request(`${carrierUrl}/phones${path}`, { method: 'POST', headers });
  sent.end(JSON.stringify(body));
  const [response] = await once(sent, 'response');
  return response;
}

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { OtherSide } from '../../local/carrier/call.ts';
import type { CallEvent } from '../../local/carrier/event.ts';
import type { Stack } from '../../local/stack.ts';

/** A phone on a carrier in another process. Its actions return `false` if the call does not accept them now. */
export interface Handset {
  /** Its events: to the end of the call that it made; endless for a phone that is rung. */
  readonly events: AsyncIterable<CallEvent>;
  answer(): Promise<boolean>;
  decline(): Promise<boolean>;
  /** Presses a key; it is lost if the call does not wait for one. */
  press(key: string): Promise<boolean>;
  /** Ends the wait for a key now. */
  silence(): Promise<boolean>;
  /** Says words to the other side of a talk. */
  say(words: string): Promise<boolean>;
  /** Speaks for a number of seconds into a recording. */
  speak(seconds: number): Promise<boolean>;
  /** Decides what the dialled number does, or ends the talk from the other side; only on virtual time. */
  other(does: OtherSide): Promise<boolean>;
  hangup(): Promise<boolean>;
  /** Closes the phone; its events end. */
  putDown(): void;
}

/** A call to make. On virtual time, every gather waits until the handset has acted. */
export interface Order {
  readonly to: string;
  readonly from: string;
  readonly virtual: boolean;
}

/** The address of a running stack's phones, and their key. */
export type Line = Pick<Stack, 'carrierUrl' | 'phoneKey'>;

/** Makes a call. Rejects with an Error that has the carrier's message, or the code `ECONNREFUSED`. */
export async function dial(line: Line, order: Order): Promise<Handset> {
  return await pickUp(line, order);
}

/** Registers a handset that the carrier rings at an address, until this process ends. Rejects like `dial`. */
export async function register(line: Line, address: string): Promise<Handset> {
  return await pickUp(line, { address });
}

async function pickUp(line: Line, body: object): Promise<Handset> {
  const response = await post(line, '', body);
  if (response.statusCode !== 200) throw new Error(JSON.parse(await text(response)).message);
  const reader = createInterface({ input: response });
  // The reader notices an end, but not a connection that broke or was abandoned.
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

// Not `fetch`: it aborts an answer that is silent for five minutes, and a caller may be on hold for longer.
async function post({ carrierUrl, phoneKey }: Line, path: string, body: object): Promise<IncomingMessage> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${phoneKey}` };
  const sent = request(`${carrierUrl}/phones${path}`, { method: 'POST', headers });
  sent.end(JSON.stringify(body));
  const [response] = await once(sent, 'response');
  return response;
}

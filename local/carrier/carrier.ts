import { type Call, startCall, type Webhooks } from './call.ts';
import { type Clock, realClock } from './clock.ts';
import type { Listener } from './event.ts';
import {
  type Exchange,
  type Faults,
  Legs,
  type Phone,
  type RestFault,
  type RestRequest,
  Starts,
} from './exchange.ts';
import { Queues } from './queue.ts';
import { recordingFile, recordingFiles } from './recordings.ts';
import { answerRest, type RestAnswer } from './rest.ts';
import type { Account } from './webhook.ts';

/** What a carrier serves. */
export interface Setup {
  readonly account: Account;
  /** What each number rings, by E.164 number. */
  readonly numbers: ReadonlyMap<string, Webhooks>;
  /** What every other number rings; without it, nobody has that number. */
  readonly others?: Webhooks;
  /** Where a public origin is really reached, where that is not itself. */
  readonly origins?: ReadonlyMap<string, string>;
  /** The world's clock when left out. */
  readonly clock?: Clock;
  /** How many calls of the REST API begin in a second; all at once when left out. */
  readonly callsPerSecond?: number;
  readonly faults?: Faults;
}

/** How one call is made. */
export interface Dialled {
  readonly from: string;
  readonly to: string;
  readonly listener: Listener;
  /** A clock for this call alone; the carrier's when left out. */
  readonly clock?: Clock;
}

/** A carrier that knows TwiML, and nothing of who answers its webhooks. */
export interface Carrier {
  /** Rings a number. `undefined` if nobody has it. */
  dial(dialled: Dialled): Call | undefined;
  /** Lets a phone be rung, and its messages be read, at an address until the answer is called; `undefined` if another one is. */
  register(address: string, phone: Phone, reader?: Listener): (() => void) | undefined;
  /** What goes wrong with a request to the REST API. */
  faultOf(request: RestRequest): RestFault | undefined;
  /** Answers a request to the REST API. */
  rest(request: RestRequest, authorization: string | undefined): RestAnswer;
  /** The file of a recording at a path; `undefined` if there is none. */
  file(path: string): Uint8Array | undefined;
  readonly clock: Clock;
}

/** A carrier for an account and its numbers. */
export function createCarrier(setup: Setup): Carrier {
  const { account, numbers, others, origins, clock = realClock, callsPerSecond, faults = {} } = setup;
  const exchange: Exchange = {
    ...{ account, clock, faults, ...(origins === undefined ? {} : { origins }) },
    ...{
      queues: new Queues(),
      legs: new Legs(),
      phones: new Map(),
      readers: new Map(),
      recordings: new Map(),
      starts: new Starts(callsPerSecond),
    },
  };
  return {
    clock,
    dial({ from, to, listener, clock: own = clock }) {
      const webhooks = numbers.get(to) ?? others;
      if (webhooks === undefined) return undefined;
      return startCall({ ...exchange, clock: own }, webhooks, { from, to }, listener);
    },
    register(address, phone, reader) {
      if (exchange.phones.has(address)) return undefined;
      exchange.phones.set(address, phone);
      if (reader !== undefined) exchange.readers.set(address, reader);
      return () => {
        exchange.phones.delete(address);
        exchange.readers.delete(address);
      };
    },
    faultOf: (request) => faults.rest?.(request),
    file: (path) => recordingFile(exchange, path.slice(recordingFiles.length)),
    rest: (request, authorization) => answerRest(exchange, request, authorization),
  };
}

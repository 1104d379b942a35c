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
import { callFields, durationFields, statusFields } from './fields.ts';
import type { KeptCall, KeptCalls } from './kept.ts';
import type { Leg } from './leg.ts';
import { Queues } from './queue.ts';
import { recordingFile, recordingFiles } from './recordings.ts';
import { answerRest, type RestAnswer } from './rest.ts';
import { type Account, send } from './webhook.ts';

/** The options of a carrier. */
export interface Setup {
  readonly account: Account;
  /** The webhooks of each number (E.164). */
  readonly numbers: ReadonlyMap<string, Webhooks>;
  /** The webhooks of all other numbers; if left out, other numbers do not exist. */
  readonly others?: Webhooks;
  /** The real origins of public origins, where they differ. */
  readonly origins?: ReadonlyMap<string, string>;
  /** The real clock if left out. */
  readonly clock?: Clock;
  /** The most calls of the REST API that begin in a second; not limited if left out. */
  readonly callsPerSecond?: number;
  readonly faults?: Faults;
  /** Where the current calls are kept for a later carrier; nowhere if left out. */
  readonly kept?: KeptCalls;
}

/** The parameters of a call. */
export interface Dialled {
  readonly from: string;
  readonly to: string;
  readonly listener: Listener;
  /** A clock for this call only; the carrier's if left out. */
  readonly clock?: Clock;
}

/** A carrier of TwiML. It does not know what answers its webhooks. */
export interface Carrier {
  /** Calls a number; `undefined` if it does not exist. */
  dial(dialled: Dialled): Call | undefined;
  /** Registers a phone, and a reader of its messages, at an address until the returned function is called; `undefined` if it is taken. */
  register(address: string, phone: Phone, reader?: Listener): (() => void) | undefined;
  /** The fault to inject into a request to the REST API. */
  faultOf(request: RestRequest): RestFault | undefined;
  /** Answers a request to the REST API. */
  rest(request: RestRequest, authorization: string | undefined): RestAnswer;
  /** The file of a recording by its path; `undefined` if there is none. */
  file(path: string): Uint8Array | undefined;
  readonly clock: Clock;
  /** Tells that the calls are over that an earlier carrier left: it was killed. Their applications must be reachable. */
  tellLeft(): Promise<void>;
  /** Hangs up all calls, and resolves when their last webhooks are answered, after 5 s at most. */
  close(): Promise<void>;
}

/** The longest time that calls have to end when the carrier closes, in milliseconds. */
const closingMs = 5000;

/** Creates a carrier for an account and its numbers. */
export function createCarrier(setup: Setup): Carrier {
  const { account, numbers, others, origins, clock = realClock, callsPerSecond, faults = {}, kept } = setup;
  const left = kept?.left() ?? [];
  const exchange: Exchange = {
    ...{ account, clock, faults, ...(origins === undefined ? {} : { origins }) },
    ...(kept === undefined ? {} : { kept }),
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
    async tellLeft() {
      // Callers first: a phone that is free is rung for those who still wait.
      const calls = Object.groupBy(left.splice(0), ({ direction }) =>
        direction === 'inbound' ? 'callers' : 'others',
      );
      await Promise.all(calls.callers?.map((call) => tellEnd(exchange, call)) ?? []);
      await Promise.all(calls.others?.map((call) => tellEnd(exchange, call)) ?? []);
    },
    close: () => hangUp(exchange),
  };
}

async function tellEnd(
  exchange: Exchange,
  { sid, createdAt, statusCallback, ...parties }: KeptCall,
): Promise<void> {
  const now = exchange.clock.now();
  const fields = {
    ...callFields({ ...parties, accountSid: exchange.account.sid, callSid: sid }, 'completed'),
    ...statusFields(0, now),
    ...durationFields(Math.max(1, Math.round((now - createdAt) / 1000))),
  };
  // Nobody is left to hear of an error, and an application that does not answer keeps no call.
  await send(exchange, { url: statusCallback, method: 'POST', fields }).catch(() => undefined);
  exchange.kept?.drop(sid);
}

/** Hangs up all legs: callers first, so that nobody is rung for them meanwhile. */
async function hangUp({ legs, clock }: Exchange): Promise<void> {
  const done = new AbortController();
  const late = clock.sleep(closingMs, done.signal);
  let isLate = false;
  const end = async (some: () => Leg[]) => {
    for (let found = some(); found.length > 0; found = some()) {
      for (const leg of found) leg.leave('hangup');
      if (isLate) return;
      isLate = await Promise.race([late, Promise.all(found.map(({ ended }) => ended)).then(() => false)]);
    }
  };
  await end(() => legs.current.filter(({ parties }) => parties.direction === 'inbound'));
  await end(() => legs.current);
  done.abort();
}

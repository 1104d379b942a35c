import type { Call } from './call.ts';
import type { Listener } from './event.ts';
import type { KeptCalls } from './kept.ts';
import type { Leg } from './leg.ts';
import type { Queues } from './queue.ts';
import type { Recording } from './record.ts';
import type { Line } from './webhook.ts';

/** A phone that can be rung. It gets a call, which it may answer or decline, and returns the listener of its events. */
export type Phone = (call: Call) => Listener;

/** Faults that a test injects. */
export interface Faults {
  /** The fault of a request to the REST API; none if `undefined`. */
  readonly rest?: (request: RestRequest) => RestFault | undefined;
  /** When a status callback is sent, in milliseconds from now: `[]` is never, `[0, 0]` twice, `[5000]` late. */
  readonly callback?: (fields: Readonly<Record<string, string>>) => readonly number[];
}

/** A request to the REST API. */
export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly fields: URLSearchParams;
}

/** An error response, or no response at all although the request was processed (`lost`) or was not (`hung`). */
export type RestFault = { readonly status: number; readonly code: number } | 'lost' | 'hung';

/** The state that all calls of a carrier share. */
export interface Exchange extends Line {
  readonly queues: Queues;
  readonly legs: Legs;
  /** The registered phones, by `client:…`, `sip:…` or number. */
  readonly phones: Map<string, Phone>;
  readonly starts: Starts;
  /** The recordings that were not deleted, by id. */
  readonly recordings: Map<string, Recording>;
  /** The readers of text messages, by address. */
  readonly readers: Map<string, Listener>;
  readonly faults: Faults;
  /** Where the current calls are kept for a later carrier. */
  readonly kept?: KeptCalls;
}

/** How many ended calls the REST API still knows. */
const mostEnded = 10_000;

/** The legs of all calls, by CallSid. */
export class Legs {
  readonly #legs = new Map<string, Leg>();
  readonly #current = new Set<Leg>();
  readonly #ended: string[] = [];

  add(leg: Leg): void {
    this.#legs.set(leg.sid, leg);
    this.#current.add(leg);
    void leg.ended.then(() => {
      this.#current.delete(leg);
      const forgotten = this.#ended.push(leg.sid) > mostEnded ? this.#ended.shift() : undefined;
      if (forgotten !== undefined) this.#legs.delete(forgotten);
    });
  }

  /** The legs that are not over, and those whose last webhooks are not answered yet. */
  get current(): Leg[] {
    return [...this.#current];
  }

  /** The current calls from a number. */
  madeBy(number: string): Leg[] {
    return this.current.filter(
      ({ parties, gone }) => parties.direction === 'inbound' && parties.from === number && !gone.aborted,
    );
  }

  get(sid: string): Leg | undefined {
    return this.#legs.get(sid);
  }
}

/** Limits how many calls of the REST API begin in a second; the others are queued. */
export class Starts {
  readonly #spacingMs: number;
  #next = Number.NEGATIVE_INFINITY;

  constructor(callsPerSecond = Number.POSITIVE_INFINITY) {
    this.#spacingMs = 1000 / callsPerSecond;
  }

  /** How long the next call must wait, in milliseconds. `now` is in milliseconds since 1970. */
  take(now: number): number {
    const at = Math.max(now, this.#next);
    this.#next = at + this.#spacingMs;
    return at - now;
  }
}

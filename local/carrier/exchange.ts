import type { Call } from './call.ts';
import type { Listener } from './event.ts';
import type { Leg } from './leg.ts';
import type { Queues } from './queue.ts';
import type { Recording } from './record.ts';
import type { Line } from './webhook.ts';

/** A phone that can be rung: it is told of a call, which it may answer or decline, and says who listens to it. */
export type Phone = (call: Call) => Listener;

/** What a test lets go wrong; what is left out goes well. */
export interface Faults {
  /** What becomes of a request to the REST API. */
  readonly rest?: (request: RestRequest) => RestFault | undefined;
  /** When a status callback is sent, in milliseconds from now: `[]` never, `[0, 0]` twice, `[5000]` late. */
  readonly callback?: (fields: Readonly<Record<string, string>>) => readonly number[];
}

/** A request to the REST API. */
export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly fields: URLSearchParams;
}

/** A refusal; or no answer at all, whether what was asked is done (`lost`) or not (`hung`). */
export type RestFault = { readonly status: number; readonly code: number } | 'lost' | 'hung';

/** What all the calls of a carrier share. */
export interface Exchange extends Line {
  readonly queues: Queues;
  readonly legs: Legs;
  /** The phones that can be rung, by `client:…`, `sip:…` or number. */
  readonly phones: Map<string, Phone>;
  readonly starts: Starts;
  /** The recordings that were not deleted, by their ids. */
  readonly recordings: Map<string, Recording>;
  /** Who reads the messages that come to an address while no call is on it. */
  readonly readers: Map<string, Listener>;
  readonly faults: Faults;
}

/** How many calls that are over can still be asked after. */
const mostEnded = 10_000;

/** The legs of all calls by their ids. */
export class Legs {
  readonly #legs = new Map<string, Leg>();
  readonly #ended: string[] = [];

  add(leg: Leg): void {
    this.#legs.set(leg.sid, leg);
    void leg.ended.then(() => {
      const forgotten = this.#ended.push(leg.sid) > mostEnded ? this.#ended.shift() : undefined;
      if (forgotten !== undefined) this.#legs.delete(forgotten);
    });
  }

  /** The calls that a number has made, and that are not over. */
  madeBy(number: string): Leg[] {
    return [...this.#legs.values()].filter(
      ({ parties, gone }) => parties.direction === 'inbound' && parties.from === number && !gone.aborted,
    );
  }

  get(sid: string): Leg | undefined {
    return this.#legs.get(sid);
  }
}

/** When calls of the REST API may begin: a number of them a second; the others are queued meanwhile. */
export class Starts {
  readonly #spacingMs: number;
  #next = Number.NEGATIVE_INFINITY;

  constructor(callsPerSecond = Number.POSITIVE_INFINITY) {
    this.#spacingMs = 1000 / callsPerSecond;
  }

  /** How many milliseconds from now, in milliseconds since 1970, the next call has to wait. */
  take(now: number): number {
    const at = Math.max(now, this.#next);
    this.#next = at + this.#spacingMs;
    return at - now;
  }
}

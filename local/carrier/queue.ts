import { randomUUID } from 'node:crypto';
import type { Bridge } from './bridge.ts';
import type { Clock } from './clock.ts';
import type { Leg } from './leg.ts';

/** A caller in a queue, from the verb that put them there until they leave. */
export class Place {
  readonly leg: Leg;
  readonly joinedAt: number;
  /** Aborted when the caller is no longer available. */
  readonly signal: AbortSignal;
  readonly #taken = new AbortController();
  #bridge: Bridge | undefined;

  constructor(leg: Leg, signal: AbortSignal) {
    this.leg = leg;
    this.joinedAt = leg.exchange.clock.now();
    this.signal = signal;
  }

  /** Aborted when an agent takes the caller. */
  get taken(): AbortSignal {
    return this.#taken.signal;
  }

  /** The bridge that took the caller. */
  get bridge(): Bridge | undefined {
    return this.#bridge;
  }

  take(bridge: Bridge): void {
    this.#bridge = bridge;
    this.#taken.abort();
  }

  /** Whole seconds since the caller joined. */
  get seconds(): number {
    return Math.max(0, Math.floor((this.leg.exchange.clock.now() - this.joinedAt) / 1000));
  }
}

/** A Dial that waits for a caller. */
interface Taker {
  readonly bridge: Bridge;
  readonly signal: AbortSignal;
  readonly served: AbortController;
  place?: Place;
}

/** The default of `maxQueueSize` (https://www.twilio.com/docs/voice/twiml/enqueue). */
const usualSize = 1000;

/** A first-in, first-out queue of callers. */
export class Queue {
  readonly sid = `QU${randomUUID().replaceAll('-', '')}`;
  readonly name: string;
  maxSize = usualSize;
  #places: Place[] = [];
  readonly #takers: Taker[] = [];

  constructor(name: string) {
    this.name = name;
  }

  get isFull(): boolean {
    return this.#places.length >= this.maxSize;
  }

  /** Adds a caller. If a Dial waits, the one that waits longest takes them at once. */
  join(place: Place): void {
    for (let taker = this.#takers.shift(); taker !== undefined; taker = this.#takers.shift()) {
      if (taker.signal.aborted) continue;
      taker.place = place;
      place.take(taker.bridge);
      taker.served.abort();
      return;
    }
    this.#places.push(place);
  }

  leave(place: Place): void {
    this.#places = this.#places.filter((each) => each !== place);
  }

  /** Gives the first caller to a bridge, at once or when one joins; `undefined` if none does within `ms` milliseconds. */
  async take(bridge: Bridge, clock: Clock, ms: number, signal: AbortSignal): Promise<Place | undefined> {
    for (let place = this.#places.shift(); place !== undefined; place = this.#places.shift()) {
      if (place.signal.aborted) continue;
      place.take(bridge);
      return place;
    }
    const taker: Taker = { bridge, signal, served: new AbortController() };
    this.#takers.push(taker);
    await clock.sleep(ms, AbortSignal.any([signal, taker.served.signal]));
    const at = this.#takers.indexOf(taker);
    if (at >= 0) this.#takers.splice(at, 1);
    return taker.place;
  }

  /** The queue's fields in a wait request. */
  fieldsOf(place: Place): Record<string, string> {
    const times = this.#places.map(({ seconds }) => seconds);
    const average = times.reduce((sum, each) => sum + each, 0) / Math.max(1, times.length);
    return {
      ...this.timeOf(place),
      AvgQueueTime: String(Math.round(average)),
      CurrentQueueSize: String(this.#places.length),
      MaxQueueSize: String(this.maxSize),
      QueuePosition: String(this.#places.indexOf(place) + 1),
    };
  }

  /** The queue's fields in a request about a caller who leaves. */
  timeOf(place: Place): Record<string, string> {
    return { QueueSid: this.sid, QueueTime: String(place.seconds) };
  }
}

/** The queues of an account by name. */
export class Queues {
  readonly #queues = new Map<string, Queue>();

  /** The queue with this name; it is created if it does not exist. */
  named(name: string): Queue {
    const queue = this.#queues.get(name) ?? new Queue(name);
    this.#queues.set(name, queue);
    return queue;
  }

  find(name: string): Queue | undefined {
    return this.#queues.get(name);
  }
}

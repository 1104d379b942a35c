import type { Leg } from './leg.ts';
import type { Webhook } from './webhook.ts';

/** The connection of two legs by a Dial: waiting until the caller has heard the announcement, then open, then closed. */
export class Bridge {
  readonly agent: Leg;
  /** The webhook of what the caller hears before they are connected. */
  readonly announcement: Webhook | undefined;
  readonly #endsOnStar: boolean;
  readonly #closed = new AbortController();
  readonly #opened = new AbortController();
  #caller: Leg | undefined;
  #openedAt: number | undefined;
  #closedAt: number | undefined;

  constructor(agent: Leg, { announcement, endsOnStar }: { announcement?: Webhook; endsOnStar: boolean }) {
    this.agent = agent;
    this.announcement = announcement;
    this.#endsOnStar = endsOnStar;
  }

  /** Aborted when the two can hear each other. */
  get opened(): AbortSignal {
    return this.#opened.signal;
  }

  /** Aborted when the two are disconnected, or will never be connected. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** How long the two could hear each other, in whole seconds; `undefined` if they were never connected. */
  get seconds(): number | undefined {
    if (this.#openedAt === undefined) return undefined;
    return Math.round(((this.#closedAt ?? this.agent.exchange.clock.now()) - this.#openedAt) / 1000);
  }

  open(caller: Leg): void {
    if (this.closed.aborted) return;
    this.#openedAt = this.agent.exchange.clock.now();
    this.#caller = caller;
    caller.bridge = this;
    this.agent.bridge = this;
    this.#opened.abort();
  }

  close(): void {
    if (this.closed.aborted) return;
    this.#closedAt = this.agent.exchange.clock.now();
    for (const leg of [this.agent, this.#caller]) if (leg?.bridge === this) leg.bridge = undefined;
    this.#closed.abort();
  }

  /** A key during the talk. Only `*` of the leg that dialled can have a meaning. */
  press(leg: Leg, key: string): boolean {
    if (!this.#endsOnStar || leg !== this.agent || key !== '*') return false;
    this.close();
    return true;
  }

  say(leg: Leg, text: string): boolean {
    const other = leg === this.agent ? this.#caller : this.agent;
    if (other === undefined) return false;
    void other.tell({ event: 'said', text });
    return true;
  }
}

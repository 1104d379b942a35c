/** The clock of a carrier. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves with `true` after `ms` milliseconds, or with `false` as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<boolean>;
  /**
   * Marks a wait that is not on this clock, such as for the network or a person. Code that awaits anything but `sleep` must use it,
   * because a virtual clock must stand still meanwhile.
   */
  work<T>(doing: Promise<T>): Promise<T>;
}

/** The real clock. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep(ms, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve(false);
      const cut = () => {
        clearTimeout(timer);
        resolve(false);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', cut);
        resolve(true);
      }, ms);
      signal?.addEventListener('abort', cut, { once: true });
    });
  },
  work: (doing) => doing,
};

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/**
 * A clock on which waiting takes no real time. It advances when everything waits for it: no `work` is running, and the event loop has
 * nothing ready. It wakes one sleeper at a time, the earliest first, and those of the same time in the order of their calls, so a
 * scenario always has the same order. With `byHand` it advances only by `turn`.
 */
export class VirtualClock implements Clock {
  readonly #byHand: boolean;
  readonly #sleepers: Sleeper[] = [];
  #now: number;
  #working = 0;
  #looking = false;
  #settled: (() => void)[] = [];

  constructor({ startsAt = 0, byHand = false }: { startsAt?: number; byHand?: boolean } = {}) {
    this.#now = startsAt;
    this.#byHand = byHand;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve(false);
      const cut = () => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        resolve(false);
        this.#look();
      };
      const wake = () => {
        signal?.removeEventListener('abort', cut);
        resolve(true);
      };
      const sleeper = { at: this.#now + Math.max(0, ms), wake };
      // After all that are due at the same time or earlier: the list is in order of waking.
      const later = this.#sleepers.findIndex(({ at }) => at > sleeper.at);
      this.#sleepers.splice(later < 0 ? this.#sleepers.length : later, 0, sleeper);
      signal?.addEventListener('abort', cut, { once: true });
      this.#look();
    });
  }

  async work<T>(doing: Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await doing;
    } finally {
      this.#working -= 1;
      this.#look();
    }
  }

  /**
   * Advances the clock by `ms` milliseconds, even if `work` is running, and wakes every sleeper that is due. Between two of them, woken
   * code runs until it sleeps or works.
   */
  async turn(ms: number): Promise<void> {
    const until = this.#now + ms;
    await turnOfTheLoop();
    while ((this.#sleepers[0]?.at ?? Number.POSITIVE_INFINITY) <= until) {
      this.#wakeNext();
      await turnOfTheLoop();
    }
    this.#now = Math.max(this.#now, until);
  }

  /** Resolves when no `work` is running and nothing is ready, so that everything sleeps. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#settled.push(resolve);
      this.#look();
    });
  }

  /** After everything ready has run, advances to the next sleeper if no `work` is running. */
  #look(): void {
    if (this.#looking) return;
    this.#looking = true;
    setImmediate(() => {
      this.#looking = false;
      if (this.#working > 0) return;
      if (!this.#byHand && this.#sleepers.length > 0) {
        this.#wakeNext();
        this.#look();
        return;
      }
      for (const resolve of this.#settled.splice(0)) resolve();
    });
  }

  #wakeNext(): void {
    const sleeper = this.#sleepers.shift();
    if (sleeper === undefined) return;
    this.#now = Math.max(this.#now, sleeper.at);
    sleeper.wake();
  }
}

// Resolved promises continue before the next turn of the event loop, so after it everything ready has run.
function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

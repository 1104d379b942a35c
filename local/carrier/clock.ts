/** What the carrier takes time from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** True once `ms` milliseconds have passed; false as soon as the signal cuts it short. */
  sleep(ms: number, signal?: AbortSignal): Promise<boolean>;
  /**
   * Marks what is waited for outside the clock: an exchange over the network, a person's next key. Code that awaits
   * anything but `sleep` must say so with it, because a virtual clock lets no time pass meanwhile.
   */
  work<T>(doing: Promise<T>): Promise<T>;
}

/** The time of the world. */
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
 * A clock whose time costs nothing. It moves by itself when everybody waits for it: nobody works and the event loop has
 * run dry of what was ready. It wakes one sleeper at a time, earliest first, those of one instant in the order they lay
 * down, so the same scenario has the same order always. By hand, it moves only when turned.
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
      // Behind all that are due no later: the list stays in the order of waking.
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
   * Moves the time on by `ms` milliseconds, past work that is under way, and wakes every sleeper due on the way. Between
   * two of them, those awake run until they sleep or work.
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

  /** Resolves when nobody works and all that was ready has run: all others sleep. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#settled.push(resolve);
      this.#look();
    });
  }

  /** Looks, once what is ready has run, whether everybody waits; if so, time moves to the next sleeper. */
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

// Promises that are resolved go on before the loop's next turn; so after it, all that could run has run.
function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The current time, and sleep. Tests pass their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Returns a function that resolves at most `perSecond` times a second, at even intervals, in the order of the calls. */
export function createPace(perSecond: number, { now, sleep }: Clock): () => Promise<void> {
  const gapMs = 1000 / perSecond;
  let next = 0;
  return async () => {
    const turn = Math.max(now(), next);
    next = turn + gapMs;
    const ms = turn - now();
    if (ms > 0) await sleep(ms);
  };
}

/** Time as it passes while somebody waits. Tests hand in their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The time of this machine. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Lets `perSecond` of those who ask go on in each second, evenly; the others wait for their turn, first come first served. */
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

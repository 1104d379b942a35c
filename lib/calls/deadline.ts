/** The work of a webhook took longer than a caller can be kept waiting. */
export class TooSlow extends Error {
  constructor(limitMs: number) {
    super(`not done within ${limitMs} ms`);
    this.name = 'TooSlow';
  }
}

/**
 * Does the work, but for no longer than this: past it the deadline's signal aborts what is under way and the promise rejects,
 * whether the work heeds the signal or not.
 *
 * @throws {TooSlow} when the time is up.
 */
export function within<T>(limitMs: number, work: (deadline: Deadline) => Promise<T>): Promise<T> {
  return withinOnceAsked(limitMs, (deadline) => {
    deadline.watch();
    return work(deadline);
  });
}

/**
 * The same for work that asks for the signal before it waits for anybody: only then is there a timer, so a step whose flow is
 * in memory needs none. The time counts from the beginning all the same. Work that waits and never asked is not cut short.
 *
 * @throws {TooSlow} when the time is up.
 */
export async function withinOnceAsked<T>(
  limitMs: number,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const deadline = new Deadline(limitMs, late.reject);
  try {
    return await Promise.race([work(deadline), late.promise]);
  } finally {
    deadline.clear();
  }
}

/** When work must be done. */
export class Deadline {
  private readonly limitMs: number;
  private readonly endsAt: number;
  private readonly onLate: (error: TooSlow) => void;
  private readonly abort = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number, onLate: (error: TooSlow) => void) {
    this.limitMs = limitMs;
    this.endsAt = performance.now() + limitMs;
    this.onLate = onLate;
  }

  /** Aborts when the time is up. Whoever asks for it sets the timer, as `watch` does. */
  get signal(): AbortSignal {
    this.watch();
    return this.abort.signal;
  }

  /** Sets the timer for what is left of the time. */
  watch(): void {
    this.timer ??= setTimeout(() => {
      this.onLate(new TooSlow(this.limitMs));
      this.abort.abort();
    }, this.endsAt - performance.now());
  }

  /** Takes the timer away: the work is done. */
  clear(): void {
    clearTimeout(this.timer);
  }
}

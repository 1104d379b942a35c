import { InternalError } from '../errors.ts';

/**
 * The time limit of a webhook, counted from its arrival. Work that only computes needs no timer: the timer is set when the work reads
 * `signal`, which it does before it waits for anything.
 */
export class Deadline {
  private readonly limitMs: number;
  private readonly startedAt: number;
  private endsAt: number;
  private abort: AbortController | undefined;
  private late: PromiseWithResolvers<never> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private error: InternalError | undefined;

  /** @param startedAt when the time began, as `performance.now()` returns it. */
  constructor(limitMs: number, startedAt = performance.now()) {
    this.limitMs = limitMs;
    this.startedAt = startedAt;
    this.endsAt = startedAt + limitMs;
  }

  /** Milliseconds left; negative after the deadline. */
  get leftMs(): number {
    return this.endsAt - performance.now();
  }

  /** Milliseconds since the start. */
  get tookMs(): number {
    return performance.now() - this.startedAt;
  }

  /** Aborts with `too-slow` at the deadline; the stack of that error shows the last reader of `signal`. Reading sets the timer. */
  get signal(): AbortSignal {
    this.error = new InternalError('too-slow', `Not done within ${Math.round(this.limitMs)} ms.`);
    this.abort ??= new AbortController();
    this.timer ??= setTimeout(() => this.expire(), this.leftMs);
    return this.abort.signal;
  }

  /**
   * Runs work that reads `signal` before it waits. Rejects with `too-slow` at the deadline, even if the work ignores the signal. Work
   * that never reads it is not interrupted. Clears the timer.
   */
  run<T>(work: () => Promise<T>): Promise<T>;
  run<T>(work: () => T | Promise<T>): T | Promise<T>;
  run<T>(work: () => T | Promise<T>): T | Promise<T> {
    const done = work();
    return done instanceof Promise ? this.race(done) : done;
  }

  /** Like `run`, for work that never reads `signal`. */
  watch<T>(work: () => Promise<T>): Promise<T> {
    void this.signal;
    return this.run(work);
  }

  /** A shorter deadline: at most `limitMs` from now, and `reserveMs` before this one. */
  part(limitMs: number, reserveMs = 0): Deadline {
    return new Deadline(Math.max(0, Math.min(limitMs, this.leftMs - reserveMs)));
  }

  /** A deadline with the same start and another limit. */
  until(limitMs: number): Deadline {
    return new Deadline(limitMs, this.startedAt);
  }

  /** Runs work under another deadline; its time does not count here. */
  async pausedFor<T>(other: Deadline, work: (other: Deadline) => Promise<T>): Promise<T> {
    const { leftMs } = this;
    const isTimed = this.timer !== undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    try {
      return await other.run(() => work(other));
    } finally {
      this.endsAt = performance.now() + leftMs;
      if (isTimed && leftMs > 0) this.timer = setTimeout(() => this.expire(), leftMs);
    }
  }

  private async race<T>(work: Promise<T>): Promise<T> {
    if (this.late === undefined) {
      this.late = Promise.withResolvers<never>();
      // A deadline may pass while nothing awaits it.
      this.late.promise.catch(() => undefined);
      if (this.abort?.signal.aborted) this.late.reject(this.error);
    }
    try {
      return await Promise.race([work, this.late.promise]);
    } finally {
      clearTimeout(this.timer);
      this.timer = undefined;
    }
  }

  private expire(): void {
    this.late?.reject(this.error);
    this.abort?.abort(this.error);
  }
}

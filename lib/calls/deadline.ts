import { InternalError } from '../errors.ts';

/**
 * When the work of a webhook must be done, counted from its arrival. Work that only computes needs no timer: it is set when
 * the work asks for the signal, before it waits for anybody.
 */
export class Deadline {
  private readonly limitMs: number;
  private readonly startedAt: number;
  private endsAt: number;
  private abort: AbortController | undefined;
  private late: PromiseWithResolvers<never> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private error: InternalError | undefined;

  /** @param startedAt when the time began, as `performance.now()` tells it. */
  constructor(limitMs: number, startedAt = performance.now()) {
    this.limitMs = limitMs;
    this.startedAt = startedAt;
    this.endsAt = startedAt + limitMs;
  }

  /** How much of the time is left, in milliseconds; negative once it has passed. */
  get leftMs(): number {
    return this.endsAt - performance.now();
  }

  /** How much time has passed, in milliseconds. */
  get tookMs(): number {
    return performance.now() - this.startedAt;
  }

  /** Aborts with `too-slow` when the time is up, whose frames say who asked for the signal last. Sets the timer. */
  get signal(): AbortSignal {
    this.error = new InternalError('too-slow', `Not done within ${Math.round(this.limitMs)} ms.`);
    this.abort ??= new AbortController();
    this.timer ??= setTimeout(() => this.expire(), this.leftMs);
    return this.abort.signal;
  }

  /**
   * Does work that asks for the signal before it waits. Rejects with `too-slow` when the time is up, whether the work heeds
   * the signal or not; work that waits and never asked is not cut short. Leaves no timer.
   */
  run<T>(work: () => Promise<T>): Promise<T>;
  run<T>(work: () => T | Promise<T>): T | Promise<T>;
  run<T>(work: () => T | Promise<T>): T | Promise<T> {
    const done = work();
    return done instanceof Promise ? this.race(done) : done;
  }

  /** The same for work that never asks for the signal. */
  watch<T>(work: () => Promise<T>): Promise<T> {
    void this.signal;
    return this.run(work);
  }

  /** A part of the time that is left: `limitMs` at most, and `reserveMs` less than all of it. */
  part(limitMs: number, reserveMs = 0): Deadline {
    return new Deadline(Math.max(0, Math.min(limitMs, this.leftMs - reserveMs)));
  }

  /** A deadline of its own, this long after the time began. */
  until(limitMs: number): Deadline {
    return new Deadline(limitMs, this.startedAt);
  }

  /** Does work that has a deadline of its own: the time that it takes is not counted here. */
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
      // A deadline may pass while nobody waits for it.
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

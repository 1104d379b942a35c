/** The work of a webhook took longer than a caller can be kept waiting. */
export class TooSlow extends Error {
  constructor(limitMs: number) {
    super(`not done within ${limitMs} ms`);
    this.name = 'TooSlow';
  }
}

/**
 * Does the work, but for no longer than this: past it the signal aborts what is under way and the promise rejects.
 *
 * @throws {TooSlow} when the time is up.
 */
export async function within<T>(limitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new TooSlow(limitMs));
    abort.abort();
  }, limitMs);
  try {
    return await Promise.race([work(abort.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

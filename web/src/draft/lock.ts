/**
 * Makes a name this page's own until the signal, among all pages of this browser; resolves when it is. `busy` is told
 * first if another page has it: then it is waited for until that page lets go, is closed or breaks.
 */
export function acquireLock(name: string, signal: AbortSignal, busy?: () => void): Promise<void> {
  return new Promise((resolve) => {
    const hold = () => {
      resolve();
      return new Promise<void>((release) => {
        if (signal.aborted) release();
        signal.addEventListener('abort', () => release());
      });
    };
    const ask = (lock: Lock | null) => {
      if (lock !== null) return hold();
      busy?.();
      void navigator.locks.request(name, { signal }, hold).catch(() => {});
      return undefined;
    };
    // A browser may have no locks, or refuse them.
    void Promise.resolve()
      .then(() => navigator.locks.request(name, { ifAvailable: true }, ask))
      .catch(hold);
  });
}

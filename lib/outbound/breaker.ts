/** This many failures within this time open the breaker, and it stays open for the same time. */
const mostFailures = 5;
const spanMs = 30_000;

/** The state of a connection's breaker: `open` refuses requests, `probing` waits for the result of one request. */
export type BreakerState = 'closed' | 'open' | 'probing';

/**
 * A circuit breaker for each connection, so that callers do not wait for services that fail. After 5 failures within 30 s, requests are
 * refused for 30 s. Then one request is allowed; if it succeeds, the breaker closes.
 */
export class Breaker {
  private readonly now: () => number;
  private readonly services = new Map<
    string,
    { failures: number[]; openUntil?: number; probing?: boolean }
  >();

  /** @param now returns the time in milliseconds. */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Whether a request may be made. If so, `tell` must be called with its result, or `drop`. */
  admits(id: string): boolean {
    const service = this.services.get(id);
    if (service?.openUntil === undefined) return true;
    if (service.probing === true || this.now() < service.openUntil) return false;
    service.probing = true;
    return true;
  }

  /** A request ended without a result that says anything about the service: if it was the one that is allowed, the next one is. */
  drop(id: string): void {
    const service = this.services.get(id);
    if (service !== undefined) service.probing = false;
  }

  /** Reports the result of a request. Returns the new state if it has changed. */
  tell(id: string, succeeded: boolean): BreakerState | undefined {
    const service = this.services.get(id) ?? { failures: [] };
    const wasOpen = service.openUntil !== undefined;
    if (succeeded) {
      this.services.delete(id);
      return wasOpen ? 'closed' : undefined;
    }
    const now = this.now();
    service.failures = [...service.failures.filter((at) => now - at < spanMs), now];
    this.services.set(id, service);
    if (!(service.probing === true) && (wasOpen || service.failures.length < mostFailures)) return undefined;
    service.openUntil = now + spanMs;
    service.probing = false;
    return 'open';
  }
}

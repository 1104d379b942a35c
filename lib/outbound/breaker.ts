/** How many failures within which time open the breaker, and how long it stays open. */
const mostFailures = 5;
const spanMs = 30_000;

/** Whether a connection is asked at all: `open` fails at once, `probing` waits for one request that tells. */
export type BreakerState = 'closed' | 'open' | 'probing';

/**
 * Keeps callers from waiting for services that do not answer: after 5 failures within 30 s a connection fails at once for 30 s,
 * then one request is let through; if it succeeds, all are.
 */
export class Breaker {
  private readonly now: () => number;
  private readonly services = new Map<
    string,
    { failures: number[]; openUntil?: number; probing?: boolean }
  >();

  /** @param now milliseconds. */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Whether a request may be made; if so, its outcome must be told. */
  admits(id: string): boolean {
    const service = this.services.get(id);
    if (service?.openUntil === undefined) return true;
    if (service.probing === true || this.now() < service.openUntil) return false;
    service.probing = true;
    return true;
  }

  /** Tells how a request went. Answers the state if that changed it. */
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

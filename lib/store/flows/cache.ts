import { heapBytes } from './heap.ts';

/** Loads a published version; `undefined` if there is none. */
export type Load<Version> = (flow: string, version: number) => Promise<Version | undefined>;

/**
 * A published version: at once if it is in memory, else a promise, which rejects when the signal of the deadline fires. The signal is asked
 * for only if there is something to wait for.
 */
export type VersionCache<Version> = (
  flow: string,
  version: number,
  deadline?: { readonly signal: AbortSignal },
) => Version | undefined | Promise<Version | undefined>;

/** The heap that the versions of a function may take: a tenth of its 512 MB, hundreds of usual flows, a dozen of the largest. */
export const largestMemoryBytes = 48 * 1024 * 1024;

/**
 * Keeps the versions used last, of about `maxBytes` of heap in all, for ever: what is published never changes. Concurrent
 * requests for one version share its load. A load that fails or finds nothing is not kept, nor is a version larger than all
 * of the memory: each request loads it again.
 */
export function createVersionCache<Version extends object>(
  load: Load<Version>,
  maxBytes = largestMemoryBytes,
): VersionCache<Version> {
  const kept = new Map<string, { version: Version; bytes: number }>();
  const loading = new Map<string, Promise<Version | undefined>>();
  let total = 0;
  let newest = '';

  const keep = (key: string, version: Version) => {
    const bytes = heapBytes(version);
    if (bytes > maxBytes) return;
    kept.set(key, { version, bytes });
    newest = key;
    total += bytes;
    // A map walks its keys from the one set longest ago.
    for (const [oldest, entry] of kept) {
      if (total <= maxBytes) break;
      kept.delete(oldest);
      total -= entry.bytes;
    }
  };

  const start = (key: string, flow: string, version: number) => {
    const started = load(flow, version)
      .then((found) => {
        if (found !== undefined && !kept.has(key)) keep(key, found);
        return found;
      })
      .finally(() => forget(key, started));
    loading.set(key, started);
    return started;
  };

  const forget = (key: string, started: Promise<Version | undefined>) => {
    if (loading.get(key) === started) loading.delete(key);
  };

  const loaded = async (key: string, flow: string, version: number, signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    const underWay = loading.get(key) ?? start(key, flow, version);
    if (signal === undefined) return await underWay;
    // A load that is too slow for one is not waited for by the next: it may hang.
    return await within(signal, underWay, () => forget(key, underWay));
  };

  return (flow, version, deadline) => {
    const key = `${flow} ${version}`;
    const entry = kept.get(key);
    if (entry === undefined) return loaded(key, flow, version, deadline?.signal);
    if (newest !== key) {
      kept.delete(key);
      kept.set(key, entry);
      newest = key;
    }
    return entry.version;
  };
}
function within<T>(signal: AbortSignal, promise: Promise<T>, aborted: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      aborted();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

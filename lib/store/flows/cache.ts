import { heapBytes } from './heap.ts';

/** Loads a published version; `undefined` if there is none. */
export type Load<Version> = (flow: string, version: number) => Promise<Version | undefined>;

/**
 * Returns a published version: directly if it is in memory, else as a promise, which rejects when the deadline's signal fires. `signal`
 * is read only if the version must be loaded, because creating it costs time.
 */
export type VersionCache<Version> = (
  flow: string,
  version: number,
  deadline?: { readonly signal: AbortSignal },
) => Version | undefined | Promise<Version | undefined>;

/** The most heap bytes for versions: a tenth of the function's 512 MB, enough for hundreds of usual flows or a dozen of the largest. */
export const largestMemoryBytes = 48 * 1024 * 1024;

/**
 * A cache of the most recently used versions, with about `maxBytes` of heap in all. Entries never expire, because versions are
 * immutable. Concurrent requests for one version share its load. Failed loads, missing versions, and versions larger than `maxBytes`
 * are not cached.
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
    // A map iterates from the key that was set first.
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
    // The next request does not wait for a load that was too slow for this one: it may hang.
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

/** The result of a promise; rejects with the signal's reason if it fires first, after calling `aborted`. */
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

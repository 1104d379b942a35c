import type { Flow } from '../flow/flow.ts';

/** Loads a published version; undefined where there is none. */
export type Load = (flow: string, version: number) => Promise<Flow | undefined>;

/**
 * A published version, from memory where it is there. Whoever brings a deadline stops waiting when its signal fires, which is
 * asked for only where there is something to wait for.
 */
export type Memory = (
  flow: string,
  version: number,
  deadline?: { readonly signal: AbortSignal },
) => Promise<Flow | undefined>;

/**
 * Keeps the versions that were asked for last, of `mostNodes` nodes in all, for ever: what is published never changes.
 * Who asks for one that is being loaded waits for the same load. A load that fails or finds nothing is not kept.
 */
export function createMemory(load: Load, mostNodes = 20_000): Memory {
  const kept = new Map<string, { flow: Flow; nodes: number }>();
  const loading = new Map<string, Promise<Flow | undefined>>();
  let total = 0;

  const keep = (key: string, flow: Flow) => {
    const nodes = Object.keys(flow.nodes).length;
    kept.set(key, { flow, nodes });
    total += nodes;
    // A map walks its keys from the one set longest ago.
    for (const [oldest, entry] of kept) {
      if (total <= mostNodes) break;
      kept.delete(oldest);
      total -= entry.nodes;
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

  const forget = (key: string, started: Promise<Flow | undefined>) => {
    if (loading.get(key) === started) loading.delete(key);
  };

  return async (flow, version, deadline) => {
    const key = `${flow} ${version}`;
    const entry = kept.get(key);
    if (entry !== undefined) {
      kept.delete(key);
      kept.set(key, entry);
      return entry.flow;
    }
    const signal = deadline?.signal;
    signal?.throwIfAborted();
    const underWay = loading.get(key) ?? start(key, flow, version);
    if (signal === undefined) return underWay;
    // A load that is too slow for one is not waited for by the next: it may hang.
    return within(signal, underWay, () => forget(key, underWay));
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

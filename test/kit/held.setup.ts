import { afterEach, expect } from 'vitest';
import { holdRequests } from './held.ts';

declare global {
  /** What was wrong with the requests of the test that runs; files that share a process share it. */
  var faultsOfRequests: string[] | undefined;
}

if (globalThis.faultsOfRequests === undefined) {
  const found: string[] = [];
  globalThis.faultsOfRequests = found;
  holdRequests((faults) => found.push(...faults));
}

afterEach(() => expect(globalThis.faultsOfRequests?.splice(0)).toEqual([]));

import { createVersionCache, largestMemoryBytes } from '../../lib/store/flows/cache.ts';
import { heapBytes } from '../../lib/store/flows/heap.ts';
import { fetchVersion } from '../../lib/store/flows/versions.ts';
import { openTable } from '../../lib/store/table/table.ts';
import { drawing, drawingId } from '../drawing.ts';
import type { Line } from '../report.ts';
import type { Setup } from '../setup.ts';

const nodes = 2000;

/** The heap that versions of 2,000 nodes take: as many as a function keeps, and as many more. MB are 1,000,000 bytes. */
export async function measure({ environment }: Setup): Promise<Line[]> {
  const table = openTable(environment.TABLE_NAME ?? '');
  const flow = await fetchVersion(table, drawingId(nodes), 1);
  const most = Math.floor(largestMemoryBytes / heapBytes(flow));
  const memory = createVersionCache(() => fetchVersion(table, drawingId(nodes), 1));
  const json = JSON.stringify(drawing(nodes).nodes).length * most;
  const before = heap();
  const took = async (first: number) => {
    for (let version = first; version < first + most; version += 1) await memory('flow', version);
    return heap() - before;
  };
  const line = (what: string, bytes: number): Line => ({
    what,
    measured: bytes / 1e6,
    unit: 'MB',
    ratio: bytes / json,
    beside: 'the same nodes as JSON',
  });
  return [
    line(`heap of ${most} versions of 2,000 nodes`, await took(1)),
    line('heap after as many more: the oldest have gone', await took(most + 1)),
    { what: 'the process with all that', measured: process.memoryUsage().rss / 1e6, unit: 'MB' },
  ];
}

function heap(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

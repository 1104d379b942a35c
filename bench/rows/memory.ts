import { createMemory } from '../../lib/store/memory.ts';
import { openTable } from '../../lib/store/table.ts';
import { readVersion } from '../../lib/store/versions.ts';
import { drawing, drawingId } from '../drawing.ts';
import type { Line } from '../report.ts';
import type { World } from '../world.ts';

const nodes = 2000;

/** The heap that versions take: ten of 2,000 nodes, which is all that a function keeps, and ten more. MB are 1,000,000 bytes. */
export async function measure({ environment }: World): Promise<Line[]> {
  const table = openTable(environment.TABLE_NAME ?? '');
  const memory = createMemory(() => readVersion(table, drawingId(nodes), 1));
  const json = JSON.stringify(drawing(nodes).nodes).length * 10;
  // What is loaded and kept once for all, the client among it, does not count.
  await readVersion(table, drawingId(nodes), 1);
  const before = heap();
  const took = async (first: number) => {
    for (let version = first; version < first + 10; version += 1) await memory('flow', version);
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
    line('heap of 20,000 nodes of versions', await took(1)),
    line('heap after 20,000 nodes more: the oldest have gone', await took(11)),
    { what: 'the process with all that', measured: process.memoryUsage().rss / 1e6, unit: 'MB' },
  ];
}

function heap(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

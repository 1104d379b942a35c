import { openAgain, type TestTable, type Trouble } from './table.ts';

/** Runs several processes one request at a time, in an order that a test chooses: each waits at its gate until it is picked. */
export interface Scheduler {
  /** Waits until a process is picked. */
  gate(name: string): Promise<void>;
  /** Runs processes to their ends; `pick` says which of those that are ready goes on. */
  run(
    processes: Readonly<Record<string, () => Promise<unknown>>>,
    pick: (ready: readonly string[]) => string,
  ): Promise<void>;
}

/** Creates a scheduler. Its gates are open unless it runs. */
export function createScheduler(): Scheduler {
  const ready = new Map<string, () => void>();
  let running = false;
  let stopped: (() => void) | undefined;
  const stop = () => stopped?.();
  return {
    async gate(name) {
      if (!running) return;
      await new Promise<void>((resolve) => {
        ready.set(name, resolve);
        stop();
      });
    },
    async run(processes, pick) {
      running = true;
      const live = new Set(Object.keys(processes));
      const ends = Object.entries(processes).map(([name, process]) =>
        process().finally(() => {
          live.delete(name);
          stop();
        }),
      );
      while (live.size > 0) {
        while (ready.size < live.size) {
          await new Promise<void>((resolve) => {
            stopped = resolve;
          });
        }
        const next = pick([...ready.keys()]);
        const go = ready.get(next);
        ready.delete(next);
        go?.();
      }
      running = false;
      await Promise.all(ends);
    },
  };
}

/** The table as one of the processes has it: each request waits at the gate of the process. */
export function scheduledTable(name: string, test: TestTable, scheduler: Scheduler): Trouble {
  const table = openAgain(test);
  table.client.middlewareStack.add(
    (next) => async (args) => {
      await scheduler.gate(name);
      return await next(args);
    },
    { step: 'initialize', name: 'scheduler' },
  );
  return table;
}

/** The table, whose requests are counted as `reads` and `writes`. */
export function countingTable(test: TestTable, counts: Map<string, number>): Trouble {
  const table = openAgain(test);
  table.client.middlewareStack.add(
    (next, context) => (args) => {
      const kind = /^(Get|Query|BatchGet)/.test(String(context.commandName)) ? 'reads' : 'writes';
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return next(args);
    },
    { step: 'initialize', name: 'count' },
  );
  return table;
}

import { openTable } from '../../lib/store/table/table.ts';
import { credentials, type TestTable, type Trouble } from './table.ts';

/** Processes that take turns: each stops before everything it asks of the world until it is let on. */
export interface Turns {
  /** Waits for the turn of a process. */
  gate(name: string): Promise<void>;
  /** Runs processes to their ends; `pick` says which of those that are ready goes on. */
  run(
    processes: Readonly<Record<string, () => Promise<unknown>>>,
    pick: (ready: readonly string[]) => string,
  ): Promise<void>;
}

/** Processes that take turns. Without a run nobody waits. */
export function createTurns(): Turns {
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

/** The table as one of the processes has it: each request waits for its turn. */
export function tableOf(name: string, test: TestTable, turns: Turns): Trouble {
  const { endpoint, region } = test;
  const { client } = openTable(test.name, { endpoint, region, credentials });
  client.middlewareStack.add(
    (next) => async (args) => {
      await turns.gate(name);
      return await next(args);
    },
    { step: 'initialize', name: 'turns' },
  );
  return { client, name: test.name, destroy: () => client.destroy() };
}

/** The table, whose requests are counted as `reads` and `writes`. */
export function countOf(test: TestTable, counts: Map<string, number>): Trouble {
  const { endpoint, region } = test;
  const { client } = openTable(test.name, { endpoint, region, credentials });
  client.middlewareStack.add(
    (next, context) => (args) => {
      const kind = /^(Get|Query|BatchGet)/.test(String(context.commandName)) ? 'reads' : 'writes';
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return next(args);
    },
    { step: 'initialize', name: 'count' },
  );
  return { client, name: test.name, destroy: () => client.destroy() };
}

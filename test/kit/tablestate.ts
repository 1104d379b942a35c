import type { Table } from '../../lib/store/table/table.ts';
import { attributesIn, lineOf, pastTables } from './past.ts';
import { scan } from './table.ts';

/** Reads what writes have left in a table, and remembers which attributes they have written. */
export interface TableState {
  /** What stands in the table, without what is made up again by each write. */
  read(): Promise<string[]>;
  /** Lines for items that were read with an attribute that no past table has: one for each attribute. */
  unknown(): string[];
}

/** Counted by `ADD`, twice is one too many: a version's number is skipped, a binding seems to have come and gone. */
const counters = ['taken', 'bindings'];
const madeUp = ['request', 'revision', ...counters];

/** Watches what the writes of a test leave in a table. */
export function watchTable(table: () => Table): TableState {
  const written = new Map<string, string>();
  return {
    async read() {
      const items = await scan(table());
      for (const item of items) {
        for (const attribute of attributesIn([item])) {
          if (!written.has(attribute)) written.set(attribute, `${attribute} in ${lineOf(item)}`);
        }
      }
      const entries = items.map((item) =>
        Object.entries(item)
          .filter(([name]) => !madeUp.includes(name))
          .toSorted(([one], [other]) => (one < other ? -1 : 1)),
      );
      return entries.map((item) => JSON.stringify(item).replace(/[-#][0-9a-f]{8,}/g, '')).toSorted();
    },
    unknown() {
      const past = attributesIn(pastTables.flatMap(({ items }) => items));
      return [...written].flatMap(([attribute, line]) => (past.has(attribute) ? [] : [line]));
    },
  };
}

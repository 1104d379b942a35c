import {
  dropScript,
  expireScript,
  fetchScript,
  keepScript,
  putScript,
} from '../../lib/store/flows/scripts.ts';
import type { Table } from '../../lib/store/table/table.ts';
import { at } from './samples.ts';

/** The writes of call scripts, for the test of all writes. */
export function scriptWrites(table: () => Table) {
  const before = async () => {
    await putScript(table(), 'desk', '# One', { by: 'ann', at });
  };
  const expiring = async () => {
    await before();
    await expireScript(table(), 'desk', at, 1);
  };
  const saving = async (over: Table, text: string) => {
    const { revision: seen } = await fetchScript(table(), 'desk');
    return putScript(over, 'desk', text, { by: 'ann', at, seen });
  };
  return {
    putScript: [
      {
        write: (over: Table) => putScript(over, 'desk', '# One', { by: 'ann', at }),
      },
      { write: (over: Table) => saving(over, '# One') },
      { before, write: (over: Table) => saving(over, '# Two') },
    ],
    dropScript: { before, write: (over: Table) => dropScript(over, 'desk') },
    keepScript: { before: expiring, write: (over: Table) => keepScript(over, 'desk') },
    expireScript: { before, write: (over: Table) => expireScript(over, 'desk', at, 1) },
  };
}

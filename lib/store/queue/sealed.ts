import { expiry } from '../table/item.ts';
import { sealedKey } from '../table/keys.ts';
import { changeIf, get, type Table } from '../table/table.ts';

/** How long it is stored, in days: the longest wait is an hour. */
const keptDays = 2 / 24;

/**
 * Stores the encrypted memory of a call while its caller waits in a queue. The memory is otherwise only in the URLs of the caller's
 * call, and an agent's leg has other URLs. `step` is the one that leads out of the queue.
 */
export async function putSealed(
  table: Table,
  { callSid, step }: { readonly callSid: string; readonly step: number },
  sealed: string,
  at: Date,
): Promise<void> {
  const write = {
    change: 'SET #sealed = :sealed, #expiresAt = :expiresAt',
    when: 'attribute_not_exists(#pk)',
    values: { sealed, expiresAt: expiry(at, keptDays) },
  };
  // The same step always has the same memory.
  await changeIf(table, sealedKey(callSid, step), write, (item) => item !== undefined);
}

/** The encrypted memory of a call; `undefined` if none is stored. */
export async function readSealed(table: Table, callSid: string, step: number): Promise<string | undefined> {
  return (await get(table, sealedKey(callSid, step)))?.sealed?.S;
}

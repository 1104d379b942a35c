import { expiry } from '../table/item.ts';
import { sealedKey } from '../table/keys.ts';
import { changeIf, get, type Table } from '../table/table.ts';

/** How long it is kept: nobody waits for longer than an hour. */
const keptDays = 2 / 24;

/**
 * Keeps what a call remembers, sealed as it stands in the call's URL, while its caller waits in a queue: an agent's leg knows
 * nothing of that URL. `step` is the one that leads out of the queue.
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

/** What a call remembers, sealed; `undefined` if nothing was kept. */
export async function readSealed(table: Table, callSid: string, step: number): Promise<string | undefined> {
  return (await get(table, sealedKey(callSid, step)))?.sealed?.S;
}

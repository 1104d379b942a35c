import { expiry, type Item } from '../table/item.ts';
import { messageKey } from '../table/keys.ts';
import { changeIf, type Table } from '../table/table.ts';

/** A message of a call: there is at most one for each flow and node. */
export interface CallMessage {
  readonly callSid: string;
  readonly flow: string;
  readonly node: string;
}

/** How long a claim is kept, in days: no call lasts longer. */
const keptDays = 1;

/**
 * Claims a message before it is sent. `mine`: it is to be sent now; else what came of it before. `owner` tells this claim from
 * all others.
 */
export async function claimMessage(
  table: Table,
  message: CallMessage,
  owner: string,
  at: Date,
): Promise<'mine' | 'sent' | 'failed'> {
  const write = {
    change: 'SET #owner = :owner, #expiresAt = :expiresAt',
    when: 'attribute_not_exists(#pk)',
    values: { owner, expiresAt: expiry(at, keptDays) },
  };
  const isMine = (item: Item | undefined) => item?.owner?.S === owner;
  const { done, item } = await changeIf(table, messageKey(message), write, isMine);
  if (done) return 'mine';
  return item?.failed?.BOOL === true ? 'failed' : 'sent';
}

/** Notes that a message which was claimed was not sent. */
export async function noteUnsent(table: Table, message: CallMessage): Promise<void> {
  const write = { change: 'SET #failed = :failed', when: 'attribute_exists(#pk)', values: { failed: true } };
  await changeIf(table, messageKey(message), write, (item) => item?.failed?.BOOL === true);
}

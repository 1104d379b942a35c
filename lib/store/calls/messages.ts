import { expiry, type Item } from '../table/item.ts';
import { messageKey } from '../table/keys.ts';
import { changeIf, type Table } from '../table/table.ts';

/** A text message of a call: at most one for each flow and node. */
export interface CallMessage {
  readonly callSid: string;
  readonly flow: string;
  readonly node: string;
}

/** How long a claim is stored, in days: longer than any call lasts. */
const keptDays = 1;

/**
 * Claims a message before it is sent. `mine`: the caller of this function must send it. Otherwise it was claimed before: `sent` or
 * `failed`. `owner` is a unique id of this claim.
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

/** Records that a claimed message was not sent. */
export async function noteUnsent(table: Table, message: CallMessage): Promise<void> {
  const write = { change: 'SET #failed = :failed', when: 'attribute_exists(#pk)', values: { failed: true } };
  await changeIf(table, messageKey(message), write, (item) => item?.failed?.BOOL === true);
}

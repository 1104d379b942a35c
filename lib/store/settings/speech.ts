import { type Item, numberOf } from '../table/item.ts';
import { keyOf, speechItemKey } from '../table/keys.ts';
import { getAll, put, putIf, type Table } from '../table/table.ts';

/** A text that was spoken, and lies in the storage. */
export interface StoredSpeech {
  readonly name: string;
  readonly seconds: number;
  readonly madeAt: string;
}

/** A text that the service refused to speak. */
export interface RefusedSpeech {
  readonly name: string;
  readonly reason: string;
  /** Until when it is not asked for again, in seconds since 1970. */
  readonly expiresAt: number;
}

/** How many items DynamoDB reads in one go. */
const batchGets = 100;

/** Notes that a text was spoken. Twice is once: the name holds all that shapes the sound. */
export async function putSpeech(table: Table, { name, seconds, madeAt }: StoredSpeech): Promise<void> {
  await put(table, speechItemKey(name), { seconds, madeAt });
}

/** Notes that a text was refused; nothing changes if it was spoken after all. */
export async function putRefusal(table: Table, { name, reason, expiresAt }: RefusedSpeech): Promise<void> {
  const write = { row: { reason, expiresAt }, when: 'attribute_not_exists(#seconds)' };
  await putIf(table, speechItemKey(name), write, () => true);
}

/** What came of a text that was asked for: it was spoken, or refused with a reason. */
export type SpeechOutcome = { readonly spoken: true } | { readonly refused: string };

/** What came of these texts, by their names; those that were not asked for, or refused too long ago, are left out. */
export async function speechAmong(
  table: Table,
  names: readonly string[],
  now: Date,
): Promise<Map<string, SpeechOutcome>> {
  const found = new Map<string, SpeechOutcome>();
  const project = '#pk, #sk, #reason, #expiresAt';
  for (let start = 0; start < names.length; start += batchGets) {
    const keys = names.slice(start, start + batchGets).map(speechItemKey);
    for (const item of await getAll(table, keys, { project })) {
      const outcome = outcomeOf(item, now);
      if (outcome !== undefined) found.set(keyOf(item).sk, outcome);
    }
  }
  return found;
}

function outcomeOf(item: Item, now: Date): SpeechOutcome | undefined {
  const reason = item.reason?.S;
  if (reason === undefined) return { spoken: true };
  return (numberOf(item, 'expiresAt') ?? 0) * 1000 > now.getTime() ? { refused: reason } : undefined;
}

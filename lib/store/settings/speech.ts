import { type Item, numberOf } from '../table/item.ts';
import { keyOf, speechItemKey } from '../table/keys.ts';
import { getAll, put, putIf, type Table } from '../table/table.ts';

/** A synthesised text whose audio is in the storage. */
export interface StoredSpeech {
  readonly name: string;
  readonly seconds: number;
  readonly madeAt: string;
}

/** A text that the speech service refused. */
export interface RefusedSpeech {
  readonly name: string;
  readonly reason: string;
  /** Until then it is not requested again, in seconds since 1970. */
  readonly expiresAt: number;
}

/** The most items in one BatchGetItem. */
const batchGets = 100;

/** Records that a text was synthesised. Its name is a digest of all that determines the audio, so repetition changes nothing. */
export async function putSpeech(table: Table, { name, seconds, madeAt }: StoredSpeech): Promise<void> {
  await put(table, speechItemKey(name), { seconds, madeAt });
}

/** Records that a text was refused, unless it was synthesised meanwhile. */
export async function putRefusal(table: Table, { name, reason, expiresAt }: RefusedSpeech): Promise<void> {
  const write = { row: { reason, expiresAt }, when: 'attribute_not_exists(#seconds)' };
  await putIf(table, speechItemKey(name), write, () => true);
}

/** The result of a synthesis: done, or refused with a reason. */
export type SpeechOutcome = { readonly spoken: true } | { readonly refused: string };

/** The results for these texts by name. Texts that were never requested, or whose refusal has expired, are left out. */
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

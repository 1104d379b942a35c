import { keyOf, speechItemKey } from './keys.ts';
import { getAll, put, type Table } from './table.ts';

/** A text that was spoken, and lies in the storage. */
export interface StoredSpeech {
  readonly name: string;
  readonly seconds: number;
  readonly madeAt: string;
}

/** How many items DynamoDB reads in one go. */
const batchGets = 100;

/** Notes that a text was spoken. Twice is once: the name holds all that shapes the sound. */
export async function putSpeech(table: Table, { name, seconds, madeAt }: StoredSpeech): Promise<void> {
  await put(table, speechItemKey(name), { seconds, madeAt });
}

/** Which of these texts, by their names, were spoken. */
export async function spokenAmong(table: Table, names: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (let start = 0; start < names.length; start += batchGets) {
    const keys = names.slice(start, start + batchGets).map(speechItemKey);
    for (const item of await getAll(table, keys, { project: '#pk, #sk' })) found.add(keyOf(item).sk);
  }
  return found;
}

import type { Uses } from '../../flow/uses.ts';
import type { Item } from '../table/item.ts';

/** Bytes of JSON that a head keeps of what a flow uses, so that a list of heads stays small. */
const maxUsesBytes = 8 * 1024;

/** Which revision or version of a flow is meant. */
type Of = string | number;

interface Stored {
  readonly of: Of;
  readonly uses: Uses | null;
}

/** What a revision or version uses, as an attribute holds it; what is not known, or too large to be kept, as `null`. */
export function usesText(of: Of, uses: Uses | undefined): string {
  const text = JSON.stringify({ of, uses: uses ?? null } satisfies Stored);
  return Buffer.byteLength(text) > maxUsesBytes ? usesText(of, undefined) : text;
}

/** What an attribute says of the uses of a revision or version; `undefined` if the document must be read for it. */
export function usesIn(item: Item, name: string, of: Of): Uses | undefined {
  return storedIn(item, name, of)?.uses ?? undefined;
}

/**
 * Whether an attribute speaks of this revision or version. An earlier release moves a head without it, such as after a
 * rollback of the code: then it speaks of one that is not the head's.
 */
export function isToldOf(item: Item, name: string, of: Of): boolean {
  return storedIn(item, name, of) !== undefined;
}

function storedIn(item: Item, name: string, of: Of): Stored | undefined {
  const text = item[name]?.S;
  const stored = text === undefined ? undefined : (JSON.parse(text) as Stored | null);
  return stored?.of === of ? stored : undefined;
}

import type { Uses } from '../../flow/uses.ts';
import type { Item } from '../table/item.ts';

/** The most bytes of JSON in the attribute, so that a list of heads stays small. */
const maxUsesBytes = 8 * 1024;

/** The name of a revision, or the number of a version. */
type Of = string | number;

interface Stored {
  readonly of: Of;
  readonly uses: Uses | null;
}

/** The attribute for the resources of a revision or version. They are `null` if they are not known or take more than `maxUsesBytes`. */
export function usesText(of: Of, uses: Uses | undefined): string {
  const text = JSON.stringify({ of, uses: uses ?? null } satisfies Stored);
  return Buffer.byteLength(text) > maxUsesBytes ? usesText(of, undefined) : text;
}

/** The resources of a revision or version in an attribute; `undefined` if the document must be read for them. */
export function usesIn(item: Item, name: string, of: Of): Uses | undefined {
  return storedIn(item, name, of)?.uses ?? undefined;
}

/**
 * Whether an attribute belongs to this revision or version. An earlier release, such as after a rollback of the code, changes a head
 * without the attribute, which then belongs to an older revision.
 */
export function isToldOf(item: Item, name: string, of: Of): boolean {
  return storedIn(item, name, of) !== undefined;
}

function storedIn(item: Item, name: string, of: Of): Stored | undefined {
  const text = item[name]?.S;
  const stored = text === undefined ? undefined : (JSON.parse(text) as Stored | null);
  return stored?.of === of ? stored : undefined;
}

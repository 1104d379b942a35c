import { randomBytes } from 'node:crypto';
import { type Item, textOf } from './item.ts';
import { auditKey, auditPk, type Key } from './keys.ts';
import { type Page, type Paging, page } from './page.ts';
import { put, remove, type Table } from './table.ts';

/** One change by an admin: who did what to which thing, and how that was before and after. */
export interface Change {
  readonly at: string;
  readonly who: string;
  /** A verb: `save`, `publish`, `bind`. */
  readonly did: string;
  /** The kind of thing and its id: `flow office`, `number +15550100`. */
  readonly what: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Writes a change down; answers where, so that it can be withdrawn. */
export async function writeChange(table: Table, change: Change): Promise<Key> {
  const { at, who, did, what, before, after } = change;
  const key = auditKey(at, randomBytes(4).toString('hex'));
  await put(table, key, { at, who, did, what, before: json(before), after: json(after) });
  return key;
}

/** Takes back what was written of a change that did not happen. */
export async function withdrawChange(table: Table, key: Key): Promise<void> {
  await remove(table, key);
}

/** Every change by an admin, newest first. */
export function listChanges(table: Table, paging: Paging = {}): Promise<Page<Change>> {
  return page(table, auditPk, changeOf, { ...paging, backwards: true });
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function changeOf(item: Item): Change {
  const before = item.before?.S;
  const after = item.after?.S;
  return {
    at: textOf(item, 'at'),
    who: textOf(item, 'who'),
    did: textOf(item, 'did'),
    what: textOf(item, 'what'),
    ...(before === undefined ? {} : { before: JSON.parse(before) as unknown }),
    ...(after === undefined ? {} : { after: JSON.parse(after) as unknown }),
  };
}

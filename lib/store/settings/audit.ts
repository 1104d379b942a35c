import { randomBytes } from 'node:crypto';
import { InternalError } from '../../errors.ts';
import { type Item, textOf } from '../table/item.ts';
import { auditKey, auditPk, type ItemKey, keyOf, withdrawalKey } from '../table/keys.ts';
import { type Page, type Paging, type Partition, page } from '../table/page.ts';
import { putIf, type Table } from '../table/table.ts';

/** One change by an admin: who did what, with the values before and after. */
export interface Change {
  readonly at: string;
  readonly who: string;
  /** A verb: `save`, `publish`, `bind`. */
  readonly did: string;
  /** The kind of resource and its id: `flow office`, `number +15550100`. */
  readonly what: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Adds a change to the audit. Resolves with its key, so that it can be withdrawn. */
export async function writeChange(table: Table, change: Change): Promise<ItemKey> {
  const { at, who, did, what, before, after } = change;
  const key = auditKey(at, randomBytes(4).toString('hex'));
  await append(table, key, { at, who, did, what, before: json(before), after: json(after) });
  return key;
}

/** Withdraws a change that did not happen. Both stay in the audit, but lists do not show them. */
export async function withdrawChange(table: Table, key: ItemKey): Promise<void> {
  await append(table, withdrawalKey(key), {});
}

/** A page of the changes that were not withdrawn, newest first. Throws `cursor-foreign`. */
export function fetchChanges(table: Table, paging: Paging = {}): Promise<Page<Change>> {
  // A withdrawal sorts directly after its change, so in reverse order it comes directly before it.
  let withdrawn: string | undefined;
  const isListed = (item: Item) => {
    const key = keyOf(item);
    if (item.who === undefined) withdrawn = key.sk;
    return item.who !== undefined && withdrawn !== withdrawalKey(key).sk;
  };
  return page(table, { ...list, isListed }, changeOf, paging);
}

/**
 * Adds an item to the audit. Audit items are never changed or deleted. IAM cannot distinguish a Put that creates an item from one that
 * replaces it, so every write requires that the key is free. Throws `audit-taken`.
 */
async function append(
  table: Table,
  key: ItemKey,
  row: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { done } = await putIf(table, key, { row, when: 'attribute_not_exists(#pk)' }, (there) => {
    return there !== undefined && Object.entries(row).every(([name, value]) => there[name]?.S === value);
  });
  if (!done) throw new InternalError('audit-taken', 'The audit holds another change under this key.');
}

const list: Partition = {
  ...{ name: 'audit', pk: auditPk, backwards: true, large: true },
  place: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[0-9a-f]{8}$/,
};

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

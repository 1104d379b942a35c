import { expect } from 'vitest';
import type { Flow } from '../../lib/flow/flow.ts';
import { nextRevision, writeDraft } from '../../lib/store/flows/drafts.ts';
import { type FlowHead, moveLive, readHead, takeNumber } from '../../lib/store/flows/flows.ts';
import { writeVersion } from '../../lib/store/flows/versions.ts';
import type { Item, Row } from '../../lib/store/table/item.ts';
import { flowKey } from '../../lib/store/table/keys.ts';
import { changeIf, query, type Table } from '../../lib/store/table/table.ts';

/** When everything here happens. */
export const at = new Date('2026-07-01T12:00:00.000Z');

/** The findings of a document without errors that names nothing outside itself. */
export const noFindings = { errors: 0, uses: {} };

/** The head of a flow that is there. */
export async function needHead(table: Table, id: string): Promise<FlowHead> {
  const head = await readHead(table, id);
  if (head === undefined) throw new Error(`There is no head of ${id}.`);
  return head;
}

/** Saves a draft over whatever is there. */
export async function save(table: Table, document: Flow): Promise<FlowHead> {
  const head = await readHead(table, document.id);
  await writeDraft(table, document, { head, revision: nextRevision(head), by: 'ann', at, ...noFindings });
  return needHead(table, document.id);
}

/** Freezes a document as the next version of its flow and makes it live. */
export async function release(table: Table, document: Flow): Promise<number> {
  const version = await takeNumber(table, document.id);
  const head = await writeVersion(table, document, version, { at, by: 'ann', note: 'a note' });
  await moveLive(table, await needHead(table, document.id), head, at);
  return version;
}

/** All items of a partition. */
export async function partition(table: Table, pk: string): Promise<Item[]> {
  const found: Item[] = [];
  for await (const items of query(table, { where: '#pk = :pk', values: { pk } })) found.push(...items);
  return found;
}

/** Changes the head of a flow under the store's hands, as an earlier release left it. */
export async function changeHead(table: Table, id: string, change: string, values?: Row): Promise<void> {
  const write = { change, when: 'attribute_exists(#pk)', ...(values === undefined ? {} : { values }) };
  expect(await changeIf(table, flowKey(id), write, () => false)).toMatchObject({ done: true });
}

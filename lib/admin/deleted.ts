import { Failure } from '../errors.ts';
import { digestOf, isDigestOf, keepDraft } from '../store/flows/drafts.ts';
import {
  type FlowHead,
  flowMissing,
  listHidden,
  noteUnswept,
  readHead,
  unhide,
} from '../store/flows/flows.ts';
import { keepScript } from '../store/flows/scripts.ts';
import { fetchVersions, keepVersions, readDocument } from '../store/flows/versions.ts';
import type { Page, Paging } from '../store/table/page.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { type FlowRow, readDraft, rowOf, sweep } from './flows.ts';
import { hiddenTooLong, readHiddenDraft, restorableUntil } from './hidden.ts';

/** A deleted flow in a list. */
export interface DeletedFlow extends FlowRow {
  readonly deletedAt: string;
  /** When it can no longer be restored. */
  readonly keptUntil: string;
}

/** The deleted flows that can be restored, by id. */
export async function listDeleted(admin: Admin, paging: Paging = {}): Promise<Page<DeletedFlow>> {
  const { items, ...rest } = await listHidden(admin.table, hiddenTooLong(admin), paging);
  const rows = items.flatMap((head) => {
    const { hiddenAt: deletedAt } = head;
    if (deletedAt === undefined) return [];
    return [{ ...rowOf(head), deletedAt, keptUntil: restorableUntil(admin, deletedAt) }];
  });
  return { items: rows, ...rest };
}

/**
 * Restores a deleted flow with its draft, versions and call script. No version is live, and no number is bound to it. After a crash,
 * repeat it. Throws `flow-missing`, `flow-taken` if it is not deleted, and `flow-expired`.
 */
export async function restoreFlow(admin: Admin, id: string): Promise<FlowRow> {
  const { table } = admin;
  const head = await readHead(table, id);
  if (head === undefined) throw flowMissing(id);
  const { hiddenAt } = head;
  if (hiddenAt === undefined) throw taken(id);
  if (hiddenAt <= hiddenTooLong(admin)) throw expired(id);
  const intent: Intent = { did: 'restore', what: `flow ${id}`, after: { name: head.name } };
  await audited(admin, intent, () => restore(admin, head, hiddenAt));
  const { document: _, ...row } = await readDraft(admin, id);
  return row;
}

async function restore(admin: Admin, head: FlowHead, hiddenAt: string): Promise<void> {
  const { table } = admin;
  const { id } = head;
  await noteUnswept(table, head);
  await keepDraft(table, head);
  await keepVersions(table, head);
  await keepScript(table, id);
  if ((await readHiddenDraft(admin, head)) === undefined) throw expired(id);
  if (await unhide(table, head, head.newest ?? (await newestOf(admin, head)))) return;
  // Somebody has created the flow again meanwhile: the old items must still get their expiry.
  await sweep(admin, head, hiddenAt);
  throw taken(id);
}

/** The version that was published last; `undefined` if there is none. */
async function newestOf({ table }: Admin, head: FlowHead): Promise<FlowHead['newest']> {
  const [last] = (await fetchVersions(table, head, { limit: 1 })).items;
  const document = last && (await readDocument(table, head.id, last.version));
  if (last === undefined || document === undefined) return undefined;
  const { digest } = head.draft;
  return { version: last.version, digest: isDigestOf(digest, document) ? digest : digestOf(document) };
}

function taken(id: string): Failure {
  return new Failure('flow-taken', `The flow "${id}" is not deleted: there is nothing to restore.`);
}

function expired(id: string): Failure {
  return new Failure('flow-expired', `The flow "${id}" was deleted too long ago: create it again.`);
}

import { type Change, listChanges as list } from '../store/audit.ts';
import type { Page, Paging } from '../store/page.ts';
import type { Admin } from './admin.ts';

/** Every change by an admin, newest first. */
export function listChanges({ table }: Admin, paging: Paging = {}): Promise<Page<Change>> {
  return list(table, paging);
}

import { type Change, fetchChanges as list } from '../store/settings/audit.ts';
import type { Page, Paging } from '../store/table/page.ts';
import type { Admin } from './admin.ts';

/** Every change by an admin, newest first. */
export function listChanges({ table }: Admin, paging: Paging = {}): Promise<Page<Change>> {
  return list(table, paging);
}

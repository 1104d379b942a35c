import { Failure, InternalError } from '../errors.ts';
import type { Flow } from '../flow/flow.ts';
import { fetchDraft } from '../store/flows/drafts.ts';
import type { FlowHead } from '../store/flows/flows.ts';
import type { Admin } from './admin.ts';

/** Flows that were hidden at this time (ISO) or before can no longer be restored. */
export function hiddenTooLong({ now, retainDays }: Admin): string {
  return daysAfter(now().toISOString(), -retainDays);
}

/** When a flow that was hidden at this time (ISO) can no longer be restored. */
export function restorableUntil({ retainDays }: Admin, hiddenAt: string): string {
  return daysAfter(hiddenAt, retainDays);
}

function daysAfter(time: string, days: number): string {
  return new Date(Date.parse(time) + days * 86_400_000).toISOString();
}

/** The draft of a hidden flow; `undefined` if parts of it have expired. */
export async function readHiddenDraft({ table }: Admin, head: FlowHead): Promise<Flow | undefined> {
  try {
    return await fetchDraft(table, head);
  } catch (error) {
    if (error instanceof InternalError && error.code === 'item-broken') return undefined;
    throw error;
  }
}

/**
 * Throws `flow-deleted` if creating a flow would destroy a deleted one of the same id that can be restored. One that was never
 * published and holds nothing but its start can be replaced: a creation that failed half-way leaves such a flow.
 */
export async function refuseRestorable(admin: Admin, head: FlowHead | undefined): Promise<void> {
  const { id, hiddenAt, lastVersion, first } = head ?? {};
  if (head === undefined || hiddenAt === undefined || hiddenAt <= hiddenTooLong(admin)) return;
  const draft = await readHiddenDraft(admin, head);
  if (draft === undefined) return;
  const isEmpty = (lastVersion ?? 0) < (first ?? 1) && Object.keys(draft.nodes).length <= 1;
  if (isEmpty) return;
  throw new Failure(
    'flow-deleted',
    `A deleted flow "${id}" can be restored until ${restorableUntil(admin, hiddenAt)}: restore it first, or choose another id.`,
  );
}

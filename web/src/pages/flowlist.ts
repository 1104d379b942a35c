import type { FlowRow } from '../api/generated/types.ts';

/** A flow with the numbers whose callers reach it. */
export interface ListedFlow extends FlowRow {
  readonly numbers: readonly string[];
}

/** By what the list of flows can be filtered. */
export const flowStates = ['all', 'live', 'draft', 'changed', 'faulty'] as const;

export type FlowState = (typeof flowStates)[number];

/** By what the list of flows can be sorted. */
const flowOrders = ['name', 'number', 'changed'] as const;

export type FlowOrder = (typeof flowOrders)[number];

/** What the list of flows shows; it stands in the address of the page, so that it stays and can be sent. */
export interface FlowView {
  readonly search: string;
  readonly state: FlowState;
  readonly order: FlowOrder;
  readonly descending: boolean;
}

/** The view that an address asks for; what it does not say, or says wrong, is as usual: the last change first. */
export function readView(asked: URLSearchParams): FlowView {
  const [order = '', way] = (asked.get('sort') ?? '').split(':');
  const known = flowOrders.find((each) => each === order);
  return {
    search: asked.get('q') ?? '',
    state: flowStates.find((each) => each === asked.get('status')) ?? 'all',
    order: known ?? 'changed',
    descending: known === undefined || way === 'down',
  };
}

/** The address of a view; what is as usual is left out. */
export function writeView({ search, state, order, descending }: FlowView): Record<string, string> {
  return {
    ...(search === '' ? {} : { q: search }),
    ...(state === 'all' ? {} : { status: state }),
    ...(order === 'changed' && descending ? {} : { sort: descending ? `${order}:down` : order }),
  };
}

/** The flows that a view shows, in its order. */
export function shownFlows(
  flows: readonly ListedFlow[],
  { search, state, order, descending }: FlowView,
  language: string,
): ListedFlow[] {
  const wanted = search.trim().toLowerCase();
  const { compare } = new Intl.Collator(language, { numeric: true });
  const keyOf = ({ name, numbers, savedAt }: ListedFlow) =>
    order === 'name' ? name : order === 'number' ? (numbers[0] ?? '') : savedAt;
  return flows
    .filter((flow) => isIn(flow, state))
    .filter(({ id, name, numbers }) => `${name} ${id} ${numbers.join(' ')}`.toLowerCase().includes(wanted))
    .sort((one, other) => (descending ? -1 : 1) * compare(keyOf(one), keyOf(other)));
}

function isIn({ live, changed, errors = 0 }: FlowRow, state: FlowState): boolean {
  if (state === 'live') return live !== undefined;
  if (state === 'draft') return live === undefined;
  if (state === 'changed') return changed && live !== undefined;
  return state === 'all' || errors > 0;
}

import { type Item, type Row, textOf } from './item.ts';
import { listsIndex } from './keys.ts';
import { query, type Table, type Walk } from './table.ts';

/** A walk over a list with several index keys. */
export interface ListWalk extends Pick<Walk, 'project'> {
  /** The index keys: one, or that of the previous release followed by those over which items are spread. */
  readonly keys: readonly string[];
  /** The first and the last `place`, both included. */
  readonly from: string;
  readonly to: string;
  /** The expected number of items to be read. */
  readonly wanted: number;
}

/** The items of one key that were read but not yielded yet. */
interface Lane {
  readonly pages: AsyncGenerator<Item[]>;
  items: Item[];
  isOver: boolean;
}

/**
 * The items of a list in batches, the last `place` first. Each key is read ahead by its share of `wanted`, concurrently. Items are
 * yielded as soon as no key can have one that comes before them.
 */
export async function* walkList(table: Table, { keys, ...wanted }: ListWalk): AsyncGenerator<Item[]> {
  const limit = shareOf(wanted.wanted, keys.length);
  const lanes = keys.map(
    (list): Lane => ({ pages: pagesOf(table, list, limit, wanted), items: [], isOver: false }),
  );
  while (lanes.some(({ isOver }) => !isOver)) {
    await Promise.all(lanes.map(fill));
    const found: Item[] = [];
    while (lanes.every(({ items, isOver }) => isOver || items.length > 0)) {
      const next = last(lanes);
      if (next === undefined) break;
      found.push(next);
    }
    yield found;
  }
}

/**
 * The share of one key, with a margin because items are not spread exactly evenly. The first of several keys is that of the previous
 * release, which gets no new items.
 */
function shareOf(wanted: number, keys: number): number {
  if (keys === 1) return wanted;
  const share = wanted / (keys - 1);
  return Math.ceil(share + 2 * Math.sqrt(share));
}

function pagesOf(
  table: Table,
  list: string,
  limit: number,
  { from, to, project }: Omit<ListWalk, 'keys'>,
): AsyncGenerator<Item[]> {
  const values: Row = { list, from, to };
  return query(table, {
    ...{ index: listsIndex, where: '#list = :list AND #place BETWEEN :from AND :to', values },
    ...{ backwards: true, limit },
    ...(project === undefined ? {} : { project }),
  });
}

async function fill(lane: Lane): Promise<void> {
  while (lane.items.length === 0 && !lane.isOver) {
    const { value, done } = await lane.pages.next();
    if (done === true) lane.isOver = true;
    else lane.items = value.toReversed();
  }
}

/** Removes and returns the item with the last `place`; `undefined` if none is left. */
function last(lanes: readonly Lane[]): Item | undefined {
  let best: Lane | undefined;
  for (const lane of lanes) {
    const item = lane.items.at(-1);
    const other = best?.items.at(-1);
    if (item !== undefined && (other === undefined || textOf(item, 'place') > textOf(other, 'place')))
      best = lane;
  }
  return best?.items.pop();
}

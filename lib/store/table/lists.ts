import { type Item, type Row, textOf } from './item.ts';
import { listsIndex } from './keys.ts';
import { query, type Table, type Walk } from './table.ts';

/** A walk over a list that is spread over several keys of the index. */
export interface ListWalk extends Pick<Walk, 'project'> {
  /** The keys at which its items stand: one, or that of the release before and those over which they are spread. */
  readonly keys: readonly string[];
  /** From this place on, up to that one. */
  readonly from: string;
  readonly to: string;
  /** About how many items are wanted. */
  readonly wanted: number;
}

/** What was read of one key and not handed on yet. */
interface Lane {
  readonly pages: AsyncGenerator<Item[]>;
  items: Item[];
  isOver: boolean;
}

/**
 * The items of a list, the last place first, some at a time. Each key is read ahead by its share of what is wanted, all of them at
 * once; items are handed on as far as no key can bring one before them.
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
 * The share of a key, and some more: items are spread evenly, but not exactly so. The first of several keys is that of the
 * release before this one, at which nothing is written any more.
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

/** Takes the item with the last place; `undefined` if nothing is left. */
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

import { defined } from '../../flow/defined.ts';
import { isRecord } from '../../flow/json.ts';
import type { Passage } from '../../journal/passage.ts';
import { type CallEndReason, callEndReasons } from '../../journal/record.ts';
import { type Item, numberOf, type Row, textOf } from '../table/item.ts';
import { callsListKeys } from '../table/keys.ts';
import { walkList } from '../table/lists.ts';
import type { Table } from '../table/table.ts';

/** The part of a call's record that statistics read. */
export interface CallPassage extends Passage {
  readonly flow?: string;
  readonly startedAt: string;
  /** Whether the call has ended. */
  readonly over: boolean;
  readonly endReason?: CallEndReason;
}

/** The calls of a time range. */
export interface CallPassages {
  /** Newest first. */
  readonly calls: readonly CallPassage[];
  /** Whether `calls` has all calls of the range; `false` if there were more than `mostCounted`. */
  readonly complete: boolean;
  /** From this time on `calls` is complete (ISO, UTC). */
  readonly since: string;
}

/** The most calls that statistics read: the newest ones of their range. */
export const mostCounted = 5000;

/** The newest `mostCounted` calls that began at or after `since`, and before `until` (ISO, UTC). */
export async function fetchPassages(
  table: Table,
  { since, until }: { readonly since: string; readonly until: string },
): Promise<CallPassages> {
  if (since >= until) return { calls: [], complete: true, since };
  const walk = walkList(table, {
    ...{ keys: callsListKeys, from: since, to: until, wanted: mostCounted + 1 },
    project:
      '#place, #startedAt, #endedAt, #endReason, #flow, #exits, #lastNode, #queued, #waitSeconds, #missedBy',
  });
  const calls: CallPassage[] = [];
  for await (const items of walk) {
    calls.push(...items.map(passageIn));
    if (calls.length > mostCounted) {
      return {
        calls: calls.slice(0, mostCounted),
        complete: false,
        since: calls[mostCounted - 1]?.startedAt ?? since,
      };
    }
  }
  return { calls, complete: true, since };
}

/** A passage as attributes of a call's item. */
export function passageRow({ exits, last, queued, waitSeconds, missedBy }: Passage): Row {
  return {
    exits: Object.keys(exits).length === 0 ? undefined : JSON.stringify(exits),
    lastNode: last,
    queued: queued || undefined,
    waitSeconds,
    missedBy: missedBy.join(' ') || undefined,
  };
}

function passageIn(item: Item): CallPassage {
  const flow = item.flow?.S;
  const last = item.lastNode?.S;
  const waitSeconds = numberOf(item, 'waitSeconds');
  const endReason = callEndReasons.find((each) => each === item.endReason?.S);
  return {
    startedAt: textOf(item, 'startedAt'),
    over: item.endedAt !== undefined,
    exits: exitsIn(item),
    queued: item.queued?.BOOL === true,
    missedBy: missersIn(item),
    ...defined({ flow, endReason, last, waitSeconds }),
  };
}

/** Filters of a list of calls by their path through flows. */
export interface PassageFilter {
  readonly flow?: string;
  readonly version?: number;
  /** A node of `flow` that the call visited, even if it began in another flow. */
  readonly node?: string;
  /** The exit that the call took at the node. */
  readonly exit?: string;
  /** Only calls that ended at the node. */
  readonly ended?: boolean;
  /** The staff number of an agent who missed a ring for this call. */
  readonly missedBy?: string;
}

/** Whether the item of a call matches a filter. */
export function hasPassed(item: Item, { node, missedBy, ...filter }: PassageFilter): boolean {
  if (missedBy !== undefined && !missersIn(item).includes(missedBy)) return false;
  if (node !== undefined) return hasComeTo(item, { ...filter, node });
  const { flow, version } = filter;
  if (version !== undefined && numberOf(item, 'version') !== version) return false;
  return flow === undefined || item.flow?.S === flow;
}

function hasComeTo(
  item: Item,
  { flow, version, node, exit, ended = false }: PassageFilter & { readonly node: string },
): boolean {
  const isWanted = (place: string) =>
    version === undefined ? place.startsWith(`${flow}@`) : place === `${flow}@${version}`;
  const [lastPlace = '', lastNode] = item.lastNode?.S?.split(' ') ?? [];
  if (ended && (item.endedAt === undefined || lastNode !== node || !isWanted(lastPlace))) return false;
  if (item.exits === undefined) return hasListed(item, { flow, version, node, exit });
  return Object.entries(exitsIn(item)).some(([place, nodes]) => {
    if (!isWanted(place) || !Object.hasOwn(nodes, node)) return false;
    return exit === undefined || nodes[node]?.includes(exit) === true;
  });
}

/** The same for an item of the previous release, which lists the nodes of its first flow and no exits. */
function hasListed(
  item: Item,
  { flow, version, node, exit }: { [Name in keyof PassageFilter]: PassageFilter[Name] | undefined },
): boolean {
  if (item.flow?.S !== flow || exit !== undefined) return false;
  if (version !== undefined && numberOf(item, 'version') !== version) return false;
  return item.nodes?.S?.includes(` ${node} `) === true;
}

function exitsIn(item: Item): Passage['exits'] {
  const found: unknown = item.exits?.S === undefined ? {} : JSON.parse(item.exits.S);
  return isRecord(found) ? (found as Passage['exits']) : {};
}

function missersIn(item: Item): string[] {
  return item.missedBy?.S?.split(' ') ?? [];
}

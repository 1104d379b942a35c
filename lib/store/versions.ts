import { Failure } from '../errors.ts';
import { defaultLanguage, type Flow, type FlowNode } from '../flow/flow.ts';
import type { FlowHead } from './flows.ts';
import { expiry, type Item, numberOf, textOf, toItem } from './item.ts';
import { nodeKey, versionKey, versionPk } from './keys.ts';
import { type Page, type Paging, usualLimit } from './page.ts';
import { get, getAll, put, putAll, query, remove, type Table } from './table.ts';

/** Who published a version, when, and what it is called. */
export interface VersionHead {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly note?: string;
  readonly name: string;
  readonly language: string;
  /** How many nodes it has. */
  readonly nodes: number;
}

/** What a node may take as JSON, in bytes of UTF-8: an item takes 400 KB with all that it holds. */
export const largestNodeBytes = 390 * 1024;

type Layout = NonNullable<Flow['layout']>;

/**
 * Freezes a document under a number that was taken for it: one item a node, then the head, which makes it whole and holds
 * the notes. Places in the layout for nodes that are not there are left out. Throws where a node takes more than
 * `largestNodeBytes`, or the notes more than an item leaves them.
 */
export async function writeVersion(
  table: Table,
  document: Flow,
  version: number,
  { at, by, note }: { at: Date; by: string; note?: string | undefined },
): Promise<VersionHead> {
  const { nodes, layout = {}, notes, ...rest } = document;
  const entries = Object.entries(nodes);
  await putAll(
    table,
    entries.map(([id, node], place) => {
      const position = Object.hasOwn(layout, id) ? JSON.stringify(layout[id]) : undefined;
      const key = nodeKey(document.id, version, place, id);
      return toItem({ ...key, id, type: node.type, label: node.label, json: JSON.stringify(node), position });
    }),
  );
  const head = {
    version,
    at: at.toISOString(),
    by,
    name: document.name,
    language: document.language ?? defaultLanguage,
    nodes: entries.length,
    ...(note === undefined ? {} : { note }),
  };
  const json = JSON.stringify(document.layout === undefined ? rest : { ...rest, layout: {} });
  await put(table, versionKey(document.id, version), {
    ...head,
    json,
    notes: notes && JSON.stringify(notes),
  });
  return head;
}

/**
 * A published version as a call walks it, without its layout and its notes, in one Query (DynamoDB's pages of 1 MB);
 * undefined where it does not exist or is not whole.
 */
export async function readVersion(
  table: Table,
  id: string,
  version: number,
  signal?: AbortSignal,
): Promise<Flow | undefined> {
  const read = await load(table, id, version, '#id, #json, #nodes', signal);
  if (read === undefined) return undefined;
  const { layout: _, ...rest } = read.rest;
  return { ...rest, nodes: read.nodes };
}

/** A published version as it was frozen, with its layout and its notes; undefined where it does not exist or is not whole. */
export async function readDocument(table: Table, id: string, version: number): Promise<Flow | undefined> {
  const read = await load(table, id, version, '#id, #json, #nodes, #notes, #position');
  if (read === undefined) return undefined;
  const { layout, ...rest } = read.rest;
  const notes = read.notes === undefined ? {} : { notes: read.notes };
  if (layout === undefined) return { ...rest, nodes: read.nodes, ...notes };
  const positions = read.items.flatMap(({ id: node, position }): [string, Layout[string]][] =>
    node?.S === undefined || position?.S === undefined ? [] : [[node.S, JSON.parse(position.S)]],
  );
  return { ...rest, nodes: read.nodes, layout: Object.fromEntries(positions), ...notes };
}

async function load(table: Table, id: string, version: number, project: string, signal?: AbortSignal) {
  const walk = query(table, { where: '#pk = :pk', values: { pk: versionPk(id, version) }, project }, signal);
  const items: Item[] = [];
  for await (const found of walk) items.push(...found);
  const [head, ...rest] = items;
  // Nodes have an id, the head counts them. Of a version whose nodes have begun to expire not all are there.
  if (head === undefined || numberOf(head, 'nodes') !== rest.length) return undefined;
  const nodes = rest.map((item): [string, FlowNode] => [
    textOf(item, 'id'),
    JSON.parse(textOf(item, 'json')),
  ]);
  return {
    rest: JSON.parse(textOf(head, 'json')) as Omit<Flow, 'nodes' | 'notes'>,
    nodes: Object.fromEntries(nodes),
    notes: head.notes?.S === undefined ? undefined : (JSON.parse(head.notes.S) as Flow['notes']),
    items: rest,
  };
}

/** The head of a whole version; undefined where there is none. */
export async function readVersionHead(
  table: Table,
  id: string,
  version: number,
): Promise<VersionHead | undefined> {
  const item = await get(table, versionKey(id, version), { project: headFields });
  return item === undefined ? undefined : headOf(item);
}

/** The whole versions of a flow since it was created, newest first. Numbers that were taken in vain are passed over. */
export async function listVersions(
  table: Table,
  flow: FlowHead,
  { limit = usualLimit, after }: Paging = {},
): Promise<Page<VersionHead>> {
  const found: VersionHead[] = [];
  let newest = after === undefined ? flow.taken : Math.min(flow.taken, countOf(after) - 1);
  // One more than is wanted tells whether there is a next page.
  while (found.length <= limit && newest >= flow.first) {
    const count = Math.min(limit + 1 - found.length, batchGets, newest - flow.first + 1);
    const keys = Array.from({ length: count }, (_, step) => versionKey(flow.id, newest - step));
    const items = await getAll(table, keys, { project: headFields });
    found.push(...items.map(headOf).sort((one, other) => other.version - one.version));
    newest -= count;
  }
  const heads = found.slice(0, limit);
  const last = heads.at(-1);
  return { items: heads, ...(found.length > limit && last ? { next: String(last.version) } : {}) };
}

/** Takes back that a version is whole: for one that was not made live after all. */
export async function dropVersion(table: Table, id: string, version: number): Promise<void> {
  await remove(table, versionKey(id, version));
}

/** Gives all versions of a flow since it was created their end in so many days. */
export async function expireVersions(table: Table, flow: FlowHead, at: Date, days: number): Promise<void> {
  const expiresAt = toItem({ expiresAt: expiry(at, days) });
  for (let version = flow.first; version <= flow.taken; version += 1) {
    const walk = query(table, { where: '#pk = :pk', values: { pk: versionPk(flow.id, version) } });
    for await (const items of walk) {
      await putAll(
        table,
        items.map((item) => ({ ...item, ...expiresAt })),
      );
    }
  }
}

/** How many items DynamoDB reads in one go. */
const batchGets = 100;

const headFields = '#version, #at, #by, #note, #name, #language, #nodes';

function headOf(item: Item): VersionHead {
  const note = item.note?.S;
  return {
    version: numberOf(item, 'version') ?? 0,
    at: textOf(item, 'at'),
    by: textOf(item, 'by'),
    name: textOf(item, 'name'),
    language: textOf(item, 'language'),
    nodes: numberOf(item, 'nodes') ?? 0,
    ...(note === undefined ? {} : { note }),
  };
}

function countOf(cursor: string): number {
  if (!/^[0-9]{1,9}$/.test(cursor))
    throw new Failure('bad-input', '`after` must be what a page gave as `next`.');
  return Number(cursor);
}

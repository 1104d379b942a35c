import { defined } from '../../flow/defined.ts';
import { defaultLanguage, type Flow } from '../../flow/flow.ts';
import { noSounds, orNoSounds, type Sounds } from '../../flow/sounds.ts';
import type { Uses } from '../../flow/uses.ts';
import { expiry, type Item, numberOf, textOf, toItem } from '../table/item.ts';
import { partKey, type VersionPart, versionKey, versionPk, walkedFrom } from '../table/keys.ts';
import { inLanes } from '../table/lanes.ts';
import { collectPage, cursorAt, type Page, type Paging, placeAfter, usualLimit } from '../table/page.ts';
import { expireItems, fromPieces, keepItems, piecesIn, toPieces } from '../table/pieces.ts';
import { get, getAll, put, putAll, query, remove, type Table, type Walk } from '../table/table.ts';
import type { FlowHead } from './flows.ts';
import { isNodeItems, nodeItemsDocument, nodeItemsWalked } from './nodeitems.ts';
import { usesIn, usesText } from './uses.ts';

/** The head of a version: who published it, when, and a summary. */
export interface VersionHead {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly note?: string;
  /** The reason for publishing although call scripts failed. */
  readonly despite?: string;
  readonly name: string;
  readonly language: string;
  /** The number of its nodes. */
  readonly nodes: number;
}

/** A published version as calls use it: the flow without layout and notes, and its sounds. */
export interface Published {
  readonly flow: Flow;
  readonly sounds: Sounds;
}

/** The data of a version besides its document. */
export interface Publication {
  readonly at: Date;
  readonly by: string;
  readonly note?: string | undefined;
  readonly despite?: string | undefined;
  /** The call script that is stored with it. */
  readonly script?: string | undefined;
  readonly uses?: Uses;
  /** Its sounds; none if left out. */
  readonly sounds?: Sounds;
}

/**
 * Writes a version under a number that was taken for it. The document is compressed and split into pieces; layout, notes and script
 * are apart from the part that calls read. The head is written last: a version with a head is complete.
 */
export async function writeVersion(
  table: Table,
  document: Flow,
  version: number,
  { at, by, note, despite, script = '', uses, sounds }: Publication,
): Promise<VersionHead> {
  const { layout, notes, ...walked } = document;
  // Like the canvas, the script is for authors: no call reads it.
  const calls = script === '' ? undefined : script;
  const drawn = layout !== undefined || notes !== undefined || calls !== undefined;
  const [flow, canvas] = await Promise.all([
    toPieces({ ...walked, sounds }),
    drawn ? toPieces({ layout, notes, calls }) : [],
  ]);
  const itemsOf = (part: VersionPart, pieces: readonly Uint8Array[]) =>
    pieces.map((json, place) => toItem({ ...partKey(document.id, version, part, place), json }));
  await putAll(table, [...itemsOf('flow', flow), ...itemsOf('canvas', canvas)]);
  const head = {
    version,
    at: at.toISOString(),
    by,
    name: document.name,
    language: document.language ?? defaultLanguage,
    nodes: Object.keys(document.nodes).length,
    ...defined({ note, despite }),
  };
  const pieces = { flowPieces: flow.length, canvasPieces: canvas.length };
  await put(table, versionKey(document.id, version), { ...head, ...pieces, uses: usesText(version, uses) });
  return head;
}

/** A published version without layout and notes; `undefined` if it does not exist or is incomplete. */
export async function fetchVersion(table: Table, id: string, version: number): Promise<Flow | undefined> {
  return (await readPublished(table, id, version))?.flow;
}

/**
 * A published version with its sounds, in one Query (with pages of 1 MB). `undefined` if it does not exist or is incomplete.
 */
export async function readPublished(
  table: Table,
  id: string,
  version: number,
  signal?: AbortSignal,
): Promise<Published | undefined> {
  const where = '#pk = :pk AND #sk >= :from';
  const values = { pk: versionPk(id, version), from: walkedFrom };
  const project = '#sk, #json, #flowPieces, #nodes, #id';
  const items = await load(table, { where, values, project }, signal);
  if (isNodeItems(items)) {
    const flow = nodeItemsWalked(items);
    return flow && { flow, sounds: noSounds };
  }
  return walkedIn(items);
}

/** The sounds are stored in the flow's document, which has no field of that name. */
function walkedIn(items: readonly Item[]): Published | undefined {
  const walked = partOf(items, 'flow') as (Flow & { readonly sounds?: Sounds }) | undefined;
  if (walked === undefined) return undefined;
  const { sounds, ...flow } = walked;
  return { flow, sounds: orNoSounds(sounds) };
}

/**
 * The complete document of a published version; `layout` and `notes` come last. `undefined` if it does not exist or is incomplete.
 */
export async function readDocument(table: Table, id: string, version: number): Promise<Flow | undefined> {
  const items = await load(table, { where: '#pk = :pk', values: { pk: versionPk(id, version) } });
  if (isNodeItems(items)) return nodeItemsDocument(items);
  const flow = walkedIn(items)?.flow;
  const canvas = partOf(items, 'canvas') as Canvas | undefined;
  if (flow === undefined || canvas === undefined) return undefined;
  const { calls: _, ...drawn } = canvas;
  return { ...flow, ...drawn } as Flow;
}

/** The part of a version that no call reads. */
type Canvas = Pick<Flow, 'layout' | 'notes'> & { readonly calls?: string };

/** The call script that was published with a version; empty if there is none. */
export async function fetchVersionScript(table: Table, id: string, version: number): Promise<string> {
  const items = await load(table, { where: '#pk = :pk', values: { pk: versionPk(id, version) } });
  return (partOf(items, 'canvas') as Canvas | undefined)?.calls ?? '';
}

async function load(table: Table, walk: Walk, signal?: AbortSignal): Promise<Item[]> {
  const found: Item[] = [];
  for await (const items of query(table, walk, signal)) found.push(...items);
  return found;
}

/** The content of a part; `undefined` without a head or if a piece is missing, because pieces expire one by one. */
function partOf(items: readonly Item[], part: VersionPart): object | undefined {
  const head = items.find((item) => item.sk?.S === 'head');
  const count = head && numberOf(head, `${part}Pieces`);
  const pieces = piecesIn(items.filter((item) => item.sk?.S?.startsWith(`${part}#`)));
  if (count === undefined || pieces.length !== count) return undefined;
  return count === 0 ? {} : (fromPieces(pieces) as object);
}

/** The head of a version; `undefined` if it does not exist or is incomplete. */
export async function readVersionHead(
  table: Table,
  id: string,
  version: number,
): Promise<VersionHead | undefined> {
  const item = await get(table, versionKey(id, version), { project: headFields });
  return item === undefined ? undefined : headOf(item);
}

/** The resources of a version; `undefined` if the version must be read for them, or does not exist. */
export async function readVersionUses(table: Table, id: string, version: number): Promise<Uses | undefined> {
  const item = await get(table, versionKey(id, version), { project: '#uses' });
  return item === undefined ? undefined : usesIn(item, 'uses', version);
}

/**
 * A page of the complete versions of a flow since its creation, newest first. Numbers without a version are skipped. Throws
 * `cursor-foreign`.
 */
export async function fetchVersions(
  table: Table,
  flow: FlowHead,
  { limit = usualLimit, after }: Paging = {},
): Promise<Page<VersionHead>> {
  const found: VersionHead[] = [];
  const list = { name: `versions of ${flow.id}`, place: /^[1-9][0-9]{0,8}$/ };
  const past = placeAfter(list, after);
  let newest = past === undefined ? flow.lastVersion : Math.min(flow.lastVersion, Number(past) - 1);
  // One more than `limit` shows whether there is a next page.
  while (found.length <= limit && newest >= flow.first) {
    const count = Math.min(limit + 1 - found.length, batchGets, newest - flow.first + 1);
    const keys = Array.from({ length: count }, (_, step) => versionKey(flow.id, newest - step));
    const items = await getAll(table, keys, { project: headFields });
    found.push(...items.map(headOf).sort((one, other) => other.version - one.version));
    newest -= count;
  }
  const heads = found.slice(0, limit);
  const last = heads.at(-1);
  return {
    items: heads,
    ...(found.length > limit && last ? { next: cursorAt(list, String(last.version)) } : {}),
  };
}

/** Removes a version that could not be made live: its head is deleted, and its pieces expire. */
export async function dropVersion(table: Table, id: string, version: number, at: Date): Promise<void> {
  await remove(table, versionKey(id, version));
  await expireVersion(table, id, version, expiry(at, 0));
}

/** How many versions are processed concurrently. */
const lanes = 4;

/**
 * Lets all versions of a flow since its creation expire after this many days, including incomplete ones. Can be repeated: an item that
 * already expires keeps its time.
 */
export async function expireVersions(table: Table, flow: FlowHead, at: Date, days: number): Promise<void> {
  const count = flow.lastVersion - flow.first + 1;
  const versions = Array.from({ length: Math.max(count, 0) }, (_, place) => flow.first + place);
  await inLanes(versions, lanes, (version) => expireVersion(table, flow.id, version, expiry(at, days)));
}

/** Removes the expiry of all complete versions of a hidden flow. */
export async function keepVersions(table: Table, flow: FlowHead): Promise<void> {
  const whole = await collectPage((paging) => fetchVersions(table, flow, paging));
  await inLanes(whole, lanes, ({ version }) =>
    keepItems(table, { where: '#pk = :pk', values: { pk: versionPk(flow.id, version) } }),
  );
}

async function expireVersion(table: Table, id: string, version: number, expiresAt: number): Promise<void> {
  await expireItems(table, { where: '#pk = :pk', values: { pk: versionPk(id, version) } }, expiresAt);
}

/** The most items in one BatchGetItem. */
const batchGets = 100;

const headFields = '#version, #at, #by, #note, #despite, #name, #language, #nodes';

function headOf(item: Item): VersionHead {
  const note = item.note?.S;
  const despite = item.despite?.S;
  return {
    version: numberOf(item, 'version') ?? 0,
    at: textOf(item, 'at'),
    by: textOf(item, 'by'),
    name: textOf(item, 'name'),
    language: textOf(item, 'language'),
    nodes: numberOf(item, 'nodes') ?? 0,
    ...defined({ note, despite }),
  };
}

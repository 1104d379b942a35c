import { Failure, InternalError } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { longestCallMs } from '../../flow/events.ts';
import { defaultLanguage, flowId, isFlowId } from '../../flow/flow.ts';
import type { Uses } from '../../flow/uses.ts';
import { type Item, numberOf, textOf } from '../table/item.ts';
import { flowKey, flowsPk } from '../table/keys.ts';
import { type Page, type Paging, type Partition, page } from '../table/page.ts';
import { changeIf, get, query, type Table } from '../table/table.ts';
import { isToldOf, usesIn, usesText } from './uses.ts';

/** A saved revision of a draft. `revision` is its name and its ETag; names sort by age. */
export interface Revision {
  readonly revision: string;
  /** The number of items that hold it. */
  readonly pieces: number;
  /** The digest of the document; the order of its keys does not matter. */
  readonly digest: string;
  readonly savedAt: string;
  readonly savedBy: string;
  /** The number of errors in the document when it was saved; `undefined` if not known. */
  readonly errors?: number;
  /** The resources that the document refers to; `undefined` if the document must be read for them. */
  readonly uses?: Uses;
}

/** A version that is no longer live. Calls that began with it may go on until `until` (ISO). */
export interface FormerVersion {
  readonly version: number;
  readonly until: string;
}

/** The head of a flow: its draft, and its live version. */
export interface FlowHead {
  readonly id: string;
  readonly name: string;
  readonly draft: Revision;
  /** The version that new calls get. */
  readonly live?: number;
  /** The resources that the live version refers to; `undefined` if the version must be read for them. */
  readonly liveUses?: Uses;
  /** The versions that calls may still use. */
  readonly former: readonly FormerVersion[];
  /** The version that was published last, and its digest. */
  readonly newest?: { readonly version: number; readonly digest: string };
  /** The last version number that was taken, even if that version was never completed. It never decreases. */
  readonly lastVersion: number;
  /** The first version number since the flow was created, or created again. */
  readonly first: number;
  /** Counts the changes of `live`, to detect concurrent ones. */
  readonly moves: number;
  /** Counts the bindings of numbers, to detect concurrent ones. */
  readonly bindings: number;
  readonly hiddenAt?: string;
  /** When all drafts and versions of the hidden flow were set to expire; left out while the deletion is not finished. */
  readonly sweptAt?: string;
}

/** What an arriving call needs to know about a flow. */
export interface LiveVersion {
  /** The live version. */
  readonly version?: number;
  /** The language of that version; if there is none, of the draft. */
  readonly language: string;
}

/** The live version of a flow (consistent read); `undefined` if the flow is hidden or does not exist. */
export async function readLiveVersion(
  table: Table,
  id: string,
  signal?: AbortSignal,
): Promise<LiveVersion | undefined> {
  // A draft may name any text as a flow, also one that is too long for a key.
  if (!isFlowId(id)) return undefined;
  const project = '#live, #language, #draftLanguage, #hiddenAt';
  return liveVersionIn(await get(table, flowKey(id), { project, signal }));
}

/** The live version in a flow's item; `undefined` if the flow is hidden or does not exist. */
export function liveVersionIn(item: Item | undefined): LiveVersion | undefined {
  if (item === undefined || item.hiddenAt !== undefined) return undefined;
  const version = numberOf(item, 'live');
  const language = item.language?.S ?? item.draftLanguage?.S ?? defaultLanguage;
  return version === undefined ? { language } : { version, language };
}

/** The head of a flow, even if it is hidden; `undefined` if it never existed. */
export async function readHead(table: Table, id: string): Promise<FlowHead | undefined> {
  const item = await get(table, flowKey(id));
  return item === undefined ? undefined : headOf(item);
}

/** The heads of all flows, including hidden ones. */
export async function readHeads(table: Table): Promise<FlowHead[]> {
  const heads: FlowHead[] = [];
  const walk = query(table, { where: '#pk = :pk', values: { pk: flowsPk } });
  for await (const items of walk) heads.push(...items.map(headOf));
  return heads;
}

/** The flows that are not hidden, by id. Throws `cursor-foreign`. */
export function listHeads(table: Table, paging: Paging = {}): Promise<Page<FlowHead>> {
  return page(table, list, headOf, paging);
}

const list: Partition = {
  ...{ name: 'flows', pk: flowsPk, place: flowId },
  filter: 'attribute_not_exists(#hiddenAt)',
};

/** The flows that were hidden after a time (ISO, UTC), by id. Throws `cursor-foreign`. */
export function listHidden(table: Table, since: string, paging: Paging = {}): Promise<Page<FlowHead>> {
  const isListed = (item: Item) => (item.hiddenAt?.S ?? '') > since;
  const hidden = { name: 'deleted flows', filter: 'attribute_exists(#hiddenAt)', isListed };
  return page(table, { ...list, ...hidden }, headOf, paging);
}

/** Takes the next version number of a flow. A number is never used twice. Throws `flow-missing`. */
export async function takeNumber(table: Table, id: string): Promise<number> {
  const changed = await change(table, id, 'ADD #taken :one', { one: 1 });
  const taken = numberOf(changed, 'taken');
  if (taken === undefined)
    throw new InternalError('item-broken', 'The table did not say which number was taken.');
  return taken;
}

/** The version to make live. `digest` is set if it was just published, `uses` if it is known. */
export interface Target {
  readonly version: number;
  readonly language: string;
  readonly digest?: string;
  readonly uses?: Uses;
}

/**
 * Makes a complete version live. Throws `publish-raced` if `live` was changed, or the flow hidden, since the head was read; nothing is
 * changed then.
 */
export async function moveLive(table: Table, head: FlowHead, target: Target, at: Date): Promise<void> {
  const { version, language, digest } = target;
  const published = digest === undefined ? '' : ', #newest = :version, #newestDigest = :digest';
  const moved = head.moves + 1;
  const write = {
    change: `SET #live = :version, #language = :language, #moves = :moved, #liveUses = :uses, #former = :former${published}`,
    when: '#moves = :moves AND attribute_not_exists(#hiddenAt)',
    values: {
      ...{ version, language, digest, moves: head.moves, moved },
      ...{ uses: usesText(version, target.uses), former: formerText(head, at, version) },
    },
  };
  const { done } = await changeIf(table, flowKey(head.id), write, (item) => {
    return item !== undefined && item.hiddenAt === undefined && isMoved(item, version, moved);
  });
  if (done) return;
  throw new Failure(
    'publish-raced',
    `${head.id} was published, rolled back or deleted at the same time: look at its versions and try again.`,
  );
}

function isMoved(item: Item, version: number, moved: number): boolean {
  return numberOf(item, 'live') === version && numberOf(item, 'moves') === moved;
}

/** The attribute `former` after `next`, or no version, becomes live. */
function formerText({ live, former }: FlowHead, at: Date, next?: number): string {
  const leaving = live === undefined ? [] : [{ version: live, until: after(at, longestCallMs) }];
  const earlier = former.filter(({ version, until }) => version !== live && until > after(at, 0));
  return JSON.stringify([...leaving, ...earlier].filter(({ version }) => version !== next));
}

function after(at: Date, ms: number): string {
  return new Date(at.getTime() + ms).toISOString();
}

/** Counts a binding of a number to a flow, so that a concurrent deletion is refused. Throws `flow-missing`. */
export async function noteBinding(table: Table, id: string): Promise<void> {
  await change(table, id, 'ADD #bindings :one', { one: 1 });
}

/** Hides a flow: calls no longer reach it. A restore finds its draft and versions as they were. Throws `flow-bound` if a number was bound since the head was read. */
export async function hide(table: Table, head: FlowHead, at: Date): Promise<void> {
  const write = {
    change: 'SET #hiddenAt = :at, #former = :former ADD #moves :one REMOVE #live, #liveUses, #language',
    when: '#bindings = :bindings AND #moves = :moves AND attribute_not_exists(#hiddenAt)',
    values: {
      ...{ at: after(at, 0), former: formerText(head, at) },
      ...{ one: 1, bindings: head.bindings, moves: head.moves },
    },
  };
  // If somebody else hid it at the same time, that is a success, too.
  const isHidden = (item: Item | undefined) => item?.hiddenAt !== undefined;
  const { done, item } = await changeIf(table, flowKey(head.id), write, isHidden);
  if (done) return;
  // `former` depends on the live version: if only that has changed, try again with the new head.
  if (item !== undefined && headOf(item).bindings === head.bindings) return hide(table, headOf(item), at);
  throw new Failure('flow-bound', `A number was bound to ${head.id} at the same time: unbind it first.`);
}

/** Records that all drafts and versions of a hidden flow expire, unless the flow was created again meanwhile. */
export async function noteSwept(table: Table, { id, hiddenAt }: FlowHead, at: Date): Promise<void> {
  const write = {
    change: 'SET #sweptAt = :at',
    when: '#hiddenAt = :hiddenAt',
    values: { at: after(at, 0), hiddenAt },
  };
  // If the flow was created again, there is nothing to record.
  await changeIf(table, flowKey(id), write, () => true);
}

/**
 * Records, before a restore, that items of the hidden flow may have no expiry. If the restore is interrupted, the next deletion or
 * creation finishes the deletion. Throws `flow-missing` if the flow is no longer hidden as it was read.
 */
export async function noteUnswept(table: Table, { id, hiddenAt }: FlowHead): Promise<void> {
  const write = { change: 'REMOVE #sweptAt', when: '#hiddenAt = :hiddenAt', values: { hiddenAt } };
  const isMine = (item: Item | undefined) => item?.hiddenAt?.S === hiddenAt && item?.sweptAt === undefined;
  if (!(await changeIf(table, flowKey(id), write, isMine)).done) throw flowMissing(id);
}

/**
 * Shows a hidden flow again, with its draft and without a live version. `newest` is set if it is given, since earlier releases removed
 * it from hidden flows. Resolves with `false` if the flow is no longer hidden as it was read.
 */
export async function unhide(
  table: Table,
  { id, hiddenAt, draft }: FlowHead,
  newest?: FlowHead['newest'],
): Promise<boolean> {
  const { revision } = draft;
  const { version, digest } = newest ?? {};
  const published = newest === undefined ? '' : 'SET #newest = :version, #newestDigest = :digest ';
  const write = {
    change: `${published}REMOVE #hiddenAt, #sweptAt`,
    when: '#hiddenAt = :hiddenAt AND #revision = :revision',
    values: { hiddenAt, revision, version, digest },
  };
  const isShown = (item: Item | undefined) =>
    item !== undefined && item.hiddenAt === undefined && item.revision?.S === revision;
  return (await changeIf(table, flowKey(id), write, isShown)).done;
}

/** The error for a flow that does not exist. */
export function flowMissing(id: string): Failure {
  return new Failure('flow-missing', `There is no flow "${id}".`);
}

async function change(table: Table, id: string, expression: string, values: { one: number }): Promise<Item> {
  const when = 'attribute_exists(#pk) AND attribute_not_exists(#hiddenAt)';
  // The condition still holds after a lost answer, so a retry counts twice: only a number is skipped.
  const { done, item } = await changeIf(
    table,
    flowKey(id),
    { change: expression, when, values },
    () => false,
  );
  if (!done || item === undefined) throw flowMissing(id);
  return item;
}

function headOf(item: Item): FlowHead {
  const liveVersion = numberOf(item, 'live');
  const liveUses = liveVersion === undefined ? undefined : usesIn(item, 'liveUses', liveVersion);
  const newest = numberOf(item, 'newest');
  const hiddenAt = item.hiddenAt?.S;
  const sweptAt = item.sweptAt?.S;
  return {
    id: textOf(item, 'sk'),
    name: textOf(item, 'name'),
    draft: revisionOf(item),
    former: JSON.parse(item.former?.S ?? '[]') as FormerVersion[],
    lastVersion: numberOf(item, 'taken') ?? 0,
    first: numberOf(item, 'first') ?? 1,
    moves: numberOf(item, 'moves') ?? 0,
    bindings: numberOf(item, 'bindings') ?? 0,
    ...defined({ live: liveVersion, liveUses }),
    ...(newest === undefined ? {} : { newest: { version: newest, digest: textOf(item, 'newestDigest') } }),
    ...defined({ hiddenAt, sweptAt }),
  };
}

function revisionOf(item: Item): Revision {
  const revision = textOf(item, 'revision');
  const errors = isToldOf(item, 'draftUses', revision) ? numberOf(item, 'errors') : undefined;
  const uses = usesIn(item, 'draftUses', revision);
  return {
    revision,
    pieces: numberOf(item, 'pieces') ?? 0,
    digest: textOf(item, 'digest'),
    savedAt: textOf(item, 'savedAt'),
    savedBy: textOf(item, 'savedBy'),
    ...defined({ errors, uses }),
  };
}

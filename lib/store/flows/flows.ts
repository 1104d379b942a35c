import { Failure, InternalError } from '../../errors.ts';
import { defined } from '../../flow/defined.ts';
import { defaultLanguage, flowId } from '../../flow/flow.ts';
import type { Uses } from '../../flow/uses.ts';
import { type Item, numberOf, textOf } from '../table/item.ts';
import { flowKey, flowsPk } from '../table/keys.ts';
import { type Page, type Paging, type Partition, page } from '../table/page.ts';
import { changeIf, get, query, type Table } from '../table/table.ts';
import { isToldOf, usesIn, usesText } from './uses.ts';

/** A saved revision of a draft. Its name is its ETag; names sort by age. */
export interface Revision {
  readonly revision: string;
  /** How many pieces it is kept in. */
  readonly pieces: number;
  /** Of the document: equal for equal documents, in whatever order their keys stand. */
  readonly digest: string;
  readonly savedAt: string;
  readonly savedBy: string;
  /** How many errors the document had when it was saved; `undefined` if they were not counted. */
  readonly errors?: number;
  /** What the document names outside itself; `undefined` if the document must be read for it. */
  readonly uses?: Uses;
}

/** A version that is live no more. Calls that began with it may go on until `until` (ISO). */
export interface FormerVersion {
  readonly version: number;
  readonly until: string;
}

/** The head of a flow: its draft, and which of its versions callers get. */
export interface FlowHead {
  readonly id: string;
  readonly name: string;
  readonly draft: Revision;
  /** The version that new calls take. */
  readonly live?: number;
  /** What the live version names outside itself; `undefined` if the version must be read for it. */
  readonly liveUses?: Uses;
  /** Versions that were live within the length of a call. */
  readonly former: readonly FormerVersion[];
  /** The version published last, and the digest of what was published. */
  readonly newest?: { readonly version: number; readonly digest: string };
  /** The last version number that was taken, whole or not; it never goes back. */
  readonly lastVersion: number;
  /** The first version number since the flow was created, or created again. */
  readonly first: number;
  /** How often `live` was moved: it tells whether anybody did since. */
  readonly moves: number;
  /** How often a number was bound to it: it tells whether anybody did since. */
  readonly bindings: number;
  readonly hiddenAt?: string;
  /** When all drafts and versions of the hidden flow had their end; without it, its deletion is not finished. */
  readonly sweptAt?: string;
}

/** The longest that a call can last: the carrier ends it after 4 hours (https://www.twilio.com/docs/voice/api/call-resource). */
const longestCallMs = 4 * 3_600_000;

/** What a call that arrives needs to know of a flow. */
export interface LiveVersion {
  /** The live version. */
  readonly version?: number;
  /** The language of that version; if there is none, of the draft. */
  readonly language: string;
}

/** What a flow's callers get, as of now; `undefined` if it is hidden or does not exist. */
export async function readLiveVersion(
  table: Table,
  id: string,
  signal?: AbortSignal,
): Promise<LiveVersion | undefined> {
  const project = '#live, #language, #draftLanguage, #hiddenAt';
  return liveVersionIn(await get(table, flowKey(id), { project, signal }));
}

/** What the callers of a flow get, by its item in the table. */
export function liveVersionIn(item: Item | undefined): LiveVersion | undefined {
  if (item === undefined || item.hiddenAt !== undefined) return undefined;
  const version = numberOf(item, 'live');
  const language = item.language?.S ?? item.draftLanguage?.S ?? defaultLanguage;
  return version === undefined ? { language } : { version, language };
}

/** The head of a flow, hidden ones too; `undefined` if there never was such a flow. */
export async function readHead(table: Table, id: string): Promise<FlowHead | undefined> {
  const item = await get(table, flowKey(id));
  return item === undefined ? undefined : headOf(item);
}

/** The heads of all flows, hidden ones too. */
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

/** Takes the next version number of a flow. Nobody ever gets it again. Throws `flow-missing`. */
export async function takeNumber(table: Table, id: string): Promise<number> {
  const changed = await change(table, id, 'ADD #taken :one', { one: 1 });
  const taken = numberOf(changed, 'taken');
  if (taken === undefined)
    throw new InternalError('item-broken', 'The table did not say which number was taken.');
  return taken;
}

/** A version that `live` shall point at; `digest` comes with one that was just published, `uses` if they are known. */
export interface Target {
  readonly version: number;
  readonly language: string;
  readonly digest?: string;
  readonly uses?: Uses;
}

/**
 * Points `live` at a whole version. Throws `publish-raced` if anybody moved it, or hid the flow, since the head was
 * read: then nothing has changed.
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

/** The former versions of a flow as an attribute holds them, once `next` is live, or none. */
function formerText({ live, former }: FlowHead, at: Date, next?: number): string {
  const leaving = live === undefined ? [] : [{ version: live, until: after(at, longestCallMs) }];
  const earlier = former.filter(({ version, until }) => version !== live && until > after(at, 0));
  return JSON.stringify([...leaving, ...earlier].filter(({ version }) => version !== next));
}

function after(at: Date, ms: number): string {
  return new Date(at.getTime() + ms).toISOString();
}

/** Notes that a number was bound to a flow, so that nobody hides it unawares. Throws `flow-missing`. */
export async function noteBinding(table: Table, id: string): Promise<void> {
  await change(table, id, 'ADD #bindings :one', { one: 1 });
}

/** Hides a flow: no call reaches it from then on. Throws `flow-bound` if a number was bound since the head was read. */
export async function hide(table: Table, head: FlowHead, at: Date): Promise<void> {
  const write = {
    change:
      'SET #hiddenAt = :at, #former = :former ADD #moves :one REMOVE #live, #liveUses, #language, #newest, #newestDigest',
    when: '#bindings = :bindings AND #moves = :moves AND attribute_not_exists(#hiddenAt)',
    values: {
      ...{ at: after(at, 0), former: formerText(head, at) },
      ...{ one: 1, bindings: head.bindings, moves: head.moves },
    },
  };
  // It does not matter who hid it.
  const isHidden = (item: Item | undefined) => item?.hiddenAt !== undefined;
  const { done, item } = await changeIf(table, flowKey(head.id), write, isHidden);
  if (done) return;
  // Which version has just been live must be known: if only that has changed, the flow is hidden as it is now.
  if (item !== undefined && headOf(item).bindings === head.bindings) return hide(table, headOf(item), at);
  throw new Failure('flow-bound', `A number was bound to ${head.id} at the same time: unbind it first.`);
}

/** Notes that all drafts and versions of a hidden flow have their end, unless the flow was created again meanwhile. */
export async function noteSwept(table: Table, { id, hiddenAt }: FlowHead, at: Date): Promise<void> {
  const write = {
    change: 'SET #sweptAt = :at',
    when: '#hiddenAt = :hiddenAt',
    values: { at: after(at, 0), hiddenAt },
  };
  // Created since, the flow has nothing to be noted.
  await changeIf(table, flowKey(id), write, () => true);
}

/**
 * Notes that what a hidden flow has left behind may have no end, before it is restored: the next deletion or creation
 * after an interruption gives it one. Throws `flow-missing` if it is no longer hidden as it was read.
 */
export async function noteUnswept(table: Table, { id, hiddenAt }: FlowHead): Promise<void> {
  const write = { change: 'REMOVE #sweptAt', when: '#hiddenAt = :hiddenAt', values: { hiddenAt } };
  const isMine = (item: Item | undefined) => item?.hiddenAt?.S === hiddenAt && item?.sweptAt === undefined;
  if (!(await changeIf(table, flowKey(id), write, isMine)).done) throw flowMissing(id);
}

/** Shows a hidden flow again, with its draft; no version is live. Answers whether it was still hidden as it was read. */
export async function unhide(table: Table, { id, hiddenAt, draft }: FlowHead): Promise<boolean> {
  const { revision } = draft;
  const write = {
    change: 'REMOVE #hiddenAt, #sweptAt',
    when: '#hiddenAt = :hiddenAt AND #revision = :revision',
    values: { hiddenAt, revision },
  };
  const isShown = (item: Item | undefined) =>
    item !== undefined && item.hiddenAt === undefined && item.revision?.S === revision;
  return (await changeIf(table, flowKey(id), write, isShown)).done;
}

/** Why there is no such flow. */
export function flowMissing(id: string): Failure {
  return new Failure('flow-missing', `There is no flow "${id}".`);
}

async function change(table: Table, id: string, expression: string, values: { one: number }): Promise<Item> {
  const when = 'attribute_exists(#pk) AND attribute_not_exists(#hiddenAt)';
  // Its own success does not refuse it: counted twice, a number is skipped and nothing else is lost.
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

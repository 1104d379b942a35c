import { Failure } from '../errors.ts';
import { defaultLanguage } from '../flow/flow.ts';
import { type Item, numberOf, textOf } from './item.ts';
import { flowKey, flowsPk } from './keys.ts';
import { type Page, type Paging, page } from './page.ts';
import { get, isRefused, type Table, update } from './table.ts';

/** A saved revision of a draft. Its name is its ETag; names sort by age. */
export interface Revision {
  readonly revision: string;
  /** How many pieces it is kept in. */
  readonly pieces: number;
  /** SHA-256 of the document's JSON, base64url: equal for equal documents. */
  readonly digest: string;
  readonly savedAt: string;
  readonly savedBy: string;
}

/** The head of a flow: its draft, and which of its versions callers get. */
export interface FlowHead {
  readonly id: string;
  readonly name: string;
  readonly draft: Revision;
  /** The version that new calls take. */
  readonly live?: number;
  /** The version published last, and the digest of what was published. */
  readonly newest?: { readonly version: number; readonly digest: string };
  /** The last version number that was taken, whole or not; it never goes back. */
  readonly taken: number;
  /** The first version number since the flow was created, or created anew. */
  readonly first: number;
  /** How often `live` was moved: it tells whether anybody did since. */
  readonly moves: number;
  /** How often a number was bound to it: it tells whether anybody did since. */
  readonly bindings: number;
  readonly hiddenAt?: string;
}

/** What a call that arrives needs to know of a flow. */
export interface Entrance {
  /** The live version. */
  readonly version?: number;
  /** The language of that version; where there is none, of the draft. */
  readonly language: string;
}

/** What a flow's callers get, as of now; undefined where it is hidden or does not exist. */
export async function readEntrance(
  table: Table,
  id: string,
  signal?: AbortSignal,
): Promise<Entrance | undefined> {
  const project = '#live, #language, #draftLanguage, #hiddenAt';
  const item = await get(table, flowKey(id), { project, signal });
  if (item === undefined || item.hiddenAt !== undefined) return undefined;
  const version = numberOf(item, 'live');
  const language = item.language?.S ?? item.draftLanguage?.S ?? defaultLanguage;
  return version === undefined ? { language } : { version, language };
}

/** The head of a flow, hidden ones too; undefined where there never was such a flow. */
export async function readHead(table: Table, id: string): Promise<FlowHead | undefined> {
  const item = await get(table, flowKey(id));
  return item === undefined ? undefined : headOf(item);
}

/** The flows that are not hidden, by id. */
export function listHeads(table: Table, paging: Paging = {}): Promise<Page<FlowHead>> {
  return page(table, flowsPk, headOf, { ...paging, filter: 'attribute_not_exists(#hiddenAt)' });
}

/** Takes the next version number of a flow. Nobody ever gets it again. Throws `flow-missing`. */
export async function takeNumber(table: Table, id: string): Promise<number> {
  const changed = await change(table, id, 'ADD #taken :one', { one: 1 });
  const taken = numberOf(changed, 'taken');
  if (taken === undefined) throw new Error('The table did not say which number was taken.');
  return taken;
}

/** A version that `live` shall point at; `digest` comes with one that was just published. */
export interface Target {
  readonly version: number;
  readonly language: string;
  readonly digest?: string;
}

/**
 * Points `live` at a whole version. Throws `publish-raced` where anybody moved it, or hid the flow, since the head was
 * read: then nothing has changed.
 */
export async function moveLive(table: Table, head: FlowHead, target: Target): Promise<void> {
  const { version, language, digest } = target;
  const published = digest === undefined ? '' : ', #newest = :version, #newestDigest = :digest';
  try {
    await update(table, flowKey(head.id), {
      change: `SET #live = :version, #language = :language, #moves = :moved${published}`,
      when: '#moves = :moves AND attribute_not_exists(#hiddenAt)',
      values: { version, language, digest, moves: head.moves, moved: head.moves + 1 },
    });
  } catch (error) {
    if (!isRefused(error)) throw error;
    const now = await readHead(table, head.id);
    // An attempt that was made anew after its answer got lost is refused by its own success.
    if (now?.live === version && now.moves === head.moves + 1 && now.hiddenAt === undefined) return;
    throw new Failure(
      'publish-raced',
      `${head.id} was published, rolled back or deleted at the same time: look at its versions and try again.`,
    );
  }
}

/** Notes that a number was bound to a flow, so that nobody hides it unawares. Throws `flow-missing`. */
export async function noteBinding(table: Table, id: string): Promise<void> {
  await change(table, id, 'ADD #bindings :one', { one: 1 });
}

/** Hides a flow: no call takes it any more. Throws `flow-bound` where a number was bound since the head was read. */
export async function hide(table: Table, head: FlowHead, at: Date): Promise<void> {
  try {
    await update(table, flowKey(head.id), {
      change: 'SET #hiddenAt = :at ADD #moves :one REMOVE #live, #language, #newest, #newestDigest',
      when: '#bindings = :bindings AND attribute_not_exists(#hiddenAt)',
      values: { at: at.toISOString(), one: 1, bindings: head.bindings },
    });
  } catch (error) {
    if (!isRefused(error)) throw error;
    const now = await readHead(table, head.id);
    if (now?.hiddenAt !== undefined) return;
    throw new Failure('flow-bound', `A number was bound to ${head.id} at the same time: unbind it first.`);
  }
}

/** Why there is no such flow. */
export function flowMissing(id: string): Failure {
  return new Failure('flow-missing', `There is no flow "${id}".`);
}

async function change(table: Table, id: string, expression: string, values: { one: number }): Promise<Item> {
  const when = 'attribute_exists(#pk) AND attribute_not_exists(#hiddenAt)';
  try {
    return await update(table, flowKey(id), { change: expression, when, values });
  } catch (error) {
    throw isRefused(error) ? flowMissing(id) : error;
  }
}

function headOf(item: Item): FlowHead {
  const liveVersion = numberOf(item, 'live');
  const newest = numberOf(item, 'newest');
  const hiddenAt = item.hiddenAt?.S;
  return {
    id: textOf(item, 'sk'),
    name: textOf(item, 'name'),
    draft: {
      revision: textOf(item, 'revision'),
      pieces: numberOf(item, 'pieces') ?? 0,
      digest: textOf(item, 'digest'),
      savedAt: textOf(item, 'savedAt'),
      savedBy: textOf(item, 'savedBy'),
    },
    taken: numberOf(item, 'taken') ?? 0,
    first: numberOf(item, 'first') ?? 1,
    moves: numberOf(item, 'moves') ?? 0,
    bindings: numberOf(item, 'bindings') ?? 0,
    ...(liveVersion === undefined ? {} : { live: liveVersion }),
    ...(newest === undefined ? {} : { newest: { version: newest, digest: textOf(item, 'newestDigest') } }),
    ...(hiddenAt === undefined ? {} : { hiddenAt }),
  };
}

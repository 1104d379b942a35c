import { createHash, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Failure } from '../errors.ts';
import { defaultLanguage, type Flow } from '../flow/flow.ts';
import { type FlowHead, type Revision, readHead } from './flows.ts';
import { expiry, type Item, toItem } from './item.ts';
import { draftsPk, flowKey, keyOf, padded, pieceKey } from './keys.ts';
import { isRefused, putAll, query, type Table, update } from './table.ts';

/** What a piece holds: an item takes 400 KB with its key. */
const pieceBytes = 350 * 1024;

/** How long a revision stays after the next one: long enough for whoever is reading it. */
const keepDays = 1;

/** Digits of the count that a revision's name begins with. */
const countDigits = 8;

/** SHA-256 of a document's JSON, base64url: equal for equal documents. */
export function digestOf(document: Flow): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('base64url');
}

/** The name of the revision that follows a flow's draft; without a head it is the flow's first. */
export function nextRevision(head: FlowHead | undefined): string {
  const count = head === undefined ? 1 : countOf(head.draft.revision) + 1;
  return `${padded(count, countDigits)}-${randomBytes(6).toString('hex')}`;
}

/**
 * Saves a draft whole or not at all: the document is written beside the old one as the next revision, then the flow's head
 * points at it under the condition that it still points at the revision that `head` names. Without a head, or with a
 * hidden one, it creates the flow. Throws `draft-stale`, or `flow-taken` on creation, where another save came first.
 */
export async function writeDraft(
  table: Table,
  document: Flow,
  { head, revision, by, at }: { head: FlowHead | undefined; revision: string; by: string; at: Date },
): Promise<Revision> {
  const bytes = await promisify(gzip)(JSON.stringify(document));
  const items: Item[] = [];
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    const key = pieceKey(document.id, revision, items.length);
    items.push(toItem({ ...key, json: bytes.subarray(start, start + pieceBytes) }));
  }
  await putAll(table, items);
  const digest = digestOf(document);
  const draft = { revision, pieces: items.length, digest, savedAt: at.toISOString(), savedBy: by };
  const current = await flip(table, document, head, draft);
  // A save that stands is not undone by what is left to tidy up: the next one tidies for both.
  await expireDrafts(table, document.id, { upTo: current, keep: current, at, days: keepDays }).catch(
    () => {},
  );
  if (current !== revision) throw lost(document.id, head);
  return draft;
}

/** Points the head at the draft, if it may; answers which revision it points at then. */
async function flip(
  table: Table,
  { id, name, language = defaultLanguage }: Flow,
  head: FlowHead | undefined,
  draft: Revision,
): Promise<string> {
  const creates = head === undefined || head.hiddenAt !== undefined;
  const first = ', #first = :first, #taken = :taken, #moves = :moves, #bindings = :bindings';
  const seen = head === undefined ? 'attribute_not_exists(#pk)' : '#revision = :seen';
  const hidden = `attribute_${head?.hiddenAt === undefined ? 'not_' : ''}exists(#hiddenAt)`;
  const { taken = 0, moves = 0, bindings = 0 } = head ?? {};
  try {
    await update(table, flowKey(id), {
      change: `SET #name = :name, #draftLanguage = :language, #revision = :revision, #pieces = :pieces,
        #digest = :digest, #savedAt = :savedAt, #savedBy = :savedBy${creates ? `${first} REMOVE #hiddenAt` : ''}`,
      when: `${seen} AND ${hidden}`,
      values: {
        ...draft,
        ...{ name, language },
        seen: head?.draft.revision,
        ...(creates ? { first: taken + 1, taken, moves, bindings } : {}),
      },
    });
    return draft.revision;
  } catch (error) {
    if (!isRefused(error)) throw error;
    // An attempt that was made anew after its answer got lost is refused by its own success.
    const now = await readHead(table, id);
    return now?.draft.revision ?? '';
  }
}

/** The draft that a head points at. */
export async function readDraft(table: Table, head: FlowHead): Promise<Flow> {
  const { revision, pieces } = head.draft;
  const walk = query(table, {
    where: '#pk = :pk AND begins_with(#sk, :revision)',
    values: { pk: draftsPk(head.id), revision: `${revision}#` },
    project: '#json',
  });
  const found: Uint8Array[] = [];
  for await (const items of walk) found.push(...items.flatMap((item) => item.json?.B ?? []));
  if (found.length !== pieces) throw new Error(`Revision ${revision} of ${head.id} is not whole.`);
  // What was written here was checked before it was.
  return JSON.parse((await promisify(gunzip)(Buffer.concat(found))).toString('utf8')) as Flow;
}

/**
 * Gives the revisions of a flow up to one, but not the one to keep, their end in so many days. Revisions later than the
 * head's are let be: their save may be about to win.
 */
export async function expireDrafts(
  table: Table,
  id: string,
  { upTo, keep, at, days }: { upTo: string; keep?: string; at: Date; days: number },
): Promise<void> {
  const walk = query(table, {
    where: '#pk = :pk AND #sk < :end',
    values: { pk: draftsPk(id), end: padded(countOf(upTo) + 1, countDigits) },
    project: '#pk, #sk, #expiresAt',
    backwards: true,
  });
  for await (const items of walk) {
    const endless = items.filter(({ expiresAt }) => expiresAt === undefined).map(keyOf);
    const old = endless.filter(({ sk }) => keep === undefined || !sk.startsWith(`${keep}#`));
    await Promise.all(old.map((key) => expire(table, key, expiry(at, days))));
    // Newest first: behind a page of revisions that have their end are older ones that have theirs.
    if (endless.length === 0) return;
  }
}

async function expire(table: Table, key: { pk: string; sk: string }, expiresAt: number): Promise<void> {
  const when = 'attribute_exists(#pk)';
  try {
    await update(table, key, { change: 'SET #expiresAt = :expiresAt', when, values: { expiresAt } });
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

function countOf(revision: string): number {
  return Number(revision.slice(0, countDigits));
}

function lost(id: string, head: FlowHead | undefined): Failure {
  if (head === undefined || head.hiddenAt !== undefined) {
    return new Failure('flow-taken', `A flow "${id}" was created at the same time.`);
  }
  return new Failure('draft-stale', `The draft of ${id} was changed meanwhile: read it again.`);
}

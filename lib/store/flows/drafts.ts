import { createHash, randomBytes } from 'node:crypto';
import { Failure, InternalError } from '../../errors.ts';
import { canonicalJson } from '../../flow/canonical.ts';
import { defaultLanguage, type Flow } from '../../flow/flow.ts';
import type { Uses } from '../../flow/uses.ts';
import { expiry, toItem } from '../table/item.ts';
import { draftsPk, flowKey, padded, pieceKey } from '../table/keys.ts';
import { expireItems, fromPieces, keepItems, piecesIn, toPieces } from '../table/pieces.ts';
import { changeIf, putAll, query, type Table } from '../table/table.ts';
import type { FlowHead, Revision } from './flows.ts';
import { usesText } from './uses.ts';

/** How long a revision stays after the next one: long enough for a reader to finish. */
const keepDays = 1;

/** Digits of the count that a revision's name begins with. */
const countDigits = 8;

/** What digests begin with that do not depend on the order of keys. Those of earlier releases depend on it and have no mark. */
const canonicalMark = 'canonical:';

/** A digest of a document (SHA-256): equal for equal documents, in whatever order their keys stand. */
export function digestOf(document: Flow): string {
  return canonicalMark + sha256(canonicalJson(document));
}

/** Whether a digest is of an earlier release, which knows a document only by its keys in their order. */
export function dependsOnOrder(digest: string): boolean {
  return !digest.startsWith(canonicalMark);
}

/** Whether a digest, of this release or an earlier one, is the document's. */
export function isDigestOf(digest: string, document: Flow): boolean {
  return digest === (dependsOnOrder(digest) ? sha256(JSON.stringify(document)) : digestOf(document));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The name of the revision that follows a flow's draft; without a head it is the flow's first. */
export function nextRevision(head: FlowHead | undefined): string {
  const count = head === undefined ? 1 : countOf(head.draft.revision) + 1;
  return `${padded(count, countDigits)}-${randomBytes(6).toString('hex')}`;
}

/** How a draft is saved: over which head, by whom, and what is known of the document. */
export interface Save {
  /** The flow's head as it was read; `undefined` if there is none. */
  readonly head: FlowHead | undefined;
  readonly revision: string;
  readonly by: string;
  readonly at: Date;
  /** How many errors the document has. */
  readonly errors: number;
  /** What it names outside itself. */
  readonly uses: Uses;
}

/**
 * Saves a draft whole or not at all: the document is written beside the old one as the next revision, then the flow's head
 * points at it under the condition that it still points at the revision that `head` names. Without a head, or with a
 * hidden one, it creates the flow. Throws `draft-stale`, or `flow-taken` on creation, where another save came first.
 */
export async function writeDraft(
  table: Table,
  document: Flow,
  { head, revision, by, at, errors, uses }: Save,
): Promise<Revision> {
  const pieces = await toPieces(document);
  await putAll(
    table,
    pieces.map((json, place) => toItem({ ...pieceKey(document.id, revision, place), json })),
  );
  const newest = head?.newest?.digest;
  // What is published already keeps the digest that says so.
  const digest = newest !== undefined && isDigestOf(newest, document) ? newest : digestOf(document);
  const savedAt = at.toISOString();
  const draft = { revision, pieces: pieces.length, digest, savedAt, savedBy: by, errors, uses };
  const current = await swapHead(table, document, head, draft);
  // A save that stands is not undone by what is left to tidy up: the next one tidies for both.
  await expireDrafts(table, document.id, { upTo: current, keep: current, at, days: keepDays }).catch(
    () => {},
  );
  if (current !== revision) throw lost(document.id, head);
  return draft;
}

/** Points the head at the draft, if it may; answers which revision it points at then. */
async function swapHead(
  table: Table,
  { id, name, language = defaultLanguage }: Flow,
  head: FlowHead | undefined,
  draft: Revision,
): Promise<string> {
  const creates = head === undefined || head.hiddenAt !== undefined;
  const first = ', #first = :first, #taken = :taken, #moves = :moves, #bindings = :bindings';
  const seen = head === undefined ? 'attribute_not_exists(#pk)' : '#revision = :seen';
  const hidden = `attribute_${head?.hiddenAt === undefined ? 'not_' : ''}exists(#hiddenAt)`;
  const { lastVersion = 0, moves = 0, bindings = 0 } = head ?? {};
  const { done, item } = await changeIf(
    table,
    flowKey(id),
    {
      change: `SET #name = :name, #draftLanguage = :language, #revision = :revision, #pieces = :pieces,
        #digest = :digest, #savedAt = :savedAt, #savedBy = :savedBy, #errors = :errors,
        #draftUses = :uses${creates ? `${first} REMOVE #hiddenAt, #sweptAt` : ''}`,
      when: `${seen} AND ${hidden}`,
      values: {
        ...draft,
        ...{ uses: usesText(draft.revision, draft.uses), name, language },
        seen: head?.draft.revision,
        ...(creates ? { first: lastVersion + 1, taken: lastVersion, moves, bindings } : {}),
      },
    },
    (item) => item?.revision?.S === draft.revision,
  );
  return done ? draft.revision : (item?.revision?.S ?? '');
}

/** The draft that a head points at. */
export async function fetchDraft(table: Table, head: FlowHead): Promise<Flow> {
  const { revision, pieces } = head.draft;
  const walk = query(table, {
    where: '#pk = :pk AND begins_with(#sk, :revision)',
    values: { pk: draftsPk(head.id), revision: `${revision}#` },
    project: '#json',
  });
  const found: Uint8Array[] = [];
  for await (const items of walk) found.push(...piecesIn(items));
  if (found.length !== pieces)
    throw new InternalError('item-broken', `Revision ${revision} of ${head.id} is not whole.`);
  // What was written here was checked before it was.
  return fromPieces(found) as Flow;
}

/** Takes the end of a hidden flow's draft away. */
export async function keepDraft(table: Table, { id, draft: { revision } }: FlowHead): Promise<void> {
  const where = '#pk = :pk AND begins_with(#sk, :revision)';
  await keepItems(table, { where, values: { pk: draftsPk(id), revision: `${revision}#` } });
}

/**
 * Gives the revisions of a flow up to one, but not the one to keep, their end after this many days. Revisions later than the
 * head's are let be: their save may be about to win.
 */
export async function expireDrafts(
  table: Table,
  id: string,
  { upTo, keep, at, days }: { upTo: string; keep?: string; at: Date; days: number },
): Promise<void> {
  const where = '#pk = :pk AND #sk < :end';
  const values = { pk: draftsPk(id), end: padded(countOf(upTo) + 1, countDigits) };
  // Newest first: behind a page of revisions that have their end are older ones that have theirs.
  const options = { keep: (sk: string) => keep !== undefined && sk.startsWith(`${keep}#`), untilNone: true };
  await expireItems(table, { where, values, backwards: true }, expiry(at, days), options);
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

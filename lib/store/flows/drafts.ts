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

/** How long a revision is stored after the next one, in days, so that readers can finish. */
const keepDays = 1;

/** The number of digits at the beginning of a revision's name. */
const countDigits = 8;

/** The prefix of digests that do not depend on the order of keys. Digests of earlier releases depend on it and have no prefix. */
const canonicalMark = 'canonical:';

/** The digest of a document (SHA-256). Equal documents have equal digests; the order of keys does not matter. */
export function digestOf(document: Flow): string {
  return canonicalMark + sha256(canonicalJson(document));
}

/** Whether a digest is from an earlier release, so that it depends on the order of keys. */
export function dependsOnOrder(digest: string): boolean {
  return !digest.startsWith(canonicalMark);
}

/** Whether a digest, from this release or an earlier one, belongs to the document. */
export function isDigestOf(digest: string, document: Flow): boolean {
  return digest === (dependsOnOrder(digest) ? sha256(JSON.stringify(document)) : digestOf(document));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The name of the next revision: a count and random digits, `00000002-9f…`. Without a head it is the first one. */
export function nextRevision(head: FlowHead | undefined): string {
  const count = head === undefined ? 1 : countOf(head.draft.revision) + 1;
  return `${padded(count, countDigits)}-${randomBytes(6).toString('hex')}`;
}

/** The parameters of a save. */
export interface Save {
  /** The flow's head as it was read; `undefined` if there is none. */
  readonly head: FlowHead | undefined;
  readonly revision: string;
  readonly by: string;
  readonly at: Date;
  /** The number of errors in the document. */
  readonly errors: number;
  /** The resources that the document refers to. */
  readonly uses: Uses;
}

/**
 * Saves a draft completely or not at all: the document is written as a new revision, then the flow's head is pointed at it if it
 * still points at the revision in `head`. Without a head, or with a hidden one, it creates the flow. If another save came first,
 * throws `draft-stale`, or `flow-taken` on creation.
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
  const newest = head?.hiddenAt === undefined ? head?.newest?.digest : undefined;
  // A draft that equals the last published version gets the same digest, whatever the form of that one.
  const digest = newest !== undefined && isDigestOf(newest, document) ? newest : digestOf(document);
  const savedAt = at.toISOString();
  const draft = { revision, pieces: pieces.length, digest, savedAt, savedBy: by, errors, uses };
  const current = await swapHead(table, document, head, draft);
  // A failed clean-up must not fail the save: the next save cleans up for both.
  await expireDrafts(table, document.id, { upTo: current, keep: current, at, days: keepDays }).catch(
    () => {},
  );
  if (current !== revision) throw lost(document.id, head);
  return draft;
}

/** Points the head at the draft if the condition holds. Resolves with the revision that it points at afterwards. */
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
        #draftUses = :uses${creates ? `${first} REMOVE #hiddenAt, #sweptAt, #newest, #newestDigest` : ''}`,
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

/** The draft that a head points at. Throws `item-broken` if pieces are missing. */
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
  // Documents are checked before they are written.
  return fromPieces(found) as Flow;
}

/** Removes the expiry of a hidden flow's draft. */
export async function keepDraft(table: Table, { id, draft: { revision } }: FlowHead): Promise<void> {
  const where = '#pk = :pk AND begins_with(#sk, :revision)';
  await keepItems(table, { where, values: { pk: draftsPk(id), revision: `${revision}#` } });
}

/**
 * Lets the revisions of a flow up to `upTo`, except `keep`, expire after this many days. Later revisions are left alone: their save may
 * be about to succeed.
 */
export async function expireDrafts(
  table: Table,
  id: string,
  { upTo, keep, at, days }: { upTo: string; keep?: string; at: Date; days: number },
): Promise<void> {
  const where = '#pk = :pk AND #sk < :end';
  const values = { pk: draftsPk(id), end: padded(countOf(upTo) + 1, countDigits) };
  // Newest first: behind a page of expiring revisions there are only older ones, which also expire.
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

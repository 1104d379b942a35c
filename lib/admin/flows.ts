import { Failure } from '../errors.ts';
import { type Flow, flowFormat } from '../flow/flow.ts';
import { nodeTypes } from '../nodes/index.ts';
import {
  digestOf,
  expireDrafts,
  nextRevision,
  readDraft as readDocument,
  writeDraft,
} from '../store/drafts.ts';
import { type FlowHead, flowMissing, hide, listHeads, type Revision, readHead } from '../store/flows.ts';
import { numberBoundTo } from '../store/numbers.ts';
import type { Page, Paging } from '../store/page.ts';
import { expireVersions } from '../store/versions.ts';
import { type Admin, audited } from './admin.ts';
import { asFlow } from './parse.ts';

/** A flow in a list. */
export interface FlowRow {
  readonly id: string;
  readonly name: string;
  readonly revision: string;
  readonly savedAt: string;
  readonly savedBy: string;
  /** The version that new calls take. */
  readonly live?: number;
  /** The version published last. */
  readonly newest?: number;
  /** Whether the draft holds what the newest version does not. */
  readonly changed: boolean;
}

/** A draft with what is known of it. */
export interface Draft extends FlowRow {
  readonly document: Flow;
}

/** The flows, by id. */
export async function listFlows(admin: Admin, paging: Paging = {}): Promise<Page<FlowRow>> {
  const { items, ...rest } = await listHeads(admin.table, paging);
  return { items: items.map((head) => rowOf(head)), ...rest };
}

/** The draft of a flow. Throws `flow-missing`. */
export async function readDraft(admin: Admin, id: string): Promise<Draft> {
  const head = await needFlow(admin, id);
  return { ...rowOf(head), document: await readDocument(admin.table, head) };
}

/**
 * Creates a draft that holds the node a call begins at. Without an id one is made from the name. Throws `flow-taken` where
 * somebody has the id that was wished for.
 */
export async function createFlow(
  admin: Admin,
  { name, id, language }: { name: string; id?: string; language?: string },
): Promise<Draft> {
  if (id !== undefined) return await createAs(admin, id, name, language);
  for (;;) {
    try {
      return await createAs(admin, await freeId(admin, name), name, language);
    } catch (error) {
      // Somebody took it in between.
      if (!(error instanceof Failure) || error.code !== 'flow-taken') throw error;
    }
  }
}

async function createAs(admin: Admin, id: string, name: string, language?: string): Promise<Draft> {
  const begins = nodeTypes.find((type) => type.begins === true)?.type ?? '';
  const document = asFlow({
    schema: flowFormat,
    id,
    name,
    ...(language === undefined ? {} : { language }),
    nodes: { [begins]: { type: begins, exits: {} } },
  });
  const head = await readHead(admin.table, document.id);
  if (head !== undefined && head.hiddenAt === undefined) {
    throw new Failure('flow-taken', `A flow "${document.id}" exists: choose another id.`);
  }
  await write(admin, document, head);
  return readDraft(admin, document.id);
}

/** What a save may overwrite. */
export interface SaveOptions {
  /** The revision that was read: the save is refused where the draft is another by now. */
  readonly expected?: string;
  /** Without `expected`: overwrite unpublished changes of others, too. */
  readonly force?: boolean;
}

/**
 * Saves a document as the draft of its flow. With `expected` the flow must exist: `flow-missing`, `draft-stale`. Without
 * it the flow is created where there is none, and the save is refused (`draft-elsewhere`) where somebody else saved last
 * and that was not published, for whoever saves a file has not seen it. Throws `flow-too-large` and `flow-invalid`.
 */
export async function saveDraft(
  admin: Admin,
  document: unknown,
  { expected, force = false }: SaveOptions = {},
): Promise<FlowRow> {
  const flow = asFlow(document);
  const found = await readHead(admin.table, flow.id);
  const head = found?.hiddenAt === undefined ? found : undefined;
  const same = head?.draft.digest === digestOf(flow);
  if (expected !== undefined) refuseStale(flow.id, head, expected);
  else if (head !== undefined && !force && !same) refuseElsewhere(admin, head);
  if (head !== undefined && same) return rowOf(head);
  const draft = await write(admin, flow, found);
  return rowOf(
    head === undefined ? { id: flow.id, name: flow.name, draft } : { ...head, name: flow.name, draft },
  );
}

/**
 * Hides a flow; its versions stay for `retainDays`, for the calls that began with them and their records. Throws
 * `flow-missing`, and `flow-bound` while a number points at it.
 */
export async function hideFlow(admin: Admin, id: string): Promise<void> {
  const { table, now, retainDays } = admin;
  const head = await needFlow(admin, id);
  const number = await numberBoundTo(table, id);
  if (number !== undefined) {
    throw new Failure('flow-bound', `${number} points at ${id}: bind it to another flow or unbind it first.`);
  }
  const before = { name: head.name, live: head.live };
  await audited(admin, { did: 'delete', what: `flow ${id}`, before }, () => hide(table, head, now()));
  const hidden = (await readHead(table, id)) ?? head;
  await expireDrafts(table, id, { upTo: hidden.draft.revision, at: now(), days: retainDays });
  await expireVersions(table, hidden, now(), retainDays);
}

/** The head of a flow that is not hidden. Throws `flow-missing`. */
export async function needFlow({ table }: Admin, id: string): Promise<FlowHead> {
  const head = await readHead(table, id);
  if (head === undefined || head.hiddenAt !== undefined) throw flowMissing(id);
  return head;
}

/** Throws `draft-stale` where the draft of a flow is not the revision that somebody has seen, `flow-missing` without one. */
export function refuseStale(id: string, head: FlowHead | undefined, expected: string): void {
  if (head === undefined) throw flowMissing(id);
  if (head.draft.revision === expected) return;
  const { savedBy, savedAt } = head.draft;
  throw new Failure(
    'draft-stale',
    `The draft of ${id} was saved by ${savedBy} at ${savedAt}: read it again.`,
  );
}

function refuseElsewhere({ who }: Admin, { id, draft, newest }: FlowHead): void {
  if (draft.savedBy === who || draft.digest === newest?.digest) return;
  throw new Failure(
    'draft-elsewhere',
    `The draft of ${id} holds changes that ${draft.savedBy} saved at ${draft.savedAt} and nobody published: pull them, or overwrite them by force.`,
  );
}

function write(admin: Admin, document: Flow, head: FlowHead | undefined): Promise<Revision> {
  const { table, who, now } = admin;
  const revision = nextRevision(head);
  const creates = head === undefined || head.hiddenAt !== undefined;
  const intent = {
    did: creates ? 'create' : 'save',
    what: `flow ${document.id}`,
    ...(creates ? {} : { before: { name: head.name, revision: head.draft.revision } }),
    after: { name: document.name, revision },
  };
  return audited(admin, intent, () => writeDraft(table, document, { head, revision, by: who, at: now() }));
}

function rowOf({
  id,
  name,
  draft,
  live,
  newest,
}: Pick<FlowHead, 'id' | 'name' | 'draft'> & Partial<FlowHead>) {
  const { revision, savedAt, savedBy, digest } = draft;
  return {
    id,
    name,
    revision,
    savedAt,
    savedBy,
    ...(live === undefined ? {} : { live }),
    ...(newest === undefined ? {} : { newest: newest.version }),
    changed: digest !== newest?.digest,
  };
}

/** The name in small ASCII letters and digits, with a number behind it where that id is taken. */
async function freeId({ table }: Admin, name: string): Promise<string> {
  const slug =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 50)
      .replace(/^-|-$/g, '') || 'flow';
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? slug : `${slug}-${count}`;
    const head = await readHead(table, id);
    if (head === undefined) return id;
  }
}

import { usesOf } from '../engine/uses.ts';
import { Failure } from '../errors.ts';
import { defined } from '../flow/defined.ts';
import { type Flow, flowFormat } from '../flow/flow.ts';
import { hasHan, slugOf } from '../flow/slug.ts';
import { nodeTypes } from '../nodes/index.ts';
import {
  expireDrafts,
  isDigestOf,
  nextRevision,
  fetchDraft as readDocument,
  writeDraft,
} from '../store/flows/drafts.ts';
import {
  type FlowHead,
  flowMissing,
  hide,
  listHeads,
  noteSwept,
  type Revision,
  readHead,
} from '../store/flows/flows.ts';
import { numberBoundTo } from '../store/flows/numbers.ts';
import { dropScript, expireScript } from '../store/flows/scripts.ts';
import { expireVersions } from '../store/flows/versions.ts';
import type { Page, Paging } from '../store/table/page.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { refuseRestorable } from './hidden.ts';
import { asFlow, type CheckedFlow } from './parse.ts';
import { usageOf } from './usage.ts';

/** A flow in a list. */
export interface FlowRow {
  readonly id: string;
  readonly name: string;
  readonly revision: string;
  readonly savedAt: string;
  readonly savedBy: string;
  /** The version that new calls use. */
  readonly live?: number;
  /** The version published last. */
  readonly newest?: number;
  /** Whether the draft differs from the newest version. */
  readonly changed: boolean;
  /** The errors of the draft itself, counted at its last save; left out if they were not counted. */
  readonly errors?: number;
  /** The flows whose draft or live version enters it, by id; left out in answers about one flow. */
  readonly enteredBy?: readonly string[];
}

/** A draft with its row and its document. */
export interface Draft extends FlowRow {
  readonly document: Flow;
}

/** The flows, by id. */
export async function listFlows(admin: Admin, paging: Paging = {}): Promise<Page<FlowRow>> {
  const { items, ...rest } = await listHeads(admin.table, paging);
  const users = items.length === 0 ? undefined : await usageOf(admin, 'flows');
  const rows = items.map((head) => {
    const by = (users?.get(head.id) ?? []).filter(({ usedIn }) => usedIn.some((part) => part !== 'former'));
    return { ...rowOf(head), ...(by.length === 0 ? {} : { enteredBy: by.map(({ flow }) => flow) }) };
  });
  return { items: rows, ...rest };
}

/** The draft of a flow. Throws `flow-missing`. */
export async function readDraft(admin: Admin, id: string): Promise<Draft> {
  const head = await needFlow(admin, id);
  return { ...rowOf(head), document: await readDocument(admin.table, head) };
}

/**
 * Creates a draft with a start node. If `id` is left out, it is made from the name. Throws `flow-taken` if the given id exists,
 * `flow-deleted` if a deleted flow of this id can be restored.
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
      // Somebody took the id meanwhile.
      if (!(error instanceof Failure) || error.code !== 'flow-taken') throw error;
    }
  }
}

async function createAs(admin: Admin, id: string, name: string, language?: string): Promise<Draft> {
  const begins = nodeTypes.find((type) => type.begins === true)?.type ?? '';
  const checked = asFlow({
    schema: flowFormat,
    id,
    name,
    ...defined({ language }),
    nodes: { [begins]: { type: begins, exits: {} } },
  });
  const head = await readHead(admin.table, id);
  if (head !== undefined && head.hiddenAt === undefined) {
    throw new Failure('flow-taken', `A flow "${id}" exists: choose another id.`);
  }
  await refuseRestorable(admin, head);
  await write(admin, checked, head);
  return readDraft(admin, id);
}

/** The options of `saveDraft`. */
export interface SaveOptions {
  /** The revision that the user has read; a draft with another one is not overwritten. */
  readonly expected?: string;
  /** Without `expected`: overwrite unpublished changes of others, too. */
  readonly force?: boolean;
}

/**
 * Saves a document as the draft of its flow. With `expected` the flow must exist: throws `flow-missing`, `draft-stale`. Without it, a
 * missing flow is created, and unpublished changes that somebody else saved last are not overwritten: throws `draft-elsewhere`, because
 * a person who saves from a file has not seen them. Throws `flow-deleted` if a deleted flow of this id can be restored, `flow-too-large`
 * and `flow-invalid`.
 */
export async function saveDraft(
  admin: Admin,
  document: unknown,
  { expected, force = false }: SaveOptions = {},
): Promise<FlowRow> {
  const checked = asFlow(document);
  const { flow } = checked;
  const found = await readHead(admin.table, flow.id);
  const head = found?.hiddenAt === undefined ? found : undefined;
  const same = head !== undefined && isDigestOf(head.draft.digest, flow);
  if (expected !== undefined) refuseStale(flow.id, head, expected);
  else if (head !== undefined && !force && !same) refuseElsewhere(admin, head);
  if (same) return rowOf(head);
  await refuseRestorable(admin, found);
  const draft = await write(admin, checked, found);
  return rowOf(
    head === undefined ? { id: flow.id, name: flow.name, draft } : { ...head, name: flow.name, draft },
  );
}

/**
 * Hides a flow. Its versions stay for `retainDays`, for running calls and call records. After a crash, repeat it. Throws `flow-missing`;
 * `flow-bound` while a number is bound to it; `flow-used` while a live flow enters it.
 */
export async function hideFlow(admin: Admin, id: string): Promise<void> {
  const { table, now } = admin;
  const head = await readHead(table, id);
  if (head === undefined || head.sweptAt !== undefined) throw flowMissing(id);
  if (head.hiddenAt === undefined) {
    await refuseInUse(admin, id);
    const before = { name: head.name, live: head.live };
    await audited(admin, { did: 'delete', what: `flow ${id}`, before }, () => hide(table, head, now()));
  }
  const hidden = await readHead(table, id);
  if (hidden?.hiddenAt !== undefined) await sweep(admin, hidden, hidden.hiddenAt);
}

async function refuseInUse(admin: Admin, id: string): Promise<void> {
  const number = await numberBoundTo(admin.table, id);
  if (number !== undefined) {
    throw new Failure('flow-bound', `${number} points at ${id}: bind it to another flow or unbind it first.`);
  }
  const users = (await usageOf(admin, 'flows')).get(id) ?? [];
  const live = users.filter(({ flow, usedIn }) => flow !== id && usedIn.includes('live'));
  if (live.length > 0) {
    const names = live.map(({ flow }) => flow).join(', ');
    throw new Failure(
      'flow-used',
      `${id} is entered by live flows: ${names}. Publish them without it first.`,
    );
  }
}

/** Sets the expiry of all drafts and versions of a hidden flow. */
export async function sweep(admin: Admin, hidden: FlowHead, hiddenAt: string): Promise<void> {
  const { table, now, retainDays: days } = admin;
  const at = new Date(hiddenAt);
  await expireDrafts(table, hidden.id, { upTo: hidden.draft.revision, at, days });
  await expireVersions(table, hidden, at, days);
  await expireScript(table, hidden.id, at, days);
  await noteSwept(table, hidden, now());
}

/** The head of a flow that is not hidden. Throws `flow-missing`. */
export async function needFlow({ table }: Admin, id: string): Promise<FlowHead> {
  const head = await readHead(table, id);
  if (head === undefined || head.hiddenAt !== undefined) throw flowMissing(id);
  return head;
}

/** Throws `draft-stale` if the draft's revision is not `expected`, `flow-missing` if there is no flow. */
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

async function write(
  admin: Admin,
  { flow, errors }: CheckedFlow,
  head: FlowHead | undefined,
): Promise<Revision> {
  const { table, who, now } = admin;
  // The items of a former flow with this id must get their expiry before version numbers continue.
  if (head?.hiddenAt !== undefined && head.sweptAt === undefined) await sweep(admin, head, head.hiddenAt);
  if (head?.hiddenAt !== undefined) await dropScript(table, flow.id);
  const revision = nextRevision(head);
  const creates = head === undefined || head.hiddenAt !== undefined;
  const intent: Intent = {
    did: creates ? 'create' : 'save',
    what: `flow ${flow.id}`,
    ...(creates ? {} : { before: { name: head.name, revision: head.draft.revision } }),
    after: { name: flow.name, revision },
  };
  const save = () =>
    writeDraft(table, flow, { head, revision, by: who, at: now(), errors, uses: usesOf(flow) });
  return await audited(admin, intent, save);
}

/** The list row of a flow. */
export function rowOf({
  id,
  name,
  draft,
  live,
  newest,
}: Pick<FlowHead, 'id' | 'name' | 'draft'> & Partial<FlowHead>): FlowRow {
  const { revision, savedAt, savedBy, digest } = draft;
  const changed = digest !== newest?.digest;
  // A published version has no errors.
  const errors = draft.errors ?? (changed ? undefined : 0);
  return {
    id,
    name,
    revision,
    savedAt,
    savedBy,
    ...defined({ live }),
    ...(newest === undefined ? {} : { newest: newest.version }),
    changed,
    ...defined({ errors }),
  };
}

/** A readable id made from the name, with a number at the end if it is taken: `office-2`. */
async function freeId({ table }: Admin, name: string): Promise<string> {
  const slug = slugOf(name, hasHan(name) ? { pinyin: (await import('pinyin-pro')).pinyin } : {});
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? slug : `${slug}-${count}`;
    const head = await readHead(table, id);
    if (head === undefined) return id;
  }
}

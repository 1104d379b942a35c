import { faulty } from '../engine/check.ts';
import { Failure } from '../errors.ts';
import type { Flow } from '../flow/flow.ts';
import type { Problem } from '../flow/problem.ts';
import { readDraft } from '../store/drafts.ts';
import { moveLive, takeNumber } from '../store/flows.ts';
import type { Page, Paging } from '../store/page.ts';
import {
  dropVersion,
  largestNodeBytes,
  listVersions as listWhole,
  readDocument,
  readVersionHead,
  type VersionHead,
  writeVersion,
} from '../store/versions.ts';
import { type Admin, audited } from './admin.ts';
import { factsOf } from './facts.ts';
import { needFlow, refuseStale } from './flows.ts';
import { checkFlow } from './parse.ts';

/** What a note on a version may hold, in characters. */
const longestNote = 1000;

/** How a draft is published. */
export interface PublishOptions {
  readonly note?: string | undefined;
  /** The revision that was seen: the publish is refused where the draft is another by now. */
  readonly expected?: string | undefined;
}

/**
 * Freezes the draft as the next version and makes it live. Throws `flow-missing`; `draft-stale` where it is not the one
 * that is `expected`; `draft-unchanged` where the newest version holds the same; `flow-invalid` with the problems where one
 * of them is an error; `publish-raced` where somebody else moved the live version meanwhile. Whatever it throws, callers
 * get what they got before.
 */
export async function publish(
  admin: Admin,
  id: string,
  { note, expected }: PublishOptions = {},
): Promise<VersionHead> {
  if (note !== undefined && note.length > longestNote) {
    throw new Failure('bad-input', `\`note\` is longer than ${longestNote} characters.`);
  }
  const { table, who, now } = admin;
  const head = await needFlow(admin, id);
  if (expected !== undefined) refuseStale(id, head, expected);
  if (head.draft.digest === head.newest?.digest) {
    throw new Failure('draft-unchanged', `The draft of ${id} is version ${head.newest.version} already.`);
  }
  const document = await readDraft(table, head);
  const problems = [...checkFlow(document, await factsOf(admin)), ...largeNodes(document)];
  if (faulty(problems)) throw new Failure('flow-invalid', `${id} cannot be published as it is.`, problems);

  const number = await takeNumber(table, id);
  const version = await writeVersion(table, document, number, { at: now(), by: who, note });
  const intent = {
    did: 'publish',
    what: `flow ${id}`,
    before: { live: head.live },
    after: { live: number, note },
  };
  try {
    await audited(admin, intent, () => moveLive(table, head, { ...version, digest: head.draft.digest }));
  } catch (error) {
    if (error instanceof Failure) await dropVersion(table, id, number);
    throw error;
  }
  return version;
}

/** Makes another version live: back or forward. Throws `flow-missing`, `version-missing`, `publish-raced`. */
export async function setLive(admin: Admin, id: string, version: number): Promise<VersionHead> {
  const head = await needFlow(admin, id);
  const target = version < head.first ? undefined : await readVersionHead(admin.table, id, version);
  if (target === undefined) throw versionMissing(id, version);
  if (head.live === version) return target;
  const intent = {
    did: 'set-live',
    what: `flow ${id}`,
    before: { live: head.live },
    after: { live: version },
  };
  await audited(admin, intent, () => moveLive(admin.table, head, target));
  return target;
}

/** The versions of a flow, newest first. Throws `flow-missing`. */
export async function listVersions(
  admin: Admin,
  id: string,
  paging: Paging = {},
): Promise<Page<VersionHead>> {
  return listWhole(admin.table, await needFlow(admin, id), paging);
}

/** The document as it was published. Throws `flow-missing`, `version-missing`. */
export async function readVersion(admin: Admin, id: string, version: number): Promise<Flow> {
  const { first } = await needFlow(admin, id);
  const document = version < first ? undefined : await readDocument(admin.table, id, version);
  if (document === undefined) throw versionMissing(id, version);
  return document;
}

function versionMissing(id: string, version: number): Failure {
  return new Failure('version-missing', `${id} has no version ${version}.`);
}

function largeNodes({ nodes }: Flow): Problem[] {
  return Object.entries(nodes).flatMap(([node, settings]): Problem[] => {
    if (Buffer.byteLength(JSON.stringify(settings)) <= largestNodeBytes) return [];
    const message = `The node takes more than ${largestNodeBytes / 1024} KB: shorten its texts.`;
    return [{ rule: 'too-large', severity: 'error', node, message }];
  });
}

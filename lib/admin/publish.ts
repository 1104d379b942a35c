import * as v from 'valibot';
import { check, faulty } from '../engine/check.ts';
import { usesOf } from '../engine/uses.ts';
import { type Detail, Failure } from '../errors.ts';
import { canonicalJson } from '../flow/canonical.ts';
import { defined } from '../flow/defined.ts';
import type { Flow } from '../flow/flow.ts';
import { linesText } from '../flow/name.ts';
import { noSounds, type Sounds } from '../flow/sounds.ts';
import { dependsOnOrder, digestOf, fetchDraft } from '../store/flows/drafts.ts';
import { type FlowHead, moveLive, takeNumber } from '../store/flows/flows.ts';
import { fetchScript } from '../store/flows/scripts.ts';
import {
  dropVersion,
  fetchVersions as listWhole,
  readDocument,
  readPublished,
  readVersionHead,
  readVersionUses,
  type VersionHead,
  writeVersion,
} from '../store/flows/versions.ts';
import type { Page, Paging } from '../store/table/page.ts';
import { type Admin, audited, type Intent } from './admin.ts';
import { approvedAudio, frozenAudio } from './audio.ts';
import { factsOf } from './facts.ts';
import { needFlow, refuseStale } from './flows.ts';
import { wrong } from './input.ts';
import { scriptProblems } from './scripts.ts';
import { freezeSpeech } from './spoken.ts';

/** The note on a version: up to 1,000 characters, several lines. */
export const VersionNote = linesText(1000);

/** Why a version is published although call scripts fail: a note that says something. */
export const Reason = v.pipe(VersionNote, v.regex(/\S/, 'is empty: give the reason'));

const versionNote = v.optional(VersionNote);
const optionalReason = v.optional(Reason);

/** The options of `publish`. */
export interface PublishOptions {
  readonly note?: string | undefined;
  /** The revision that the user has seen; a draft with another one is refused. */
  readonly expected?: string | undefined;
  /** The reason for publishing although call scripts fail; stored with the version. */
  readonly despite?: string | undefined;
}

/**
 * Publishes the draft as the next version and makes it live. If it throws, the live version is unchanged. Throws
 * - `flow-missing`;
 * - `draft-stale` if the draft's revision is not `expected`;
 * - `draft-unchanged` if the newest version is the same, in any order of keys;
 * - `flow-invalid` with the problems, if one is an error (missing speech is one), or if call scripts fail without `despite`;
 * - `publish-raced` if somebody else changed the live version meanwhile.
 */
export async function publish(
  admin: Admin,
  id: string,
  { note, expected, despite }: PublishOptions = {},
): Promise<VersionHead> {
  const { issues: [issue] = [] } = v.safeParse(versionNote, note);
  if (issue !== undefined) throw wrong('note', issue.message);
  const { issues: [unfit] = [] } = v.safeParse(optionalReason, despite);
  if (unfit !== undefined) throw wrong('despite', unfit.message);
  const { table, who, now } = admin;
  const head = await needFlow(admin, id);
  const { digest } = head.draft;
  if (expected !== undefined) refuseStale(id, head, expected);
  const document = await fetchDraft(table, head);
  const speech = await freezeSpeech(admin, document);
  await refuseUnchanged(admin, head, document, speech.sounds);
  const audio = await approvedAudio(admin);
  const problems = [...check(document, await factsOf(admin, document, audio)), ...speech.problems];
  if (faulty(problems)) throw new Failure('flow-invalid', `${id} cannot be published as it is.`, problems);

  const { text: script } = await fetchScript(table, id);
  const red = await scriptProblems(admin, document, script);
  if (red.length > 0 && despite === undefined) throw new Failure('flow-invalid', redText(id, red), red);
  const reason = red.length === 0 ? undefined : despite;

  const number = await takeNumber(table, id);
  const uses = usesOf(document);
  const sounds = { ...speech.sounds, audio: frozenAudio(audio, uses) };
  const version = await writeVersion(table, document, number, {
    ...{ at: now(), by: who, note, uses, sounds },
    ...{ script, despite: reason },
  });
  const intent: Intent = {
    did: 'publish',
    what: `flow ${id}`,
    before: { live: head.live },
    after: { live: number, note, despite: reason },
  };
  try {
    await audited(admin, intent, () => moveLive(table, head, { ...version, digest, uses }, now()));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    try {
      await dropVersion(table, id, number, now());
    } catch (cause) {
      // The admin must get the refusal; this error goes to the log.
      error.cause ??= cause;
    }
    throw error;
  }
  return version;
}

function redText(id: string, red: readonly Detail[]): string {
  const lines = red.length === 1 ? 'One line' : `${red.length} lines`;
  return `${id} cannot be published: ${lines} of call scripts fail. Mend the flow or its script; an admin can give a reason in \`despite\`.`;
}

/**
 * Throws `draft-unchanged` if the draft equals the newest version, in any order of keys, and would sound the same: after a change of
 * pronunciations, the same document makes a new version.
 */
async function refuseUnchanged(
  { table }: Admin,
  { id, live, newest, draft: { digest } }: FlowHead,
  draft: Flow,
  { speech, words }: Pick<Sounds, 'speech' | 'words'>,
): Promise<void> {
  if (newest === undefined) return;
  const { version } = newest;
  if (newest.digest !== digest) {
    // An old digest depends on the order of keys.
    if (!dependsOnOrder(newest.digest)) return;
    const published = await readDocument(table, id, version);
    if (published === undefined || digestOf(published) !== digestOf(draft)) return;
  }
  const { sounds } = (await readPublished(table, id, version)) ?? { sounds: noSounds };
  if (canonicalJson({ speech, words }) !== canonicalJson({ speech: sounds.speech, words: sounds.words }))
    return;
  const fix = live === version ? '' : ' Make that version live.';
  throw new Failure('draft-unchanged', `The draft of ${id} is version ${version} already.${fix}`);
}

/** Makes an older or newer version live. Throws `flow-missing`, `version-missing`, `publish-raced`. */
export async function setLive(admin: Admin, id: string, version: number): Promise<VersionHead> {
  const head = await needFlow(admin, id);
  const target = version < head.first ? undefined : await readVersionHead(admin.table, id, version);
  if (target === undefined) throw versionMissing(id, version);
  if (head.live === version) return target;
  const intent: Intent = {
    did: 'set-live',
    what: `flow ${id}`,
    before: { live: head.live },
    after: { live: version },
  };
  const uses = await readVersionUses(admin.table, id, version);
  const moved = { ...target, ...defined({ uses }) };
  await audited(admin, intent, () => moveLive(admin.table, head, moved, admin.now()));
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

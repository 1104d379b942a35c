import { callOf, queuePositionOf, queueSeconds } from '../carrier/posts.ts';
import { emptyDocument } from '../carrier/twiml.ts';
import type { Step } from '../engine/result.ts';
import { namesVariables } from '../engine/texts.ts';
import { type Cursor, readCursor, writeCursor } from '../flow/cursor.ts';
import { holdMusic } from '../flow/prompt.ts';
import { isSound, type Sound } from '../flow/verbs.ts';
import type { JournalLine } from '../journal/line.ts';
import { announced, asked, countAhead, settleSwap } from '../queue/entries.ts';
import { readLeg } from '../queue/leg.ts';
import type { EntryRequest } from '../store/queue/entries.ts';
import { readSealed } from '../store/queue/sealed.ts';
import { callerDocument, readWait } from './document.ts';
import { memoryIn, openMemory, sealedIn } from './memory.ts';
import { takeCallStep } from './turn.ts';
import { type FailedPost, log, type Post, reportError, type VoiceContext } from './voice.ts';

/** A wait request of a queued caller: plays hold music, or lets them leave the queue. */
export async function waitTurn(voice: VoiceContext, post: Post): Promise<string> {
  const { query, fields, deadline } = post;
  const { callSid, to } = callOf(fields);
  const { group, audio, maxWaitSeconds, announces } = readWait(query);
  const cursor = readCursor(query);
  const waitedSeconds = queueSeconds(fields);
  // A caller who has waited too long leaves, even if the database fails; the action webhook reports the leave.
  if (cursor === undefined || callSid === '' || (waitedSeconds ?? 0) > maxWaitSeconds)
    return waitTurnAnyway(voice, post);
  const position = queuePositionOf(fields);
  const stay = {
    ...{ callSid, step: cursor.step, group, to, cursor: writeCursor(cursor) },
    ...{ waitedSeconds, position },
  };
  const request = { maxWaitSeconds, sealed: sealedIn(query), signal: deadline.signal };
  const { verdict, first } = await asked(voice.queue, stay, request);
  if (verdict === 'leave') return callerDocument(voice, [{ verb: 'leave' }]);
  const said = announces && first ? await greet(voice, post, { stay, cursor }) : [];
  return callerDocument(voice, [...said, { verb: 'play', audio }]);
}

/** What the flow says to a caller who has just entered the queue. If it fails, they hear only the music. */
async function greet(
  voice: VoiceContext,
  post: Post,
  { stay, cursor }: { readonly stay: EntryRequest; readonly cursor: Cursor },
): Promise<readonly Sound[]> {
  const { deadline } = post;
  try {
    const position = queuePositionOf(post.fields);
    const ahead =
      position === undefined ? await countAhead(voice.queue, stay, deadline.signal) : position - 1;
    const published = await voice.library.versionOf(cursor.flow, cursor.version, deadline);
    if (published === undefined) return [];
    const call = callOf(post.fields);
    const { memory, forgot } = memoryIn(post, cursor);
    const state = { cursor, memory };
    const step = await takeCallStep(voice, post, published, state, { event: 'queued', ahead, call });
    log(voice, {
      callSid: stay.callSid,
      phase: 'waiting',
      ahead,
      ...heardOf(step),
      ...(forgot ? { forgot } : {}),
    });
    return step.wait === undefined ? [] : step.verbs.filter(isSound);
  } catch (error) {
    reportError(voice, post, error);
    return [];
  }
}

/** A wait request answered without the database: the system's own music, until the longest wait is over. */
export function waitTurnAnyway(voice: VoiceContext, { query, fields }: FailedPost): string {
  const tooLong = (queueSeconds(fields) ?? 0) > readWait(query).maxWaitSeconds;
  return callerDocument(voice, [tooLong ? { verb: 'leave' } : { verb: 'play', audio: holdMusic }]);
}

/** What the caller hears just before they are connected. If it fails, they are connected without it. */
export async function announce(voice: VoiceContext, post: Post): Promise<string> {
  const { query, fields } = post;
  const leg = readLeg(query);
  const call = callOf(fields);
  if (leg === undefined) return emptyDocument;
  const entry = await announced(voice.queue, call.callSid, leg);
  if (entry === undefined) {
    // An agent was there before their first wait request: the cursor is unknown here, but the talk is not.
    log(voice, { callSid: call.callSid, phase: 'talking', agent: leg.staffNo });
    return emptyDocument;
  }
  const announcement = await announcementOf(voice, post, {
    staffNo: leg.staffNo,
    cursor: entry.cursor,
  });
  const step = announcement?.step;
  const heard =
    announcement === undefined
      ? {}
      : { ...heardOf(announcement.step), ...(announcement.forgot ? { forgot: true } : {}) };
  log(voice, { callSid: call.callSid, phase: 'talking', agent: leg.staffNo, ...heard });
  try {
    await settleSwap(voice.queue, leg, entry);
  } catch (error) {
    reportError(voice, post, error);
  }
  // Without a wait, the flow would end the call: then nothing is announced, and the call goes on.
  return step?.wait === undefined || step.verbs.length === 0
    ? emptyDocument
    : callerDocument(voice, step.verbs);
}

/** The time limit of an announcement, and the time kept for the work after it. */
const announcementMs = 1200;
const announcementReserveMs = 1000;

/** The step that announces an agent, and whether the call's memory was missing for it. */
interface Announcement {
  readonly step: Step;
  readonly forgot: boolean;
}

/** The announcement of an agent; `undefined` if it is not ready in time. */
async function announcementOf(
  voice: VoiceContext,
  post: Post,
  { staffNo, cursor: query }: { readonly staffNo: string; readonly cursor: string },
): Promise<Announcement | undefined> {
  const cursor = readCursor(query);
  if (cursor === undefined) return undefined;
  const part = post.deadline.part(announcementMs, announcementReserveMs);
  try {
    return await part.run(async () => {
      const published = await voice.library.versionOf(cursor.flow, cursor.version, part);
      if (published === undefined) return undefined;
      const call = callOf(post.fields);
      const sealed = namesVariables(published.flow, cursor.node)
        ? await readSealed(voice.queue.table, call.callSid, cursor.step)
        : undefined;
      const { memory, forgot } = openMemory(post, cursor, sealed);
      const event = { event: 'connected', staffNo, call } as const;
      return { step: await takeCallStep(voice, post, published, { cursor, memory }, event), forgot };
    });
  } catch (error) {
    reportError(voice, post, error);
    return undefined;
  }
}

/** The journal entries for what a caller heard in the queue; empty if the flow would have ended the call there. */
function heardOf({ wait, journal }: Step): Pick<JournalLine, 'entries'> {
  return wait === undefined ? {} : { entries: journal };
}

import { callOf, dialledOf, keysOf, queuePositionOf, queueSeconds, statusOf } from '../carrier/posts.ts';
import { emptyDocument } from '../carrier/twiml.ts';
import type { Step } from '../engine/result.ts';
import { namesVariables } from '../engine/texts.ts';
import { apology } from '../flow/apology.ts';
import { type Cursor, readCursor, writeCursor } from '../flow/cursor.ts';
import { holdMusic } from '../flow/prompt.ts';
import { isSound, type Sound, type Verb } from '../flow/verbs.ts';
import type { JournalLine } from '../journal/line.ts';
import { agentWords } from '../queue/agentPrompts.ts';
import { announced, asked, countAhead, settleSwap } from '../queue/entries.ts';
import { type Leg, readLeg } from '../queue/leg.ts';
import {
  type AgentPrompt,
  answered,
  answerFailed,
  confirmed,
  dialled,
  legStatusChanged,
} from '../queue/legs.ts';
import type { EntryRequest } from '../store/queue/entries.ts';
import { readSealed } from '../store/queue/sealed.ts';
import type { Deadline } from './deadline.ts';
import { agentDocument, callerDocument, readWait } from './document.ts';
import { memoryIn, openMemory, sealedIn } from './memory.ts';
import { takeCallStep } from './turn.ts';
import { languageOf, log, type Post, reportError, type VoiceContext } from './voice.ts';

/** What the answer to a failed webhook is made from. */
type PostContent = Pick<Post, 'query' | 'fields'>;

/** A webhook of the queues: its document, and the one instead where that cannot be had. */
export interface QueueWebhook {
  answer(voice: VoiceContext, post: Post, deadline: Deadline): Promise<string>;
  onFailure(voice: VoiceContext, post: PostContent): string;
}

/** How long an agent has to press 1. */
const confirmSeconds = 10;

/** The webhooks of the queues by the end of their path. Nobody who waits is hung up for a fault of ours. */
export const queueWebhooks: ReadonlyMap<string, QueueWebhook> = new Map(
  Object.entries({
    '/wait': { answer: wait, onFailure: waitAnyway },
    '/announced': { answer: announce, onFailure: () => emptyDocument },
    '/answered': ofAnswered(({ queue }, leg, { fields }) => answered(queue, leg, callOf(fields).callSid)),
    '/confirmed': ofAnswered(({ queue }, leg, post) => {
      return confirmed(queue, leg, callOf(post.fields).callSid, keyIn(post));
    }),
    '/dialled': ofLeg(async (voice, leg, { fields }) => {
      return tellAgent(voice, leg, await dialled(voice.queue, leg, dialledOf(fields)));
    }),
    '/leg': {
      ...ofLeg(async (voice, leg, { fields }) => {
        const status = statusOf(fields);
        if (status !== undefined) await legStatusChanged(voice.queue, leg, callOf(fields).callSid, status);
        return emptyDocument;
      }),
      onFailure: () => emptyDocument,
    },
  }),
);

/** One turn of the music for a caller who waits, or the way out of the queue. */
async function wait(voice: VoiceContext, post: Post, deadline: Deadline): Promise<string> {
  const { query, fields } = post;
  const { callSid, to } = callOf(fields);
  const { group, audio, maxWaitSeconds, announces } = readWait(query);
  const cursor = readCursor(query);
  const waitedSeconds = queueSeconds(fields);
  // Who has waited too long leaves, whether the database answers or not; that they left comes by the action.
  if (cursor === undefined || callSid === '' || (waitedSeconds ?? 0) > maxWaitSeconds)
    return waitAnyway(voice, post);
  const stay = { callSid, step: cursor.step, group, to, cursor: writeCursor(cursor), waitedSeconds };
  const request = { maxWaitSeconds, sealed: sealedIn(query), signal: deadline.signal };
  const { verdict, first } = await asked(voice.queue, stay, request);
  if (verdict === 'leave') return callerDocument(voice, [{ verb: 'leave' }]);
  const said = announces && first ? await greet(voice, post, deadline, { stay, cursor }) : [];
  return callerDocument(voice, [...said, { verb: 'play', audio }]);
}

/** What the flow says to a caller who has just come into the queue. Without it they hear the music all the same. */
async function greet(
  voice: VoiceContext,
  post: Post,
  deadline: Deadline,
  { stay, cursor }: { readonly stay: EntryRequest; readonly cursor: Cursor },
): Promise<readonly Sound[]> {
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

/** What a caller who waits hears without the database: the system's own music, but not for longer than they may wait. */
function waitAnyway(voice: VoiceContext, { query, fields }: PostContent): string {
  const tooLong = (queueSeconds(fields) ?? 0) > readWait(query).maxWaitSeconds;
  return callerDocument(voice, [tooLong ? { verb: 'leave' } : { verb: 'play', audio: holdMusic }]);
}

/** What the caller hears just before they are connected. Without words the two are connected all the same. */
async function announce(voice: VoiceContext, post: Post, deadline: Deadline): Promise<string> {
  const { query, fields } = post;
  const leg = readLeg(query);
  const call = callOf(fields);
  if (leg === undefined) return emptyDocument;
  const entry = await announced(voice.queue, call.callSid);
  if (entry === undefined) return emptyDocument;
  const announcement = await announcementOf(voice, post, deadline, {
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
  // Without a wait the flow has ended the call: that is no announcement, and must not end this one.
  return step?.wait === undefined || step.verbs.length === 0
    ? emptyDocument
    : callerDocument(voice, step.verbs);
}

/** How long an announcement may take, and what is kept for what must be done even without it. */
const announcementMs = 1200;
const announcementReserveMs = 1000;

/** The step that announces an agent, and whether it was taken without what the call remembered. */
interface Announcement {
  readonly step: Step;
  readonly forgot: boolean;
}

/** The announcement of an agent; `undefined` if it cannot be made in time. */
async function announcementOf(
  voice: VoiceContext,
  post: Post,
  deadline: Deadline,
  { staffNo, cursor: query }: { readonly staffNo: string; readonly cursor: string },
): Promise<Announcement | undefined> {
  const cursor = readCursor(query);
  if (cursor === undefined) return undefined;
  const part = deadline.part(announcementMs, announcementReserveMs);
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

/** What the log says of words that a caller heard in the queue; nothing if the flow came to its end by them. */
function heardOf({ wait, journal }: Step): Pick<JournalLine, 'entries'> {
  return wait === undefined ? {} : { entries: journal };
}

/** A webhook of an agent's leg; where it cannot be answered, the agent hears an apology. */
function ofLeg(answer: (voice: VoiceContext, leg: Leg, post: Post) => Promise<string>): QueueWebhook {
  const sorry = (voice: VoiceContext, post: PostContent) =>
    callerDocument(voice, apology(languageOf(voice, post)));
  return {
    answer: async (voice, post) => {
      const leg = readLeg(post.query);
      return leg === undefined ? sorry(voice, post) : await answer(voice, leg, post);
    },
    onFailure: sorry,
  };
}

/** A webhook of an agent who has answered that failed is asked for again so often before the agent is let go. */
const maxRetries = 2;

/**
 * A webhook of an agent who has answered. They are not left for a fault of ours: it is tried again, with the key that they
 * pressed. In the end they hear an apology, and a last webhook says that it was no miss.
 */
function ofAnswered(
  answer: (voice: VoiceContext, leg: Leg, post: Post) => Promise<AgentPrompt>,
): QueueWebhook {
  const page = ofLeg(async (voice, leg, post) => {
    const told = hasFailed(post) ? await answerFailed(voice.queue, leg) : await answer(voice, leg, post);
    return tellAgent(voice, leg, told);
  });
  return { ...page, onFailure: (voice, post) => retry(voice, post) ?? page.onFailure(voice, post) };
}

function hasFailed({ query }: PostContent): boolean {
  return new URLSearchParams(query).get('failed') === '1';
}

/** What an agent hears whose webhook failed; undefined if the URL names no leg. */
function retry(voice: VoiceContext, post: PostContent): string | undefined {
  const leg = readLeg(post.query);
  if (leg === undefined) return undefined;
  const key = keyIn(post);
  // Another key than 1 refuses the call, and the end of the leg says so, too.
  if (hasFailed(post) || !['', '1'].includes(key)) return callerDocument(voice, [{ verb: 'hangup' }]);
  const retries = Number(new URLSearchParams(post.query).get('retries')) || 0;
  // A fallback may not tell the key: then the agent is asked for it again.
  const next = key === '' ? 'answered' : 'confirmed';
  const pressed = key === '' ? '' : '&key=1';
  if (retries < maxRetries) {
    return agentDocument(voice, [{ verb: 'continue' }], leg, next, `&retries=${retries + 1}${pressed}`);
  }
  const words = apology(languageOf(voice, post)).filter(isSound);
  return agentDocument(voice, [...words, { verb: 'continue' }], leg, next, `&failed=1${pressed}`);
}

/** The key that an agent pressed, by this post or by the one that failed before it. */
function keyIn({ query, fields }: PostContent): string {
  return keysOf(fields) || (new URLSearchParams(query).get('key') ?? '');
}

function tellAgent(voice: VoiceContext, leg: Leg, told: AgentPrompt): string {
  switch (told.do) {
    case 'ask': {
      const sounds = [agentWords('confirm', leg.language)];
      const gather: Verb = { verb: 'gather', sounds, timeoutSeconds: confirmSeconds };
      return agentDocument(voice, [gather], leg, 'confirmed');
    }
    case 'connect':
      return agentDocument(voice, [{ verb: 'connect', skillGroup: told.group }], leg, 'dialled');
    case 'nobody':
      return agentDocument(voice, [agentWords('nobody', leg.language), { verb: 'hangup' }], leg, 'dialled');
    case 'hang-up':
      return agentDocument(voice, [{ verb: 'hangup' }], leg, 'dialled');
  }
}

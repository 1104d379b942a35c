import {
  answeredFor,
  callOf,
  eventOf,
  hasHungUp,
  hasLeftQueue,
  hasTalked,
  leftQueueOf,
  statusOf,
} from '../carrier/posts.ts';
import { emptyDocument } from '../carrier/twiml.ts';
import type { Step } from '../engine/result.ts';
import { InternalError } from '../errors.ts';
import { apologyLanguage } from '../flow/apology.ts';
import { begin, type Cursor, readCursor } from '../flow/cursor.ts';
import type { Event } from '../flow/events.ts';
import { defaultLanguage } from '../flow/flow.ts';
import { noMemory } from '../flow/memory.ts';
import { hasEnded } from '../flow/status.ts';
import { callEnded, left } from '../queue/entries.ts';
import { waitedSeconds } from '../queue/measured.ts';
import type { Published } from '../store/flows/versions.ts';
import { callerMemory, memoryIn, unsealed, writeSealed } from './memory.ts';
import { apologise, type Reply, replyOf, spoken } from './reply.ts';
import { takeCallStep } from './turn.ts';
import { log, type Post, reportError, type VoiceContext } from './voice.ts';
import { whenThere } from './whenthere.ts';

/** The time limit for updating the queue when a caller has left it and waits to hear what comes next, and the time kept for that step. */
const leavingMs = 800;
const leavingReserveMs = 1000;

/** The same if the caller has hung up, so that nobody waits for the answer; the time kept is for recording why they left. */
const goneMs = 3500;
const goneReserveMs = 400;

/** An incoming call: starts the live version of the flow that its number is bound to. */
export async function arrive(voice: VoiceContext, post: Post): Promise<string> {
  const { deadline } = post;
  const { flow: flowId, live } = await deadline.run(() => reach(voice, post));
  const reached = { ...post, language: live?.language ?? voice.config.defaultLanguage };
  try {
    return await deadline.run(async () => spoken(voice, await start(voice, reached, flowId, live?.version)));
  } catch (error) {
    return apologise(voice, reached, error);
  }
}

/** The flow that the number of an incoming call is bound to, and its live version. */
async function reach({ library }: VoiceContext, { fields, deadline }: Post) {
  const reached = await library.reachedBy(callOf(fields).to, deadline);
  if (reached === undefined)
    throw new InternalError('unknown-number', 'The number that was called is bound to no flow.');
  return reached;
}

async function start(
  voice: VoiceContext,
  post: Post,
  flowId: string,
  version: number | undefined,
): Promise<Reply> {
  const { cursor, step } = await firstStep(voice, post, flowId, version);
  return sealed(post, step, replyOf(callOf(post.fields), cursor, step));
}

async function firstStep(
  voice: VoiceContext,
  post: Post,
  flowId: string,
  version: number | undefined,
): Promise<{ readonly cursor: Cursor; readonly step: Step }> {
  if (version === undefined)
    throw new InternalError('no-live-version', `Flow ${flowId} has no live version.`);
  const call = callOf(post.fields);
  const published = await versionOf(voice, post, flowId, version);
  const { language = defaultLanguage } = published.flow;
  const cursor = begin(flowId, version, language, apologyLanguage(voice.config.defaultLanguage));
  const state = { cursor, memory: noMemory };
  return { cursor, step: await takeCallStep(voice, post, published, state, { event: 'arrived', call }) };
}

/** Continues a call at its cursor. */
export function goOn(voice: VoiceContext, post: Post): string | Promise<string> {
  return post.deadline.run(() => whenThere(next(voice, post), (reply) => spoken(voice, reply)));
}

function next(voice: VoiceContext, post: Post): Reply | Promise<Reply> {
  const { query, fields } = post;
  const cursor = readCursor(unsealed(query));
  if (cursor === undefined)
    throw new InternalError('bad-cursor', 'The URL does not say where the call stands.');
  if (!hasLeftQueue(fields)) return stepFrom(voice, post, cursor, eventOf(fields, cursor.waiting));
  return whenThere(leaveQueue(voice, post, cursor), (gone) => {
    return stepFrom(voice, post, cursor, gone ?? eventOf(fields, cursor.waiting));
  });
}

function stepFrom(voice: VoiceContext, post: Post, cursor: Cursor, event: Event): Reply | Promise<Reply> {
  return whenThere(versionOf(voice, post, cursor.flow, cursor.version), (published) => {
    const { memory, forgot } = memoryIn(post, cursor);
    return whenThere(takeCallStep(voice, post, published, { cursor, memory }, event), (step) => {
      const reply = sealed(post, step, replyOf(callOf(post.fields), cursor, step));
      return forgot ? { ...reply, line: { ...reply.line, forgot } } : reply;
    });
  });
}

/** A reply with the call's sealed memory and, if it waits for a recording, the caller's number for the callback. */
function sealed(post: Post, { wait }: Step, reply: Reply): Reply {
  if (wait === undefined) return reply;
  const { cursor } = wait;
  const records = cursor.waiting === 'recording';
  return {
    ...reply,
    sealed: writeSealed(post, wait),
    ...(records ? { caller: writeSealed(post, { cursor, memory: callerMemory(callOf(post.fields)) }) } : {}),
  };
}

function versionOf(
  { library }: VoiceContext,
  { deadline }: Post,
  id: string,
  version: number,
): Published | Promise<Published> {
  return whenThere(library.versionOf(id, version, deadline), (published) => {
    if (published === undefined)
      throw new InternalError('unknown-version', `There is no version ${version} of ${id}.`);
    return published;
  });
}

/**
 * The carrier could not use the document that answered `post`. If that document records, the call goes on as if recording failed;
 * if not, or if that is unknown, returns `undefined`. The step is repeated to find out: it returns the same document.
 */
export async function goOnUnrecorded(voice: VoiceContext, post: Post): Promise<string | undefined> {
  const { deadline, fields } = post;
  try {
    return await deadline.run(async () => {
      const { wait } = await stepAgain(voice, post);
      if (wait?.cursor.waiting !== 'recording') return undefined;
      const { cursor } = wait;
      const published = await versionOf(voice, post, cursor.flow, cursor.version);
      const call = callOf(fields);
      const gone = hasEnded(statusOf(fields)?.status);
      const failed: Event = { event: 'recorded', seconds: 0, gone, failed: true, call };
      const step = await takeCallStep(voice, post, published, wait, failed);
      return spoken(voice, sealed(post, step, replyOf(call, cursor, step)));
    });
  } catch (error) {
    reportError(voice, post, error);
    return undefined;
  }
}

/** Repeats the step of an earlier post. */
async function stepAgain(voice: VoiceContext, post: Post): Promise<Step> {
  const { path, query, fields } = post;
  if (path === '/incoming') {
    const { flow, live } = await reach(voice, post);
    return (await firstStep(voice, post, flow, live?.version)).step;
  }
  const cursor = readCursor(unsealed(query));
  if (cursor === undefined) return { verbs: [], journal: [] };
  const published = await versionOf(voice, post, cursor.flow, cursor.version);
  const { memory } = memoryIn(post, cursor);
  // The queue was told when the step was taken first.
  const event = leftQueueOf(fields, { ringing: false, waitedSeconds: 0 }) ?? eventOf(fields, cursor.waiting);
  return await takeCallStep(voice, post, published, { cursor, memory }, event);
}

/** A caller has left a queue. Their call goes on, even if the queue cannot be updated. */
async function leaveQueue(voice: VoiceContext, post: Post, cursor: Cursor) {
  const { fields, deadline } = post;
  const { queue } = voice;
  const { callSid } = callOf(fields);
  const isOver = hasEnded(statusOf(fields)?.status);
  const part = isOver ? deadline.part(goneMs, goneReserveMs) : deadline.part(leavingMs, leavingReserveMs);
  try {
    const how = { talked: hasTalked(fields), hungUp: isOver || hasHungUp(fields) };
    const departure = await part.watch(() => left(queue, { callSid, step: cursor.step }, how));
    return leftQueueOf(fields, {
      ringing: departure.ring !== undefined,
      waitedSeconds: waitedSeconds(departure),
    });
  } catch (error) {
    reportError(voice, post, error);
    return leftQueueOf(fields, { ringing: false, waitedSeconds: 0 });
  }
}

/** A status callback of a call: writes it to the journal, and removes a caller whose call is over from all queues. */
export async function note(voice: VoiceContext, { fields }: Post): Promise<string> {
  const status = statusOf(fields);
  const { callSid } = callOf(fields);
  if (status !== undefined) log(voice, { callSid, ...status });
  if (hasEnded(status?.status) && callSid !== '' && (await callEnded(voice.queue, callSid))) {
    log(voice, { callSid, phase: 'ringing' });
  }
  return emptyDocument;
}

/** The number that was dialled for a caller has answered: from now on a hang-up ends a talk. */
export function noteAnswered(voice: VoiceContext, { fields }: Post): string {
  const callSid = answeredFor(fields);
  if (callSid !== undefined) log(voice, { callSid, phase: 'talking' });
  return emptyDocument;
}

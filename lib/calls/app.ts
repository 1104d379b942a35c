import {
  callOf,
  eventOf,
  faultOf,
  hasLeftQueue,
  hasTalked,
  leftQueueOf,
  statusOf,
} from '../carrier/posts.ts';
import { signingToken } from '../carrier/signature.ts';
import { emptyDocument } from '../carrier/twiml.ts';
import type { Step } from '../engine/result.ts';
import { InternalError } from '../errors.ts';
import { apology, apologyLanguage } from '../flow/apology.ts';
import { begin, type Cursor, readCursor, writeCursor } from '../flow/cursor.ts';
import { defaultLanguage } from '../flow/flow.ts';
import { noMemory } from '../flow/memory.ts';
import { hasEnded } from '../flow/status.ts';
import { type HttpAnswer, type HttpHandler, serveWebhook } from '../http.ts';
import { troubleOf } from '../journal/line.ts';
import { callEnded, left } from '../queue/entries.ts';
import type { Published } from '../store/flows/versions.ts';
import { answerOf, callerDocument } from './document.ts';
import { memoryIn, writeSealed } from './memory.ts';
import { pathOf, readPost } from './post.ts';
import { queueWebhooks } from './queue.ts';
import { apologyReply, type Reply, replyOf } from './reply.ts';
import { takeCallStep } from './turn.ts';
import { languageOf, log, type Post, reportError, type VoiceContext } from './voice.ts';

/** How long the queue is told that a caller has left it while they wait to hear what comes next, and what is kept for that. */
const leavingMs = 800;
const leavingReserveMs = 1000;

/** The same if the caller has hung up, so that nobody waits: why they left is told after it. */
const goneMs = 3500;
const goneReserveMs = 400;

/**
 * The function behind `/voice/*`: answers each of the carrier's webhooks with TwiML. What the carrier did not sign is refused
 * with 403; for everything else that goes wrong the caller hears the apology, or music while they wait in a queue.
 */
export function createVoice(voice: VoiceContext): HttpHandler {
  return serveWebhook<Post>({
    read: (event, form, arrivedAt) => readPost(voice.config, event, form, arrivedAt),
    isSigned(post) {
      const { signed, deadline } = post;
      const fits = voice.tokens.fit(voice.now(), (list) => {
        const token = signingToken(signed, list);
        if (token !== undefined) post.tokens = [token, ...list.filter((each) => each !== token)];
        return token !== undefined;
      });
      return typeof fits === 'boolean' ? fits : deadline.watch(() => fits);
    },
    async answer(post) {
      try {
        return await route(voice, post);
      } catch (error) {
        return apologise(voice, post, error);
      }
    },
    apologise: (post, error) => apologise(voice, post, error),
    apologiseUnchecked: (post, error) => apologiseUnchecked(voice, post, error),
  });
}

/** The answer to a webhook by the end of its path. */
async function route(voice: VoiceContext, post: Post): Promise<HttpAnswer> {
  const { path, deadline } = post;
  const page = queueWebhooks.get(path);
  if (page !== undefined) return answerOf(await deadline.watch(() => page.answer(voice, post, deadline)));
  switch (path) {
    case '/incoming':
      return await arrive(voice, post);
    case '/step':
      return await deadline.run(async () => spoken(voice, await goOn(voice, post)));
    case '/status':
      return await deadline.watch(() => note(voice, post));
    case '/fallback':
      return answerFallback(voice, post);
    default:
      throw new InternalError('unknown-path', 'No webhook of ours has this path.');
  }
}

/** The answer if something of ours failed. */
function apologise(voice: VoiceContext, post: Post, error: unknown): HttpAnswer {
  reportError(voice, post, error);
  const { path, query, fields } = post;
  const document = silentDocument(voice, post);
  if (document !== undefined) return answerOf(document);
  const { callSid, ...parties } = callOf(fields);
  const cursor = path === '/step' ? readCursor(query) : undefined;
  const line = {
    callSid,
    ...(path === '/incoming' ? parties : {}),
    ...(cursor === undefined ? {} : { cursor: writeCursor(cursor) }),
  };
  return spoken(voice, apologyReply(troubleOf(error), languageOf(voice, post), line));
}

/**
 * The answer if no token can be read, so that it is not known who sent the request: the same sounds, but nothing of the
 * request is written down.
 */
function apologiseUnchecked(voice: VoiceContext, post: Post, error: unknown): HttpAnswer {
  const { callSid: _, ...place } = post.place;
  reportError(voice, { ...post, place }, error);
  return answerOf(silentDocument(voice, post) ?? callerDocument(voice, apology(languageOf(voice, post))));
}

/** The document of a failed webhook that is not the apology; undefined for those whose caller must hear why the call ends. */
function silentDocument(voice: VoiceContext, post: Post): string | undefined {
  return post.path === '/status' ? emptyDocument : queueWebhooks.get(post.path)?.onFailure(voice, post);
}

/** A call has come in: it begins at the live version of the flow that its number is bound to. */
async function arrive(voice: VoiceContext, post: Post): Promise<HttpAnswer> {
  const { deadline } = post;
  const { flowId, live } = await deadline.run(() => reach(voice, post));
  const reached = { ...post, language: live?.language ?? voice.config.defaultLanguage };
  try {
    return await deadline.run(async () => spoken(voice, await start(voice, reached, flowId, live?.version)));
  } catch (error) {
    return apologise(voice, reached, error);
  }
}

/** The flow that the number of an arriving call is bound to, and what of it is live. */
async function reach({ library }: VoiceContext, { fields, deadline }: Post) {
  const flowId = await library.flowOf(callOf(fields).to, deadline);
  if (flowId === undefined)
    throw new InternalError('unknown-number', 'The number that was called is bound to no flow.');
  return { flowId, live: await library.liveVersionOf(flowId, deadline) };
}

async function start(
  voice: VoiceContext,
  post: Post,
  flowId: string,
  version: number | undefined,
): Promise<Reply> {
  if (version === undefined)
    throw new InternalError('no-live-version', `Flow ${flowId} has no live version.`);
  const call = callOf(post.fields);
  const published = await versionOf(voice, post, flowId, version);
  const { language = defaultLanguage } = published.flow;
  const cursor = begin(flowId, version, language, apologyLanguage(voice.config.defaultLanguage));
  const state = { cursor, memory: noMemory };
  const step = await takeCallStep(voice, post, published, state, { event: 'arrived', call });
  return sealed(post, step, replyOf(call, cursor, step));
}

/** A call goes on from where its cursor stands. */
async function goOn(voice: VoiceContext, post: Post): Promise<Reply> {
  const { query, fields } = post;
  const cursor = readCursor(query);
  if (cursor === undefined)
    throw new InternalError('bad-cursor', 'The URL does not say where the call stands.');
  const gone = hasLeftQueue(fields) ? await leaveQueue(voice, post, cursor) : undefined;
  const event = gone ?? eventOf(fields, cursor.waiting);
  const published = await versionOf(voice, post, cursor.flow, cursor.version);
  const { memory, forgot } = memoryIn(post, cursor);
  const step = await takeCallStep(voice, post, published, { cursor, memory }, event);
  const reply = sealed(post, step, replyOf(callOf(fields), cursor, step));
  return forgot ? { ...reply, line: { ...reply.line, forgot } } : reply;
}

/** A reply with what the call remembers. */
function sealed(post: Post, { wait }: Step, reply: Reply): Reply {
  return wait === undefined ? reply : { ...reply, sealed: writeSealed(post, wait) };
}

async function versionOf(
  { library }: VoiceContext,
  { deadline }: Post,
  id: string,
  version: number,
): Promise<Published> {
  const published = await library.versionOf(id, version, deadline);
  if (published === undefined)
    throw new InternalError('unknown-version', `There is no version ${version} of ${id}.`);
  return published;
}

/** A caller has left a queue: their call goes on, even if the queue cannot be told. */
async function leaveQueue(voice: VoiceContext, post: Post, cursor: Cursor) {
  const { fields, deadline } = post;
  const { queue } = voice;
  const { callSid } = callOf(fields);
  const isOver = hasEnded(statusOf(fields)?.status);
  const part = isOver ? deadline.part(goneMs, goneReserveMs) : deadline.part(leavingMs, leavingReserveMs);
  try {
    const { ring, since, leftAt } = await part.watch(() => {
      return left(queue, { callSid, step: cursor.step }, { talked: hasTalked(fields) });
    });
    const waitedSeconds = Math.floor((Date.parse(leftAt) - Date.parse(since || leftAt)) / 1000);
    return leftQueueOf(fields, { ringing: ring !== undefined, waitedSeconds });
  } catch (error) {
    reportError(voice, post, error);
    return leftQueueOf(fields, { ringing: false, waitedSeconds: 0 });
  }
}

/** The carrier could not fetch or play a document of ours: the caller hears why the call ends, or music while they wait. */
function answerFallback(voice: VoiceContext, post: Post): HttpAnswer {
  const { fields } = post;
  const { code, url } = faultOf(fields);
  const [base = '', query = ''] = url.split('?', 2);
  const failed = pathOf(base);
  reportError(
    voice,
    post,
    new InternalError('carrier', `The carrier could not use ${failed}: error ${code || '?'}.`),
  );
  const page = queueWebhooks.get(failed);
  if (page !== undefined) return answerOf(page.onFailure(voice, { query, fields }));
  const { callSid } = callOf(fields);
  return spoken(voice, apologyReply('carrier', languageOf(voice, { query }), { callSid, code }));
}

/** The carrier tells how a call is: it stands in the log, and whose call is over waits nowhere any more. */
async function note(voice: VoiceContext, { fields }: Post): Promise<HttpAnswer> {
  const status = statusOf(fields);
  const { callSid } = callOf(fields);
  if (status !== undefined) log(voice, { callSid, ...status });
  if (hasEnded(status?.status) && callSid !== '' && (await callEnded(voice.queue, callSid))) {
    log(voice, { callSid, phase: 'ringing' });
  }
  return answerOf(emptyDocument);
}

function spoken(voice: VoiceContext, { verbs, next, line, ...reply }: Reply): HttpAnswer {
  const body = callerDocument(voice, verbs, next, reply.sealed);
  log(voice, line);
  return answerOf(body);
}

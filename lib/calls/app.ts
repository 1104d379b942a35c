import { parse } from 'node:querystring';
import {
  callOf,
  eventOf,
  type Fields,
  faultOf,
  hasEnded,
  hasLeftQueue,
  leftQueueOf,
  statusOf,
} from '../carrier/posts.ts';
import { isSigned, publicUrls } from '../carrier/signature.ts';
import { createTokens } from '../carrier/tokens.ts';
import { emptyDocument } from '../carrier/twiml.ts';
import { apologyLanguage } from '../flow/apology.ts';
import { begin, type Cursor, readCursor } from '../flow/cursor.ts';
import { type Answer, type Form, type Head, type HttpHandler, serveWebhook } from '../http.ts';
import { errorLine } from '../log.ts';
import { callEnded, left, wasRung } from '../queue/stays.ts';
import { type Deadline, TooSlow, within, withinOnceAsked } from './deadline.ts';
import { answerOf, callerDocument } from './document.ts';
import { queuePages } from './queue.ts';
import { type Reply, replyOf, sorry } from './reply.ts';
import { takeStep } from './turn.ts';
import { languageOf, log, type Post, type Voice } from './voice.ts';

/** How long the work of a webhook may take: past it the caller hears the apology. */
const stepMs = 2000;

/** The same where the carrier may have to be asked to ring or to stop ringing, for which it is given 2 s. */
const queueMs = 4000;

/** How long the queue is told that a caller has left it, while they wait to hear what comes next. */
const leavingMs = 1500;

/** The same where the caller has hung up, so that nobody waits: less than `queueMs`, for why they left is told after it. */
const goneMs = 3500;

/**
 * The function behind `/voice/*`: answers each of the carrier's webhooks with TwiML. What the carrier did not sign is refused
 * with 403; for everything else that goes wrong the caller hears the apology, or music where they wait in a queue.
 */
export function createVoice(voice: Voice): HttpHandler {
  const { config, now, write } = voice;
  const tokens = createTokens(config.authTokens, { onFault: (error) => write(errorLine(now(), error)) });
  return serveWebhook({
    isSigned(event, form) {
      const urls = publicUrls(event, config.publicUrl);
      const signature = event.headers['x-twilio-signature'];
      const request = { signature, urls, fields: form };
      return tokens.fit(now(), (list) => isSigned(request, list));
    },
    async answer(event, form) {
      const post = postOf(event, form);
      const path = pathOf(event.rawPath);
      const page = queuePages.get(path);
      try {
        if (page !== undefined)
          return answerOf(await within(queueMs, (deadline) => page.answer(voice, post, deadline)));
        if (path === '/status') return await within(queueMs, () => note(voice, post.fields));
        const limitMs = hasLeftQueue(post.fields) ? queueMs : stepMs;
        return await withinOnceAsked(limitMs, (deadline) => route(voice, path, post, deadline));
      } catch (error) {
        return amends(voice, event, post, error);
      }
    },
    apologise: (event, form, error) => amends(voice, event, postOf(event, form), error),
  });
}

/** The answer where something of ours failed. */
function amends(voice: Voice, { rawPath }: Head, post: Post, error: unknown): Answer {
  voice.write(errorLine(voice.now(), error));
  const path = pathOf(rawPath);
  const page = queuePages.get(path);
  if (page !== undefined) return answerOf(page.otherwise(voice, post));
  if (path === '/status') return answerOf(emptyDocument);
  const { callSid, ...parties } = callOf(post.fields);
  const trouble = error instanceof TooSlow ? 'too-slow' : 'error';
  const line = path === '/incoming' ? { callSid, ...parties } : { callSid };
  return spoken(voice, sorry(trouble, languageOf(voice, post), line));
}

/** The answer to a webhook of the flows by the end of its path. */
async function route(voice: Voice, path: string, post: Post, deadline: Deadline): Promise<Answer> {
  const { fields } = post;
  switch (path) {
    case '/incoming':
      return spoken(voice, await arrive(voice, post, deadline));
    case '/step':
      return spoken(voice, await goOn(voice, post, deadline));
    case '/fallback':
      return fallBack(voice, fields);
    default: {
      const { callSid } = callOf(fields);
      return spoken(voice, sorry('unknown-path', voice.config.defaultLanguage, { callSid }));
    }
  }
}

/** The end of a webhook's path, which tells what it is about. */
function pathOf(path: string): string {
  return path.slice(path.lastIndexOf('/'));
}

/** A call has come in: it begins at the live version of the flow that its number is bound to. */
async function arrive(voice: Voice, post: Post, deadline: Deadline): Promise<Reply> {
  const { library, config } = voice;
  const call = callOf(post.fields);
  const flowId = await library.flowOf(call.to, deadline);
  if (flowId === undefined) return sorry('unknown-number', config.defaultLanguage, call);
  const entrance = await library.entranceOf(flowId, deadline);
  if (entrance !== undefined) post.language = entrance.language;
  const version = entrance?.version;
  if (version === undefined) return sorry('no-live-version', languageOf(voice, post), call);
  const flow = await library.versionOf(flowId, version, deadline);
  if (flow === undefined) return sorry('unknown-version', languageOf(voice, post), call);
  const cursor = begin(flowId, version, apologyLanguage(flow.language, config.defaultLanguage));
  return replyOf(call, cursor, await takeStep(voice, flow, cursor, { event: 'arrived', call }, deadline));
}

/** A call goes on from where its cursor stands. */
async function goOn(voice: Voice, post: Post, deadline: Deadline): Promise<Reply> {
  const { query, fields } = post;
  const cursor = readCursor(query);
  const call = callOf(fields);
  const { callSid } = call;
  if (cursor === undefined) return sorry('bad-cursor', languageOf(voice, post), { callSid });
  const left = hasLeftQueue(fields) ? await leaveQueue(voice, cursor, fields) : undefined;
  const event = left ?? eventOf(fields, cursor.waiting);
  const flow = await voice.library.versionOf(cursor.flow, cursor.version, deadline);
  if (flow === undefined) return sorry('unknown-version', cursor.language, { callSid, cursor });
  return replyOf(call, cursor, await takeStep(voice, flow, cursor, event, deadline));
}

/** A caller has left a queue: their call goes on, even where the queue cannot be told. */
async function leaveQueue({ queue, write, now }: Voice, cursor: Cursor, fields: Fields) {
  const { callSid } = callOf(fields);
  const isOver = hasEnded(statusOf(fields)?.status);
  const work = async () => {
    await left(queue, callSid, cursor.step);
    return isOver && (await wasRung(queue, callSid, cursor.step));
  };
  try {
    return leftQueueOf(fields, await within(isOver ? goneMs : leavingMs, work));
  } catch (error) {
    write(errorLine(now(), error));
    return leftQueueOf(fields, false);
  }
}

/** The carrier could not fetch or play a document of ours: the caller hears why the call ends, or music where they wait. */
function fallBack(voice: Voice, fields: Fields): Answer {
  const { code, url } = faultOf(fields);
  const [base = '', query = ''] = url.split('?', 2);
  const page = queuePages.get(pathOf(base));
  if (page !== undefined) return answerOf(page.otherwise(voice, { query, fields }));
  const { callSid } = callOf(fields);
  return spoken(voice, sorry('carrier', languageOf(voice, { query }), { callSid, code }));
}

/** The carrier tells how a call is: it stands in the log, and whose call is over waits nowhere any more. */
async function note(voice: Voice, fields: Fields): Promise<Answer> {
  const status = statusOf(fields);
  const { callSid } = callOf(fields);
  if (status !== undefined) log(voice, { callSid, ...status });
  if (hasEnded(status?.status) && callSid !== '' && (await callEnded(voice.queue, callSid))) {
    log(voice, { callSid, phase: 'ringing' });
  }
  return answerOf(emptyDocument);
}

function spoken(voice: Voice, { verbs, wait, line }: Reply): Answer {
  const body = callerDocument(voice, verbs, wait);
  log(voice, line);
  return answerOf(body);
}

/** A webhook's query and fields; those of a GET stand in its query. */
function postOf(event: Head, form: Form): Post {
  const query = event.rawQueryString;
  return { query, fields: event.requestContext.http.method === 'GET' ? parse(query) : form };
}

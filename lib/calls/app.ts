import { parse } from 'node:querystring';
import { callOf, eventOf, type Fields, faultOf, statusOf } from '../carrier/posts.ts';
import { isSigned, publicUrls } from '../carrier/signature.ts';
import { createTokens } from '../carrier/tokens.ts';
import { contentType, emptyDocument, twiml } from '../carrier/twiml.ts';
import type { VoiceConfig } from '../config.ts';
import { apologyLanguage } from '../flow/apology.ts';
import { audioFile } from '../flow/audio.ts';
import { begin, readCursor, writeCursor } from '../flow/cursor.ts';
import { type Answer, type Form, type Head, type HttpHandler, serveWebhook } from '../http.ts';
import { errorLine, type Write } from '../log.ts';
import { TooSlow, within } from './deadline.ts';
import type { Library } from './library.ts';
import { type Line, lineFormat } from './line.ts';
import { type Reply, replyOf, sorry } from './reply.ts';
import { takeStep } from './turn.ts';

/** What the voice function is made of. */
export interface Voice {
  readonly config: VoiceConfig;
  readonly library: Library;
  readonly now: () => Date;
  readonly write: Write;
}

/** How long the work of a webhook may take: past it the caller hears the apology. */
const limitMs = 2000;

/**
 * The function behind `/voice/*`: answers each of the carrier's webhooks with TwiML. What the carrier did not sign is refused
 * with 403; for everything else that goes wrong the caller hears the apology.
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
      const reply = await within(limitMs, (signal) => route(voice, event, fieldsOf(event, form), signal));
      return reply === undefined ? document(emptyDocument) : spoken(voice, reply);
    },
    apologise(event, form, error) {
      voice.write(errorLine(voice.now(), error));
      const { callSid, ...parties } = callOf(fieldsOf(event, form));
      const trouble = error instanceof TooSlow ? 'too-slow' : 'error';
      const line = pathOf(event) === '/incoming' ? { callSid, ...parties } : { callSid };
      return spoken(voice, sorry(trouble, languageOf(voice, event.rawQueryString), line));
    },
  });
}

/** The reply to a webhook by its path; undefined where the carrier wants no answer. */
async function route(
  voice: Voice,
  event: Head,
  fields: Fields,
  signal: AbortSignal,
): Promise<Reply | undefined> {
  switch (pathOf(event)) {
    case '/incoming':
      return await arrive(voice, fields, signal);
    case '/step':
      return await goOn(voice, fields, event.rawQueryString, signal);
    case '/fallback':
      return fallBack(voice, fields);
    case '/status':
      note(voice, fields);
      return undefined;
    default:
      return sorry('unknown-path', voice.config.defaultLanguage, { callSid: callOf(fields).callSid });
  }
}

/** The end of a webhook's path, which tells what it is about. */
function pathOf({ rawPath }: Head): string {
  return rawPath.slice(rawPath.lastIndexOf('/'));
}

/** A call has come in: it begins at the live version of the flow that its number is bound to. */
async function arrive(voice: Voice, fields: Fields, signal: AbortSignal): Promise<Reply> {
  const { library, config } = voice;
  const call = callOf(fields);
  const flowId = await library.flowOf(call.to, signal);
  if (flowId === undefined) return sorry('unknown-number', config.defaultLanguage, call);
  const version = await library.liveOf(flowId, signal);
  if (version === undefined) return sorry('no-live-version', config.defaultLanguage, call);
  const flow = await library.versionOf(flowId, version, signal);
  if (flow === undefined) return sorry('unknown-version', config.defaultLanguage, call);
  const cursor = begin(flowId, version, apologyLanguage(flow.language, config.defaultLanguage));
  return replyOf(call, cursor, await takeStep(flow, cursor, { event: 'arrived', call }));
}

/** A call goes on from where its cursor stands. */
async function goOn(voice: Voice, fields: Fields, query: string, signal: AbortSignal): Promise<Reply> {
  const cursor = readCursor(query);
  const event = eventOf(fields, cursor?.waiting === true);
  const { callSid } = event.call;
  if (cursor === undefined) return sorry('bad-cursor', languageOf(voice, query), { callSid });
  const flow = await voice.library.versionOf(cursor.flow, cursor.version, signal);
  if (flow === undefined) return sorry('unknown-version', cursor.language, { callSid, cursor });
  return replyOf(event.call, cursor, await takeStep(flow, cursor, event));
}

/** The carrier could not fetch or play a document of ours: the caller hears why the call ends. */
function fallBack(voice: Voice, fields: Fields): Reply {
  const { code, url } = faultOf(fields);
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  return sorry('carrier', languageOf(voice, query), { callSid: callOf(fields).callSid, code });
}

/** The carrier tells how a call is: it stands in the log, and nothing else comes of it. */
function note(voice: Voice, fields: Fields): void {
  const status = statusOf(fields);
  if (status !== undefined) log(voice, { callSid: callOf(fields).callSid, ...status });
}

function spoken(voice: Voice, { verbs, wait, line }: Reply): Answer {
  const { publicUrl, audioUrl } = voice.config;
  const query = wait === undefined ? '' : writeCursor(wait);
  const body = twiml(verbs, {
    action: `${publicUrl}/voice/step?${query}`,
    audio: (id) => `${audioUrl}/${audioFile(id)}`,
  });
  log(voice, line);
  return document(body);
}

function document(body: string): Answer {
  return { statusCode: 200, headers: { 'content-type': contentType }, body };
}

function log(voice: Voice, line: Omit<Line, 'journal' | 'at'>): void {
  const whole: Line = { journal: lineFormat, at: voice.now().toISOString(), ...line };
  voice.write(JSON.stringify(whole));
}

/** The fields of a post, or of a GET, whose fields stand in its query. */
function fieldsOf(event: Head, form: Form): Fields {
  return event.requestContext.http.method === 'GET' ? parse(event.rawQueryString) : form;
}

/** The language to apologise in, as far as the query of a callback tells it. */
function languageOf(voice: Voice, query: string): string {
  const told = new URLSearchParams(query).get('language') ?? undefined;
  return apologyLanguage(told, voice.config.defaultLanguage);
}

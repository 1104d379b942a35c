import { type Element, readDocument } from './document.ts';
import type { EndReason } from './event.ts';
import { Fault } from './fault.ts';
import { playGather } from './gather.ts';
import type { Leg } from './leg.ts';
import { playSound, type Stage } from './sound.ts';
import { type Reply, send, type Webhook } from './webhook.ts';

/** The source of a document: a webhook, or a text from the REST API. */
export type Source = Webhook | { readonly twiml: string };

/** What follows a verb: another document, the end of the call, the end of a stay in a queue, or (`undefined`) the next verb. */
export type Next = { readonly source: Source } | { readonly over: EndReason } | 'leave' | undefined;

/** Performs a verb. */
export type Perform = (leg: Leg, stage: Stage, verb: Element) => Promise<Next>;

/** The content types of TwiML. Plain text and audio, which Twilio also accepts, are refused here. */
const documentType = /^(text\/xml|application\/xml|text\/html)\s*(;|$)/i;

/**
 * Plays one document verb by verb until something else follows. Throws a Fault if the document cannot be fetched or violates the rules,
 * or the signal's reason when that is aborted.
 */
export async function playDocument(
  leg: Leg,
  source: Source,
  signal: AbortSignal,
  perform: Perform,
): Promise<Next> {
  const reply = await replyOf(leg, source, signal);
  signal.throwIfAborted();
  await leg.tell({ event: 'document', url: reply.url, xml: reply.body });
  const stage = stageOf(leg, reply.url, signal);
  for (const verb of readVerbs(reply)) {
    signal.throwIfAborted();
    const next = await perform(leg, stage, verb);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** Performs a verb that is allowed in several kinds of documents. */
export async function performPlain(leg: Leg, stage: Stage, verb: Element): Promise<Next> {
  const { name, attributes, text } = verb;
  if (name === 'Redirect') {
    const url = new URL(text.trim(), stage.url).href;
    return { source: { url, method: attributes.method ?? 'POST', fields: {} } };
  }
  if (name === 'Hangup') return { over: 'hangup' };
  if (name === 'Leave') return 'leave';
  if (name === 'Gather') {
    const webhook = await playGather(stage, verb, leg.ear);
    return webhook === undefined ? undefined : { source: webhook };
  }
  await playSound(stage, verb);
  return undefined;
}

/** Like `performPlain`, but only these verbs are allowed; `kind` names the document in the error. */
export function performOnly(verbs: readonly string[], kind: string): Perform {
  return async (leg, stage, verb) => {
    if (!verbs.includes(verb.name)) throw new Fault(12200, `<${verb.name}> may not stand in ${kind}`);
    return await performPlain(leg, stage, verb);
  };
}

/**
 * What follows a verb with an action. If the call is over or was redirected, the action is requested, but its response is not played.
 */
export async function followAction(leg: Leg, stage: Stage, webhook: Webhook | undefined): Promise<Next> {
  if (webhook === undefined) {
    stage.signal.throwIfAborted();
    return undefined;
  }
  if (!stage.signal.aborted) return { source: webhook };
  const fields = { ...leg.fields(), ...webhook.fields };
  try {
    readVerbs(await send(leg.exchange, { ...webhook, fields }));
  } catch (cause) {
    await leg.fail(cause);
  }
  throw stage.signal.reason;
}

/** The verbs of a response. Throws a Fault if it is not valid TwiML. */
export function readVerbs({ url, contentType, body }: Reply): readonly Element[] {
  if (!documentType.test(contentType)) {
    throw new Fault(12300, `${url} answered the content type "${contentType}", which carries no TwiML`);
  }
  return readDocument(body);
}

async function replyOf(leg: Leg, source: Source, signal: AbortSignal): Promise<Reply> {
  if ('twiml' in source) return { url: '', status: 200, contentType: 'text/xml', body: source.twiml };
  return await send(leg.exchange, { ...source, fields: { ...leg.fields(), ...source.fields } }, signal);
}

function stageOf(leg: Leg, url: string, signal: AbortSignal): Stage {
  const { clock } = leg.exchange;
  const files = new Map<string, ReturnType<Stage['audio']>>();
  return {
    url,
    signal,
    tell: (event) => leg.tell(event),
    pass: async (ms, cut) => {
      await clock.sleep(ms, cut === undefined ? signal : AbortSignal.any([signal, cut]));
      signal.throwIfAborted();
    },
    audio: (audioUrl) => {
      const file = files.get(audioUrl) ?? clock.work(fetchAudio(leg, audioUrl, signal));
      files.set(audioUrl, file);
      return file;
    },
  };
}

// Without a signature and the call's fields, as Twilio fetches audio.
async function fetchAudio(
  leg: Leg,
  url: string,
  signal: AbortSignal,
): Promise<{ type: string; bytes: number }> {
  const { origin, pathname, search } = new URL(url);
  const reached = (leg.exchange.origins?.get(origin) ?? origin) + pathname + search;
  try {
    const response = await fetch(reached, { signal });
    const bytes = (await response.arrayBuffer()).byteLength;
    if (!response.ok) throw new Fault(11200, `${url} answered ${response.status}`);
    return { type: response.headers.get('content-type') ?? '', bytes };
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof Fault) throw cause;
    throw new Fault(11205, `${url} cannot be reached: ${String(cause)}`);
  }
}

import { type Element, readDocument } from './document.ts';
import type { EndReason } from './event.ts';
import { Fault } from './fault.ts';
import { playGather } from './gather.ts';
import type { Leg } from './leg.ts';
import { playSound, type Stage } from './sound.ts';
import { type Reply, send, type Webhook } from './webhook.ts';

/** Where a document comes from: an application, or the REST API that was given it. */
export type Source = Webhook | { readonly twiml: string };

/** What follows on a verb: another document, the end of the call or of the stay in a queue; nothing, and the next verb. */
export type Next = { readonly source: Source } | { readonly over: EndReason } | 'leave' | undefined;

/** Does what a verb says. */
export type Perform = (leg: Leg, stage: Stage, verb: Element) => Promise<Next>;

/** The content types that carry TwiML; plain text and audio, which the carrier takes too, are refused here. */
const documentType = /^(text\/xml|application\/xml|text\/html)\s*(;|$)/i;

/**
 * Plays one document verb by verb until something else follows. Throws a Fault where it cannot be had or breaks the rules;
 * the signal's reason once that is aborted.
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

/** Does what the verbs say that may stand in more than one kind of document. */
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

/** The same, but for verbs that may not stand in a document of this kind. */
export function performOnly(verbs: readonly string[], kind: string): Perform {
  return async (leg, stage, verb) => {
    if (!verbs.includes(verb.name)) throw new Fault(12200, `<${verb.name}> may not stand in ${kind}`);
    return await performPlain(leg, stage, verb);
  };
}

/**
 * What follows on a verb whose end is told to its action. Whose call is over, or was redirected, hears nothing of the
 * answer.
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

/** The verbs of an answer. Throws a Fault where it carries no good TwiML. */
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

// Unsigned and without the call's fields, as the carrier fetches audio.
async function fetchAudio(
  leg: Leg,
  url: string,
  signal: AbortSignal,
): Promise<{ type: string; bytes: number }> {
  const { origin, pathname, search } = new URL(url);
  const reached = (leg.exchange.origins?.get(origin) ?? origin) + pathname + search;
  const response = await fetch(reached, { signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new Fault(11205, `${url} cannot be reached: ${String(cause)}`);
  });
  const bytes = (await response.arrayBuffer()).byteLength;
  if (!response.ok) throw new Fault(11200, `${url} answered ${response.status}`);
  return { type: response.headers.get('content-type') ?? '', bytes };
}

import { apology } from '../flow/apology.ts';
import { type HttpAnswer, type HttpHandler, serveWebhook } from '../http.ts';
import { answerOf, callerDocument } from './document.ts';
import { placeIn } from './place.ts';
import { type Limits, readPost } from './post.ts';
import { apologise } from './reply.ts';
import { isCarriers } from './signed.ts';
import { languageOf, type Post, reportError, type VoiceContext } from './voice.ts';
import { unheardMs, webhookAt } from './webhooks.ts';

const limits: Limits = { limitOf: (path) => webhookAt(path).limitMs, unheardMs };

/**
 * The function behind `/voice/*`: answers the carrier's webhooks with TwiML. Answers 403 if the carrier did not sign the request. On any
 * other error the caller hears the apology or, in a queue, music.
 */
export function createVoice(voice: VoiceContext): HttpHandler {
  return serveWebhook<Post>({
    read: (event, form, arrivedAt) => readPost(voice.config, limits, { event, form, arrivedAt }),
    isSigned: (post) => isCarriers(post, voice.tokens, voice.now()),
    answer(post) {
      try {
        const document = webhookAt(post.path).answer(voice, post);
        if (typeof document === 'string') return answered(voice, post, document);
        return document.then(
          (each) => answered(voice, post, each),
          (error: unknown) => answered(voice, post, failed(voice, post, error), true),
        );
      } catch (error) {
        return answered(voice, post, failed(voice, post, error), true);
      }
    },
    apologise: (post, error) => answered(voice, post, failed(voice, post, error), true),
    apologiseUnchecked: (post, error) => answerOf(failedUnchecked(voice, post, error)),
  });
}

/** Answers a webhook, and measures it. */
function answered(voice: VoiceContext, post: Post, document: string, hasFailed = false): HttpAnswer {
  voice.measure?.(
    {
      ...(post.path === '/incoming' ? { Calls: 1 } : {}),
      ...(['/incoming', '/step'].includes(post.path) && !hasFailed ? { Steps: 1 } : {}),
      ResponseMs: Math.round(post.deadline.tookMs * 10) / 10,
    },
    { ...placeIn(post) },
  );
  return answerOf(document);
}

/** The document after an error of ours. */
function failed(voice: VoiceContext, post: Post, error: unknown): string {
  const { onFailure } = webhookAt(post.path);
  if (onFailure === 'apology') return apologise(voice, post, error);
  reportError(voice, post, error);
  return onFailure(voice, post);
}

/**
 * The document if no token can be read, so that the sender is unknown: the same sounds, but nothing of the request is logged.
 */
function failedUnchecked(voice: VoiceContext, post: Post, error: unknown): string {
  const { callSid: _, ...place } = post.place;
  // An unverified request is not evidence about a call.
  reportError(voice, { query: '', place }, error);
  voice.measure?.({ Apologies: 1 }, { path: place.path });
  const { onFailure } = webhookAt(post.path);
  return onFailure === 'apology'
    ? callerDocument(voice, apology(languageOf(voice, post)))
    : onFailure(voice, post);
}

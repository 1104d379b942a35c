import { callOf, faultOf } from '../carrier/posts.ts';
import { emptyDocument } from '../carrier/twiml.ts';
import { InternalError } from '../errors.ts';
import { legAnswered, legConfirmed, legDialled, legStatus } from './legs.ts';
import { pathOf } from './post.ts';
import { apologyReply, spoken } from './reply.ts';
import { arrive, goOn, goOnUnrecorded, note, noteAnswered } from './steps.ts';
import { languageOf, type Post, reportError, type VoiceContext, type VoiceWebhook } from './voice.ts';
import { announce, waitTurn, waitTurnAnyway } from './wait.ts';

/** The limit if a caller or an agent waits for the answer, in milliseconds: after it they hear the apology, or music. */
const heardMs = 2500;

/** The limit if nobody waits, in milliseconds: the call is over, or the carrier only reports a status. */
export const unheardMs = 4000;

/** All webhooks of the carrier by the last part of their path. */
const webhooks: ReadonlyMap<string, VoiceWebhook> = new Map<string, VoiceWebhook>([
  ['/incoming', { limitMs: heardMs, answer: arrive, onFailure: 'apology' }],
  ['/step', { limitMs: heardMs, answer: goOn, onFailure: 'apology' }],
  ['/status', { limitMs: unheardMs, answer: watched(note), onFailure: () => emptyDocument }],
  ['/fallback', { limitMs: heardMs, answer: answerFallback, onFailure: 'apology' }],
  ['/number', { limitMs: unheardMs, answer: noteAnswered, onFailure: () => emptyDocument }],
  ['/wait', { limitMs: heardMs, answer: watched(waitTurn), onFailure: waitTurnAnyway }],
  ['/announced', { limitMs: heardMs, answer: watched(announce), onFailure: () => emptyDocument }],
  ['/answered', { limitMs: heardMs, answer: watched(legAnswered.answer), onFailure: legAnswered.onFailure }],
  [
    '/confirmed',
    { limitMs: heardMs, answer: watched(legConfirmed.answer), onFailure: legConfirmed.onFailure },
  ],
  ['/dialled', { limitMs: heardMs, answer: watched(legDialled.answer), onFailure: legDialled.onFailure }],
  ['/leg', { limitMs: unheardMs, answer: watched(legStatus.answer), onFailure: legStatus.onFailure }],
]);

const unknown: VoiceWebhook = {
  limitMs: heardMs,
  answer() {
    throw new InternalError('unknown-path', 'No webhook of ours has this path.');
  },
  onFailure: 'apology',
};

/** The webhook of a path; for an unknown path one that apologises. */
export function webhookAt(path: string): VoiceWebhook {
  return webhooks.get(path) ?? unknown;
}

/** An answer that is aborted at the deadline, though it never reads the deadline's `signal`. */
function watched(answer: (voice: VoiceContext, post: Post) => Promise<string>): VoiceWebhook['answer'] {
  return (voice, post) => post.deadline.watch(() => answer(voice, post));
}

/** The carrier could not fetch or use one of our documents: answers in place of the webhook that failed. */
async function answerFallback(voice: VoiceContext, post: Post): Promise<string> {
  const { fields } = post;
  const { code, url } = faultOf(fields);
  const [base = '', query = ''] = url.split('?', 2);
  const failed = pathOf(base);
  reportError(
    voice,
    post,
    new InternalError('carrier', `The carrier could not use ${failed}: error ${code || '?'}.`),
  );
  const { onFailure } = webhookAt(failed);
  if (onFailure !== 'apology') return onFailure(voice, { query, fields });
  const unrecorded = await goOnUnrecorded(voice, { ...post, path: failed, query });
  if (unrecorded !== undefined) return unrecorded;
  const { callSid } = callOf(fields);
  return spoken(voice, apologyReply('carrier', languageOf(voice, { query }), { callSid, code }));
}

import { callOf, dialledOf, keysOf, statusOf } from '../carrier/posts.ts';
import { emptyDocument } from '../carrier/twiml.ts';
import { apology } from '../flow/apology.ts';
import { isSound, type Verb } from '../flow/verbs.ts';
import { agentWords } from '../queue/agentPrompts.ts';
import { type Leg, readLeg } from '../queue/leg.ts';
import {
  type AgentPrompt,
  answered,
  answerFailed,
  confirmed,
  dialled,
  legStatusChanged,
} from '../queue/legs.ts';
import { agentDocument, callerDocument } from './document.ts';
import { placeIn } from './place.ts';
import { type FailedPost, languageOf, type Post, type VoiceContext } from './voice.ts';

/** The handler of one path for an agent's leg, and its answer on failure. */
interface LegWebhook {
  answer(voice: VoiceContext, post: Post): Promise<string>;
  onFailure(voice: VoiceContext, post: FailedPost): string;
}

/** How long an agent has to press 1, in seconds. */
const confirmSeconds = 10;

/** An agent has answered the phone. */
export const legAnswered = ofAnswered(({ queue }, leg, { fields }) => {
  return answered(queue, leg, callOf(fields).callSid);
});

/** An agent has pressed a key, or none in time. */
export const legConfirmed = ofAnswered(({ queue }, leg, post) => {
  return confirmed(queue, leg, callOf(post.fields).callSid, keyIn(post));
});

/** An agent's talk with a caller has ended, or the caller was gone. */
export const legDialled: LegWebhook = {
  ...ofLeg(async (voice, leg, { fields }) => {
    return tellAgent(voice, leg, await dialled(voice.queue, leg, dialledOf(fields)));
  }),
  // After a talk no apology is needed.
  onFailure: (voice, post) =>
    dialledOf(post.fields) === 'talked'
      ? callerDocument(voice, [{ verb: 'hangup' }])
      : apologiseTo(voice, post),
};

/** A status callback of a leg. */
export const legStatus: LegWebhook = {
  ...ofLeg(async (voice, leg, { fields }) => {
    const status = statusOf(fields);
    if (status !== undefined) await legStatusChanged(voice.queue, leg, callOf(fields).callSid, status);
    return emptyDocument;
  }),
  onFailure: () => emptyDocument,
};

/** A webhook of an agent's leg. If it fails, the agent hears an apology. */
function ofLeg(answer: (voice: VoiceContext, leg: Leg, post: Post) => Promise<string>): LegWebhook {
  return {
    answer: async (voice, post) => {
      const leg = readLeg(post.query);
      return leg === undefined ? apologiseTo(voice, post) : await answer(voice, leg, post);
    },
    onFailure: apologiseTo,
  };
}

function apologiseTo(voice: VoiceContext, post: FailedPost): string {
  measureApology(voice, post);
  return callerDocument(voice, apology(languageOf(voice, post)));
}

/** Measures that an agent hears the apology. */
function measureApology({ measure }: VoiceContext, { query }: FailedPost): void {
  measure?.({ Apologies: 1 }, { ...placeIn({ query, place: {} }), trouble: 'leg' });
}

/** How many times a failed webhook of an agent who has answered is retried before the agent is released. */
const maxRetries = 2;

/**
 * A webhook of an agent who has answered. If it fails, it is retried with the key that they pressed. After the last retry they hear an
 * apology, and a final webhook records that they did not miss the ring.
 */
function ofAnswered(answer: (voice: VoiceContext, leg: Leg, post: Post) => Promise<AgentPrompt>): LegWebhook {
  const page = ofLeg(async (voice, leg, post) => {
    const told = hasFailed(post) ? await answerFailed(voice.queue, leg) : await answer(voice, leg, post);
    return tellAgent(voice, leg, told);
  });
  return { ...page, onFailure: (voice, post) => retry(voice, post) ?? page.onFailure(voice, post) };
}

function hasFailed({ query }: FailedPost): boolean {
  return new URLSearchParams(query).get('failed') === '1';
}

/** The answer to a failed webhook: a retry, in the end an apology. `undefined` if the URL names no leg. */
function retry(voice: VoiceContext, post: FailedPost): string | undefined {
  const leg = readLeg(post.query);
  if (leg === undefined) return undefined;
  const key = keyIn(post);
  // Any key but 1 refuses the call; the end of the leg reports that, too.
  if (hasFailed(post) || !['', '1'].includes(key)) return callerDocument(voice, [{ verb: 'hangup' }]);
  const retries = Number(new URLSearchParams(post.query).get('retries')) || 0;
  // A fallback request may lack the key: then the agent is asked again.
  const next = key === '' ? 'answered' : 'confirmed';
  const pressed = key === '' ? '' : '&key=1';
  if (retries < maxRetries) {
    return agentDocument(voice, [{ verb: 'continue' }], leg, next, `&retries=${retries + 1}${pressed}`);
  }
  measureApology(voice, post);
  const words = apology(languageOf(voice, post)).filter(isSound);
  return agentDocument(voice, [...words, { verb: 'continue' }], leg, next, `&failed=1${pressed}`);
}

/** The key that an agent pressed, from this post or from the failed one before it. */
function keyIn({ query, fields }: FailedPost): string {
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

import { callOf, dialledOf, keyOf, queueSeconds, statusOf } from '../carrier/posts.ts';
import { emptyDocument } from '../carrier/twiml.ts';
import { apology } from '../flow/apology.ts';
import { readCursor, writeCursor } from '../flow/cursor.ts';
import { holdMusic } from '../flow/prompt.ts';
import type { Verb } from '../flow/verbs.ts';
import { errorLine } from '../log.ts';
import { type Leg, readLeg } from '../queue/leg.ts';
import { answered, confirmed, dialled, legTold, type Told } from '../queue/legs.ts';
import { announced, asked, settleSwap } from '../queue/stays.ts';
import { agentWords } from '../queue/words.ts';
import type { Deadline } from './deadline.ts';
import { agentDocument, callerDocument, readWait } from './document.ts';
import { takeStep } from './turn.ts';
import { languageOf, log, type Post, type Voice } from './voice.ts';

/** A webhook of the queues: its document, and the one instead where that cannot be had. */
export interface Page {
  answer(voice: Voice, post: Post, deadline: Deadline): Promise<string>;
  otherwise(voice: Voice, post: Post): string;
}

/** How long an agent has to press 1. */
const confirmSeconds = 10;

/** The webhooks of the queues by the end of their path. Nobody who waits is hung up for a fault of ours. */
export const queuePages: ReadonlyMap<string, Page> = new Map(
  Object.entries({
    '/wait': { answer: wait, otherwise: waitAnyway },
    '/announced': { answer: announce, otherwise: () => emptyDocument },
    '/answered': ofLeg(async (voice, leg, { fields }) => {
      return tellAgent(voice, leg, await answered(voice.queue, leg, callOf(fields).callSid));
    }),
    '/confirmed': ofLeg(async (voice, leg, { fields }) => {
      const { callSid } = callOf(fields);
      return tellAgent(voice, leg, await confirmed(voice.queue, leg, callSid, keyOf(fields)));
    }),
    '/dialled': ofLeg(async (voice, leg, { fields }) => {
      return tellAgent(voice, leg, await dialled(voice.queue, leg, dialledOf(fields)));
    }),
    '/leg': {
      ...ofLeg(async (voice, leg, { fields }) => {
        const status = statusOf(fields);
        if (status !== undefined) await legTold(voice.queue, leg, callOf(fields).callSid, status);
        return emptyDocument;
      }),
      otherwise: () => emptyDocument,
    },
  }),
);

/** One turn of the music for a caller who waits, or the way out of the queue. */
async function wait(voice: Voice, post: Post, deadline: Deadline): Promise<string> {
  const { query, fields } = post;
  const { callSid, to } = callOf(fields);
  const { group, audio, maxWaitSeconds } = readWait(query);
  const cursor = readCursor(query);
  const waitedSeconds = queueSeconds(fields) ?? 0;
  // Who has waited too long leaves, whether the database answers or not; that they left comes by the action.
  if (cursor === undefined || callSid === '' || waitedSeconds > maxWaitSeconds)
    return waitAnyway(voice, post);
  const stay = { callSid, step: cursor.step, group, to, cursor: writeCursor(cursor), waitedSeconds };
  const verdict = await asked(voice.queue, stay, deadline.signal);
  return callerDocument(voice, [verdict === 'leave' ? { verb: 'leave' } : { verb: 'play', audio }]);
}

/** What a caller who waits hears without the database: the system's own music, but not for longer than they may wait. */
function waitAnyway(voice: Voice, { query, fields }: Post): string {
  const tooLong = (queueSeconds(fields) ?? 0) > readWait(query).maxWaitSeconds;
  return callerDocument(voice, [tooLong ? { verb: 'leave' } : { verb: 'play', audio: holdMusic }]);
}

/** What the caller hears just before they are connected. Without words the two are connected all the same. */
async function announce(voice: Voice, { query, fields }: Post, deadline: Deadline): Promise<string> {
  const leg = readLeg(query);
  const call = callOf(fields);
  if (leg === undefined) return emptyDocument;
  const place = await announced(voice.queue, call.callSid);
  if (place === undefined) return emptyDocument;
  log(voice, { callSid: call.callSid, phase: 'talking', agent: leg.staffNo });
  try {
    await settleSwap(voice.queue, leg, place);
  } catch (error) {
    voice.write(errorLine(voice.now(), error));
  }
  const cursor = readCursor(place.cursor);
  const flow =
    cursor === undefined ? undefined : await voice.library.versionOf(cursor.flow, cursor.version, deadline);
  if (cursor === undefined || flow === undefined) return emptyDocument;
  const event = { event: 'connected', staffNo: leg.staffNo, call } as const;
  const { step } = await takeStep(voice, flow, cursor, event, deadline);
  // Without a wait the flow has ended the call: that is no announcement, and must not end this one.
  return step.wait === undefined || step.verbs.length === 0
    ? emptyDocument
    : callerDocument(voice, step.verbs);
}

/** A webhook of an agent's leg; where it cannot be answered, the agent hears an apology. */
function ofLeg(answer: (voice: Voice, leg: Leg, post: Post) => Promise<string>): Page {
  const sorry = (voice: Voice, post: Post) => callerDocument(voice, apology(languageOf(voice, post)));
  return {
    answer: async (voice, post) => {
      const leg = readLeg(post.query);
      return leg === undefined ? sorry(voice, post) : await answer(voice, leg, post);
    },
    otherwise: sorry,
  };
}

function tellAgent(voice: Voice, leg: Leg, told: Told): string {
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

import { contentType, twiml, type Urls } from '../carrier/twiml.ts';
import { audioFile } from '../flow/audio.ts';
import { holdMusic } from '../flow/prompt.ts';
import type { Enqueue, Verb } from '../flow/verbs.ts';
import type { HttpAnswer } from '../http.ts';
import { type Leg, writeLeg } from '../queue/leg.ts';
import type { VoiceContext } from './voice.ts';

/** The HTTP answer with a TwiML document. */
export function answerOf(body: string): HttpAnswer {
  return { statusCode: 200, headers: { 'content-type': contentType }, body };
}

/**
 * The document for a caller. `query` is the cursor for the next URL, as `writeCursor` writes it, and `sealed` the memory at the end
 * of that URL. `caller` is the caller's sealed number for the callback of a recording, whose form lacks it. The URL of a wait in a
 * queue has the memory only if something that is heard there needs it.
 */
export function callerDocument(
  voice: VoiceContext,
  verbs: readonly Verb[],
  query = '',
  sealed = '',
  caller = '',
): string {
  const base = `${voice.config.publicUrl}/voice`;
  return written(voice, verbs, {
    action: `${base}/step?${query}${sealed}`,
    answered: `${base}/number`,
    recorded: ({ mailbox }) => `${base}/recording?${query}&mailbox=${mailbox}${caller}`,
    wait: (enqueue) => {
      const memory = enqueue.remembers === true ? sealed : '';
      return `${base}/wait?${query}&${writeWait(enqueue)}${memory}`;
    },
  });
}

/** The document for an agent. `next` is the webhook that follows, `more` the query of its URL besides the leg. */
export function agentDocument(
  voice: VoiceContext,
  verbs: readonly Verb[],
  leg: Leg,
  next: string,
  more = '',
): string {
  const base = `${voice.config.publicUrl}/voice`;
  const query = writeLeg(leg);
  const announcement = `${base}/announced?${query}`;
  return written(voice, verbs, { action: `${base}/${next}?${query}${more}`, announcement });
}

/** The longest wait, in seconds, if the URL does not say it. */
const longestWaitSeconds = 3600;

/** The settings of a wait that are known without the database. */
export interface WaitSettings {
  readonly group: string;
  readonly audio: string;
  readonly maxWaitSeconds: number;
  /** Whether the flow plays something first. */
  readonly announces: boolean;
}

function writeWait({ skillGroup, holdMusic: audio, maxWaitSeconds, announces }: Enqueue): string {
  const first = announces === true ? '&announces=1' : '';
  return `group=${skillGroup}&audio=${audio}&maxWaitSeconds=${maxWaitSeconds}${first}`;
}

/** Reads the settings of a wait from the query of its URL. */
export function readWait(query: string): WaitSettings {
  const fields = new URLSearchParams(query);
  return {
    group: fields.get('group') ?? '',
    audio: fields.get('audio') ?? holdMusic,
    maxWaitSeconds: Number(fields.get('maxWaitSeconds')) || longestWaitSeconds,
    announces: fields.get('announces') === '1',
  };
}

function written(
  { config }: VoiceContext,
  verbs: readonly Verb[],
  urls: Partial<Urls> & Pick<Urls, 'action'>,
) {
  return twiml(verbs, {
    wait: () => '',
    announcement: '',
    answered: '',
    recorded: () => '',
    audio: (id) => `${config.audioUrl}/${audioFile(id)}`,
    queue: (group) => `${config.queuePrefix}-${group}`,
    ...urls,
  });
}

import { contentType, twiml, type Urls } from '../carrier/twiml.ts';
import { audioFile } from '../flow/audio.ts';
import { holdMusic } from '../flow/prompt.ts';
import type { Enqueue, Verb } from '../flow/verbs.ts';
import type { HttpAnswer } from '../http.ts';
import { type Leg, writeLeg } from '../queue/leg.ts';
import type { VoiceContext } from './voice.ts';

/** An answer that holds a document. */
export function answerOf(body: string): HttpAnswer {
  return { statusCode: 200, headers: { 'content-type': contentType }, body };
}

/**
 * The document for a caller: `query` is where their call stands after it, as `writeCursor` writes it, and `sealed` what it
 * remembers, which stands last in a URL. `caller` is the caller's number, sealed, for the callback of a recording, which does not
 * tell it. The URL of a wait has it only if something that is heard there needs it.
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

/** The document for an agent: `next` is the webhook that comes after it, `more` what its URL says beside the leg. */
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

/** Nobody waits for longer, whatever their URL says. */
const longestWaitSeconds = 3600;

/** What of a wait is known without the database. */
export interface WaitSettings {
  readonly group: string;
  readonly audio: string;
  readonly maxWaitSeconds: number;
  /** Whether the flow has something to say first. */
  readonly announces: boolean;
}

function writeWait({ skillGroup, holdMusic: audio, maxWaitSeconds, announces }: Enqueue): string {
  const first = announces === true ? '&announces=1' : '';
  return `group=${skillGroup}&audio=${audio}&maxWaitSeconds=${maxWaitSeconds}${first}`;
}

/** The settings of a wait in the query of its URL. */
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

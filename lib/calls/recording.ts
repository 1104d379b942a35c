import { callOf, readyRecordingOf } from '../carrier/posts.ts';
import type { Tokens } from '../carrier/tokens.ts';
import { emptyDocument } from '../carrier/twiml.ts';
import { InternalError } from '../errors.ts';
import { readCursor } from '../flow/cursor.ts';
import { shortestMessageSeconds } from '../flow/voicemail.ts';
import { type HttpAnswer, type HttpHandler, serveWebhook } from '../http.ts';
import type { ErrorPlace, Report, Write } from '../log.ts';
import { keepVoicemail, noteRecording } from '../store/calls/voicemails.ts';
import type { Table } from '../store/table/table.ts';
import { answerOf } from './document.ts';
import { callerIn, openMemory, sealedIn } from './memory.ts';
import { readPost } from './post.ts';
import { isCarriers } from './signed.ts';
import { log, type Post } from './voice.ts';

/** What the recording webhook needs. */
export interface RecordingContext {
  readonly publicUrl: string;
  readonly tokens: Tokens;
  readonly table: Table;
  readonly retainDays: number;
  readonly now: () => Date;
  readonly write: Write;
  readonly report: Report;
  /** Moves recordings from the carrier to our storage, this one first. Must not throw. */
  readonly collect: (recording: string) => Promise<void>;
}

/** Nobody hears the answer; the carrier waits for it for 15 seconds (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides). */
const limitMs = 14_000;

/**
 * The function behind `POST /voice/recording`: a recording is ready. Stores it as a message if it is long enough, moves its sound to
 * our storage and deletes it at the carrier, as far as the time allows. Answers 403 if the carrier did not sign the request, 500 if the
 * message was not stored, so that a carrier that repeats callbacks does so.
 */
export function createRecordings(context: RecordingContext): HttpHandler {
  const { publicUrl, tokens, now, report, collect } = context;
  return serveWebhook<Post>({
    read: (event, form, arrivedAt) =>
      readPost({ publicUrl }, { limitOf: () => limitMs, unheardMs: limitMs }, { event, form, arrivedAt }),
    isSigned: (post) => isCarriers(post, tokens, now()),
    async answer(post) {
      const { deadline, place } = post;
      const id = await deadline.watch(() => keep(context, post));
      // What is late, the next callback moves; the message is stored, so the carrier is told that all is well.
      if (id !== undefined) await deadline.watch(() => collect(id)).catch((error) => report(error, place));
      return answerOf(emptyDocument);
    },
    apologise: (post, error) => failed(report, post.place, error),
    apologiseUnchecked: ({ place: { callSid: _, ...place } }, error) => failed(report, place, error),
  });
}

function failed(report: Report, place: ErrorPlace, error: unknown): HttpAnswer {
  report(error, place);
  // No repetition gives a URL of another one its place.
  if (error instanceof InternalError && error.code === 'bad-cursor') return answerOf(emptyDocument);
  return { statusCode: 500, body: 'The recording was not kept.' };
}

/** Stores a message, or notes a recording that is not one. Returns the id of the recording, if there is one. */
async function keep(
  { table, retainDays, now, write }: RecordingContext,
  post: Post,
): Promise<string | undefined> {
  const ready = readyRecordingOf(post.fields);
  if (ready === undefined) return undefined;
  const { recording: id, seconds } = ready;
  const { callSid } = callOf(post.fields);
  const at = now();
  if (seconds < shortestMessageSeconds) {
    await noteRecording(table, { id, at: at.toISOString(), unwanted: true }, retainDays);
  } else {
    const { mailbox, from } = placeOf(post);
    await keepVoicemail(table, { id, mailbox, from, callSid, seconds }, at, retainDays);
    log({ write, now }, { callSid, recording: id });
  }
  return id;
}

/** The mailbox and the caller of a message, from the callback URL. */
function placeOf(post: Post): { readonly mailbox: string; readonly from: string } {
  const { query } = post;
  const cursor = readCursor(query);
  const mailbox = new URLSearchParams(query).get('mailbox') ?? '';
  if (cursor === undefined || mailbox === '')
    throw new InternalError('bad-cursor', 'The URL does not say which recording it is about.');
  return { mailbox, from: callerIn(openMemory(post, cursor, sealedIn(query)).memory) };
}

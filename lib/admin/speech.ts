import { listsFor } from '../engine/pronounced.ts';
import { Failure, InternalError } from '../errors.ts';
import { codeOf, speechOf } from '../flow/language.ts';
import { pronounce } from '../flow/pronounce.ts';
import { clean, fill, isSpeakable } from '../flow/text.ts';
import { type Speaker, SpeechRefused, SpeechUnavailable } from '../media/polly.ts';
import { renderSpeech } from '../media/speech.ts';
import { putServed, type Storage } from '../media/storage.ts';
import { pollyVoice } from '../media/voices.ts';
import { allPronunciations } from '../store/settings/pronunciations.ts';
import { putRefusal, putSpeech, type SpeechOutcome } from '../store/settings/speech.ts';
import { expiry } from '../store/table/item.ts';
import { inLanes } from '../store/table/lanes.ts';
import type { Admin, SpeechService } from './admin.ts';
import { readDraft } from './flows.ts';
import { wrong } from './input.ts';
import {
  type CarrierReason,
  outcomesOf,
  planSpeech,
  type SpeechPlace,
  type SpeechPlan,
  type Wanted,
} from './spoken.ts';

/** How far the speech of a draft is. */
export interface SpeechProgress {
  /** How many of its texts can be played. */
  readonly done: number;
  /** How many are still to be made: ask again while there are any. */
  readonly left: number;
  /** Where texts cannot be spoken as they are, and why. */
  readonly failed: readonly (SpeechPlace & { readonly message: string })[];
  /** Where the carrier speaks, and why. */
  readonly carrier: readonly (SpeechPlace & { readonly reason: CarrierReason })[];
}

/**
 * For how long one request begins new texts, and when it gives up those under way, in milliseconds: the function has 29 s. A
 * preview is one text.
 */
const sliceMs = 20_000;
const sliceEndMs = 27_000;
const previewMs = 15_000;

/** How many texts are under way at a time. */
const lanes = 4;

/**
 * How long a text that was refused is not asked for again: longer than all texts of the largest flow take, so that those behind it
 * get their turn. 15 minutes, in days.
 */
const refusedDays = 15 / (24 * 60);

/** How far the speech of a draft is; nothing is made. Throws `flow-missing`. */
export async function readSpeech(admin: Admin, id: string): Promise<SpeechProgress> {
  const plan = await planSpeech(admin, (await readDraft(admin, id)).document);
  return progressOf(plan, await outcomesOf(admin, plan));
}

/**
 * Synthesises texts of a draft that have no speech yet, for up to 20 s. What was made stays made, so it can be stopped and
 * repeated at any time. Throws `flow-missing`; `speech-off` if the carrier speaks all texts; `speech-unavailable` if nothing could
 * be made.
 */
export async function makeSpeech(admin: Admin, id: string): Promise<SpeechProgress> {
  const { speak, synthesised } = speechOfAdmin(admin);
  if (!synthesised)
    throw new Failure(
      'speech-off',
      'The carrier speaks the texts here: set SPEECH=polly to synthesise them.',
    );
  const began = admin.now().getTime();
  const plan = await planSpeech(admin, (await readDraft(admin, id)).document);
  const outcomes = new Map(await outcomesOf(admin, plan));
  let made = 0;
  let isBusy = false;
  const missing = plan.wanted.filter(({ name }) => !outcomes.has(name));
  await inLanes(missing, lanes, async (wanted) => {
    if (isBusy || admin.now().getTime() >= began + sliceMs) return;
    try {
      outcomes.set(wanted.name, await makeText(admin, speak, wanted, began + sliceEndMs));
      made += 1;
    } catch (error) {
      // What was made counts: the next request tells whether the trouble stays.
      if (!(error instanceof SpeechUnavailable) || made === 0) throw unavailable(error);
      isBusy = true;
    }
  });
  return progressOf(plan, outcomes);
}

function progressOf(
  { wanted, carrier, problems }: SpeechPlan,
  outcomes: ReadonlyMap<string, SpeechOutcome>,
): SpeechProgress {
  const failed = problems.map(({ node = '', field = '', message }) => ({ node, field, message }));
  let done = 0;
  for (const { name, places } of wanted) {
    const outcome = outcomes.get(name);
    if (outcome === undefined) continue;
    if ('spoken' in outcome) done += 1;
    else failed.push(...places.map((place) => ({ ...place, message: outcome.refused })));
  }
  return { done, left: wanted.length - outcomes.size, failed, carrier };
}

/** Makes a text and keeps it; if it is refused, that is kept for a while. */
async function makeText(
  admin: Admin,
  speak: Speaker,
  { name, order }: Wanted,
  until: number,
): Promise<SpeechOutcome> {
  const { table, now } = admin;
  try {
    const { file, content, seconds } = await renderSpeech(speak, order, until);
    await putServed(storageOf(admin), file, content);
    await putSpeech(table, { name, seconds, madeAt: now().toISOString() });
    return { spoken: true };
  } catch (error) {
    if (!(error instanceof SpeechRefused)) throw error;
    const refused = error.message.slice(0, 300);
    await putRefusal(table, { name, reason: refused, expiresAt: expiry(now(), refusedDays) });
    return { refused };
  }
}

/** What is previewed: a text, in a language or by a voice. */
export interface Preview {
  readonly text: string;
  readonly language: string;
  readonly voice?: string | undefined;
}

/**
 * The sound of a text as callers would hear it, in a WAV; variables in it are left out. Throws `bad-input` if there is nothing
 * to speak, `speech-unavailable` if nothing can speak it.
 */
export async function previewSpeech(admin: Admin, { text, language, voice }: Preview): Promise<Uint8Array> {
  const tongue = voice === undefined ? speechOf(language) : { language: codeOf(language, voice), voice };
  const polly = tongue && pollyVoice(tongue.voice, tongue.language);
  if (admin.speech === undefined || polly === undefined) {
    const who = tongue?.voice ?? `the language ${language}`;
    throw new Failure(
      'speech-unavailable',
      `Nothing here speaks ${who}: callers hear the carrier's own voice.`,
    );
  }
  const words = listsFor(language, await allPronunciations(admin.table)).flatMap((list) => list.words);
  const spoken = clean(
    pronounce(
      fill(text, () => undefined),
      words,
    ),
  );
  if (!isSpeakable(spoken)) throw wrong('text', 'has nothing to speak: write letters or digits');
  const until = admin.now().getTime() + previewMs;
  try {
    return (await renderSpeech(admin.speech.speak, { ...polly, text: spoken }, until)).content;
  } catch (error) {
    throw unavailable(error);
  }
}

/** A trouble of the service as the API tells it; its cause goes into the log. Anything else stays what it is. */
function unavailable(error: unknown): unknown {
  if (error instanceof SpeechRefused)
    return new Failure('speech-unavailable', `Polly does not speak this text: ${error.message}`);
  if (!(error instanceof SpeechUnavailable)) return error;
  return new Failure('speech-unavailable', `Nothing can be spoken at present. ${error.message}`, [], {
    cause: error,
  });
}

function speechOfAdmin({ speech }: Admin): SpeechService {
  if (speech === undefined) throw new InternalError('speech-missing', 'No speech was set up.');
  return speech;
}

function storageOf({ storage }: Admin): Storage {
  if (storage === undefined) throw new InternalError('storage-missing', 'No storage was set up for audio.');
  return storage;
}

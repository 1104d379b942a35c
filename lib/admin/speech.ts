import { listsFor } from '../engine/pronounced.ts';
import { Failure, InternalError } from '../errors.ts';
import { codeOf, speechOf } from '../flow/language.ts';
import { pronounce } from '../flow/pronounce.ts';
import { clean, fill, isSpeakable } from '../flow/text.ts';
import { type Speaker, SpeechRefused, SpeechUnavailable } from '../media/polly.ts';
import { renderSpeech } from '../media/speech.ts';
import { putServed } from '../media/storage.ts';
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
import { storageOf } from './storage.ts';

/** The progress of synthesising a draft's texts. */
export interface SpeechProgress {
  /** The number of texts that are synthesised. */
  readonly done: number;
  /** The number of texts still to do: repeat the request until it is 0. */
  readonly left: number;
  /** The texts that cannot be spoken, and why. */
  readonly failed: readonly (SpeechPlace & { readonly message: string })[];
  /** The texts that the carrier speaks, and why. */
  readonly carrier: readonly (SpeechPlace & { readonly reason: CarrierReason })[];
}

/**
 * For how long one request starts new texts, and when it aborts running ones, in milliseconds: the function's limit is 29 s. A preview
 * is one text.
 */
const sliceMs = 20_000;
const sliceEndMs = 27_000;
const previewMs = 15_000;

/** How many texts are synthesised at a time. */
const lanes = 4;

/**
 * How long a refused text is not retried: 15 minutes, in days. Longer than all texts of the largest flow take, so that the texts after
 * it are tried first.
 */
const refusedDays = 15 / (24 * 60);

/** The progress of synthesising a draft's texts; synthesises nothing. Throws `flow-missing`. */
export async function readSpeech(admin: Admin, id: string): Promise<SpeechProgress> {
  const plan = await planSpeech(admin, (await readDraft(admin, id)).document);
  return progressOf(plan, await outcomesOf(admin, plan));
}

/**
 * Synthesises texts of a draft that have no speech yet, for up to 20 s. Finished texts are stored, so it can be stopped and repeated at
 * any time. Throws `flow-missing`; `speech-off` if the carrier speaks all texts; `speech-unavailable` if no text succeeded.
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
      // Some texts succeeded: if the trouble lasts, the next request reports it.
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

/** Synthesises a text and stores it. A refusal is stored, too, for a while. */
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

/** The input for a preview: a text, with a language or a voice. */
export interface Preview {
  readonly text: string;
  readonly language: string;
  readonly voice?: string | undefined;
}

/**
 * A text as callers would hear it, as WAV, without its variables. Throws `bad-input` if there is nothing to speak, `speech-unavailable`
 * if no voice can speak it.
 */
export async function previewSpeech(admin: Admin, { text, language, voice }: Preview): Promise<Uint8Array> {
  const voiced = voice === undefined ? speechOf(language) : { language: codeOf(language, voice), voice };
  const polly = voiced && pollyVoice(voiced.voice, voiced.language);
  if (admin.speech === undefined || polly === undefined) {
    const who = voiced?.voice ?? `the language ${language}`;
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

/** Turns an error of the speech service into an API error, whose cause is logged. Returns any other error unchanged. */
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

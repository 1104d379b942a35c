import { type SpokenText, textsOf } from '../engine/texts.ts';
import { Failure, InternalError } from '../errors.ts';
import type { Flow } from '../flow/flow.ts';
import { codeOf, speechOf } from '../flow/language.ts';
import type { Problem } from '../flow/problem.ts';
import { pronounce, type Sounds, speechKey } from '../flow/sounds.ts';
import { fill, isSpeakable } from '../flow/text.ts';
import { type Speaker, type SpeechOrder, SpeechRefused, SpeechUnavailable } from '../media/polly.ts';
import { renderSpeech, speechFile, speechName } from '../media/speech.ts';
import { putServed, type Storage } from '../media/storage.ts';
import { pollyVoice } from '../media/voices.ts';
import { inLanes } from '../store/lanes.ts';
import { putSpeech, spokenAmong } from '../store/speech.ts';
import type { Admin } from './admin.ts';
import { readDraft } from './flows.ts';
import { wordsByCode } from './pronunciations.ts';

/** How texts become sound. */
export interface Speech {
  /** Whether prompts are synthesised before publishing; else the carrier speaks them. Previews are spoken in either case. */
  readonly synthesised: boolean;
  readonly speak: Speaker;
}

/** Why a text is spoken by the carrier: it names variables, or it has no voice of Polly. */
export type CarrierReason = 'variables' | 'voice';

/** A prompt of a flow, and what there is to say of it. */
interface Place {
  readonly node: string;
  readonly field: string;
}

/** A text that is synthesised, and every prompt that speaks it. */
interface Wanted {
  readonly name: string;
  readonly order: SpeechOrder;
  /** By what the sounds of a version know it. */
  readonly key: string;
  readonly places: readonly Place[];
}

/** How far the speech of a draft is. */
export interface SpeechProgress {
  /** How many of its texts can be played. */
  readonly done: number;
  /** How many are still to be made: ask again while there are any. */
  readonly left: number;
  /** Those that cannot be spoken as they are. */
  readonly failed: readonly (Place & { readonly message: string })[];
  /** Those that the carrier speaks, and why. */
  readonly carrier: readonly (Place & { readonly reason: CarrierReason })[];
}

/** How long one request works, in milliseconds, and how many texts are under way at a time. */
const sliceMs = 20_000;
const lanes = 4;

/**
 * Synthesises texts of a draft that have no speech yet, for up to 20 s. What was made stays made, so it can be stopped and
 * repeated at any time. Throws `flow-missing`; `speech-off` if the carrier speaks all texts; `speech-unavailable`.
 */
export async function makeSpeech(admin: Admin, id: string): Promise<SpeechProgress> {
  const { speak, synthesised } = speechOfAdmin(admin);
  if (!synthesised)
    throw new Failure(
      'speech-off',
      'The carrier speaks the texts here: set SPEECH=polly to synthesise them.',
    );
  const { wanted, carrier } = plan((await readDraft(admin, id)).document, await wordsByCode(admin));
  const missing = await missingOf(admin, wanted);
  const until = admin.now().getTime() + sliceMs;
  const failed: (Place & { message: string })[] = [];
  let tried = 0;
  let made = 0;
  await inLanes(missing, lanes, async (each) => {
    if (admin.now().getTime() >= until) return;
    const message = await refusalOf(admin, speak, each);
    tried += 1;
    if (message === undefined) made += 1;
    else failed.push(...each.places.map((place) => ({ ...place, message })));
  });
  const done = wanted.length - missing.length + made;
  return { done, left: missing.length - tried, failed, carrier };
}

/** Makes a text, and keeps it. Resolves with why it cannot be spoken. */
async function refusalOf(admin: Admin, speak: Speaker, { name, order }: Wanted): Promise<string | undefined> {
  try {
    const { file, content, seconds } = await renderSpeech(speak, order);
    await putServed(storageOf(admin), file, content);
    await putSpeech(admin.table, { name, seconds, madeAt: admin.now().toISOString() });
    return undefined;
  } catch (error) {
    if (error instanceof SpeechRefused) return error.message;
    throw unavailable(error);
  }
}

/** The sounds that a version freezes beside its audio; and the prompts whose speech is missing, as problems. */
export async function freezeSpeech(
  admin: Admin,
  flow: Flow,
): Promise<{ readonly sounds: Pick<Sounds, 'speech' | 'words'>; readonly problems: Problem[] }> {
  const all = await wordsByCode(admin);
  const codes = new Set(textsOf(flow).map(({ language }) => language));
  const words = Object.fromEntries(Object.entries(all).filter(([code]) => codes.has(code)));
  if (admin.speech?.synthesised !== true) return { sounds: { speech: {}, words }, problems: [] };
  const { wanted } = plan(flow, all);
  const missing = await missingOf(admin, wanted);
  const speech = Object.fromEntries(wanted.map(({ key, name }) => [key, speechFile(name)]));
  return { sounds: { speech, words }, problems: missing.flatMap(problemsOf) };
}

function problemsOf({ places }: Wanted): Problem[] {
  return places.map(({ node, field }) => ({
    rule: 'speech-missing',
    severity: 'error',
    node,
    field,
    message: `\`${field}\` has no speech yet: POST /api/flows/{id}/speech makes it.`,
  }));
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
  const speech = speechOf(language);
  const tongue = voice === undefined ? speech : { language: codeOf(language, voice), voice };
  const polly = tongue && pollyVoice(tongue.voice, tongue.language);
  if (admin.speech === undefined || tongue === undefined || polly === undefined) {
    const who = tongue?.voice ?? `the language ${language}`;
    throw new Failure(
      'speech-unavailable',
      `Nothing here speaks ${who}: callers hear the carrier's own voice.`,
    );
  }
  const words = (await wordsByCode(admin))[tongue.language] ?? [];
  const spoken = pronounce(
    fill(text, () => undefined),
    words,
  );
  if (!isSpeakable(spoken))
    throw new Failure('bad-input', '`text` has nothing to speak: write letters or digits.');
  try {
    return (await renderSpeech(admin.speech.speak, { ...polly, text: spoken })).content;
  } catch (error) {
    throw unavailable(error);
  }
}

function plan(flow: Flow, words: Sounds['words']) {
  const carrier: (Place & { reason: CarrierReason })[] = [];
  const wanted = new Map<string, Wanted>();
  for (const said of textsOf(flow)) {
    const { node, field } = said;
    const order = orderOf(said, words);
    if (typeof order === 'string') carrier.push({ node, field, reason: order });
    else {
      const key = speechKey(said);
      const places = [...(wanted.get(key)?.places ?? []), { node, field }];
      wanted.set(key, { name: speechName(order), order, key, places });
    }
  }
  return { wanted: [...wanted.values()], carrier };
}

function orderOf(said: SpokenText, words: Sounds['words']): SpeechOrder | CarrierReason {
  if (said.varies) return 'variables';
  const voice = pollyVoice(said.voice, said.language);
  if (voice === undefined) return 'voice';
  return { ...voice, text: pronounce(said.text, words[said.language] ?? []) };
}

async function missingOf({ table }: Admin, wanted: readonly Wanted[]): Promise<Wanted[]> {
  const spoken = await spokenAmong(table, [...new Set(wanted.map(({ name }) => name))]);
  return wanted.filter(({ name }) => !spoken.has(name));
}

/** A trouble of the service as the API tells it; its cause goes into the log. Anything else stays what it is. */
function unavailable(error: unknown): unknown {
  if (error instanceof SpeechRefused || error instanceof SpeechUnavailable)
    return new Failure('speech-unavailable', `The text cannot be spoken at present. ${error.message}`, [], {
      cause: error,
    });
  return error;
}

function speechOfAdmin({ speech }: Admin): Speech {
  if (speech === undefined) throw new InternalError('speech-missing', 'No speech was set up.');
  return speech;
}

function storageOf({ storage }: Admin): Storage {
  if (storage === undefined) throw new InternalError('storage-missing', 'No storage was set up for audio.');
  return storage;
}

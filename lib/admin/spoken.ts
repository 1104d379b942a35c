import { checkPlayed, checkPronounced, type WordsByCode, wordsFor } from '../engine/pronounced.ts';
import { reportProblems } from '../engine/report.ts';
import { speechVoiceOf } from '../engine/speak.ts';
import { type SpokenText, textsOf } from '../engine/texts.ts';
import type { Flow } from '../flow/flow.ts';
import type { Problem } from '../flow/problem.ts';
import { longestText, type OneText } from '../flow/prompt.ts';
import { pronounce } from '../flow/pronounce.ts';
import { type Sounds, speechKey } from '../flow/sounds.ts';
import { clean, isSpeakable } from '../flow/text.ts';
import type { SpeechOrder } from '../media/polly.ts';
import { speechFile, speechName } from '../media/speech.ts';
import { pollyVoice } from '../media/voices.ts';
import { allPronunciations } from '../store/settings/pronunciations.ts';
import { type SpeechOutcome, speechAmong } from '../store/settings/speech.ts';
import type { Admin } from './admin.ts';

/** The place of a text: its node, and the field with dots, such as `prompt.text`. */
export interface SpeechPlace {
  readonly node: string;
  readonly field: string;
}

/** Why the carrier speaks a text: it names variables, its voice is not one of Polly's, or Polly has none for its language. */
export const carrierReasons = ['variables', 'voice', 'language'] as const;

/** One of the reasons above. */
export type CarrierReason = (typeof carrierReasons)[number];

/** A text that is synthesised, and every place where it is spoken. */
export interface Wanted {
  readonly name: string;
  readonly order: SpeechOrder;
  /** Its keys in the sounds of a version. */
  readonly keys: readonly string[];
  readonly places: readonly SpeechPlace[];
}

/** Which texts of a flow are synthesised, and which are not. */
export interface SpeechPlan {
  readonly wanted: readonly Wanted[];
  readonly carrier: readonly (SpeechPlace & { readonly reason: CarrierReason })[];
  /** The problems that its pronunciations cause. */
  readonly problems: readonly Problem[];
  /** How its words are spoken. */
  readonly words: WordsByCode;
}

/** Plans the speech of a flow with the current pronunciations. The flow may be a broken draft. */
export async function planSpeech({ table }: Pick<Admin, 'table'>, flow: Flow): Promise<SpeechPlan> {
  const texts = textsOf(flow);
  const words = wordsFor(texts, await allPronunciations(table));
  const carrier: (SpeechPlace & { reason: CarrierReason })[] = [];
  const wanted = new Map<string, Wanted>();
  for (const said of texts) {
    const { node, field } = said;
    const order = orderOf(said, words);
    if (order === undefined) continue;
    if (typeof order === 'string') carrier.push({ node, field, reason: order });
    else {
      const name = speechName(order);
      const { keys = [], places = [] } = wanted.get(name) ?? {};
      const all = { keys: [...keys, speechKey(said)], places: [...places, { node, field }] };
      wanted.set(name, { name, order, ...all });
    }
  }
  return { wanted: [...wanted.values()], carrier, problems: checkPronounced(flow, words), words };
}

/** The order for a text, or why the carrier speaks it; `undefined` if its pronunciations make it invalid. */
function orderOf(said: SpokenText, words: WordsByCode): SpeechOrder | CarrierReason | undefined {
  if (said.varies) return 'variables';
  const voice = pollyVoice(said.voice, said.language);
  if (voice === undefined) return said.voiceNamed ? 'voice' : 'language';
  const text = clean(pronounce(said.text, words[said.language] ?? []));
  return isSpeakable(text) && Array.from(text).length <= longestText ? { ...voice, text } : undefined;
}

/** The results so far for the texts of a plan, by name. */
export function outcomesOf({ table, now }: Admin, { wanted }: SpeechPlan) {
  return speechAmong(
    table,
    wanted.map(({ name }) => name),
    now(),
  );
}

/** The sounds to store with a version besides its audio, and a problem for each one that is missing. */
export async function freezeSpeech(
  admin: Admin,
  flow: Flow,
): Promise<{ readonly sounds: Pick<Sounds, 'speech' | 'words'>; readonly problems: readonly Problem[] }> {
  const plan = await planSpeech(admin, flow);
  const { wanted, words, problems } = plan;
  if (admin.speech?.synthesised !== true) return { sounds: { speech: {}, words }, problems };
  const outcomes = await outcomesOf(admin, plan);
  const speech = Object.fromEntries(
    wanted.flatMap(({ keys, name }) => keys.map((key) => [key, speechFile(name)])),
  );
  const isPlayed = (part: OneText) =>
    Object.hasOwn(speech, speechKey({ ...speechVoiceOf(flow, part), text: part.text }));
  const missing = wanted.flatMap((each) => missingProblems(each, outcomes.get(each.name)));
  return {
    sounds: { speech, words },
    problems: reportProblems([...problems, ...checkPlayed(flow, isPlayed), ...missing]),
  };
}

function missingProblems({ places }: Wanted, outcome: SpeechOutcome | undefined): Problem[] {
  if (outcome !== undefined && 'spoken' in outcome) return [];
  const refused = outcome?.refused;
  return places.map(({ node, field }) => ({
    ...{ rule: 'speech-missing', severity: 'error', node, field },
    message:
      refused === undefined
        ? `\`${field}\` has no speech yet: POST /api/flows/{id}/speech makes it.`
        : `\`${field}\` cannot be spoken: ${refused}`,
  }));
}

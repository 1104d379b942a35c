import { defaultLanguage, type Flow } from '../flow/flow.ts';
import { codeOf, speechOf } from '../flow/language.ts';
import { longestText, type OneText, type Prompt, partsOf, textIn, translationsOf } from '../flow/prompt.ts';
import { filledBytes, fillSpoken, isSpeakable, type Lookup, markupBytes, pieces } from '../flow/text.ts';
import { isSound, type Sound, type Verb } from '../flow/verbs.ts';

/** How a text is spoken: the carrier's language code, and the voice if one is known. */
export interface SpeechVoice {
  readonly language: string;
  readonly voice?: string;
}

/**
 * How a text of a flow is spoken: with its own language and voice, else the flow's, else the default voice of the language. A text
 * with its own language does not use the flow's voice, which speaks another one.
 */
export function speechVoiceOf(flow: Flow, part: Omit<OneText, 'text'>): SpeechVoice {
  const language = part.language ?? flow.language ?? defaultLanguage;
  const voice = part.voice ?? (part.language === undefined ? flow.voice : undefined);
  return voice === undefined
    ? (speechOf(language) ?? { language })
    : { language: codeOf(language, voice), voice };
}

/** Cache: the sounds of prompts without variables, for the flow and the language of their last use. */
const kept = new WeakMap<
  Prompt,
  { readonly flow: Flow; readonly language: string; readonly sounds: readonly Sound[] }
>();

const silence: readonly Sound[] = [];

/**
 * The sounds of a prompt in a call's language, with variables filled. A text that is too long for a voice is split; one that is empty
 * once filled, such as a missing variable alone, is left out. Flows and prompts are immutable, so sounds without variables are cached.
 */
export function speak(
  flow: Flow,
  prompt: Prompt | undefined,
  language: string,
  lookup: Lookup,
): readonly Sound[] {
  if (prompt === undefined) return silence;
  const known = kept.get(prompt);
  if (known !== undefined && known.flow === flow && known.language === language) return known.sounds;
  const own = flow.language ?? defaultLanguage;
  let isFixed = true;
  const sounds = partsOf(prompt).flatMap((part): Sound[] => {
    if ('audio' in part) return [{ verb: 'play', audio: part.audio }];
    const chosen = textIn(part, language, own);
    if (chosen === undefined) return [];
    isFixed &&= !chosen.text.includes('${');
    const speech = speechVoiceOf(flow, chosen);
    const texts = pieces(fillSpoken(chosen.text, lookup), longestText).filter(isSpeakable);
    return texts.map((text) => ({ verb: 'say', text, ...speech }));
  });
  if (isFixed) kept.set(prompt, { flow, language, sounds });
  return sounds;
}

/** What one node says, and whether a key may interrupt it. */
export interface Said {
  readonly verbs: readonly Verb[];
  readonly interruptible: boolean;
}

/**
 * The verbs of a document. Interruptible sounds directly before a gather are moved into it, because the carrier loses keys that are
 * pressed before a gather
 * (https://www.twilio.com/docs/voice/twiml/gather).
 */
export function joined(said: readonly Said[]): Verb[] {
  const verbs: Verb[] = [];
  let run: Sound[] = [];
  for (const { verbs: own, interruptible } of said) {
    for (const verb of own) {
      if (interruptible && isSound(verb)) {
        run.push(verb);
        continue;
      }
      if (run.length === 0) verbs.push(verb);
      else if (verb.verb === 'gather') verbs.push({ ...verb, sounds: [...run, ...verb.sounds] });
      else verbs.push(...run, verb);
      if (run.length > 0) run = [];
    }
  }
  return run.length === 0 ? verbs : [...verbs, ...run];
}

/** The bytes of an audio in a document, rounded up: one element with a URL. */
const playBytes = 256;

/** The bytes of a text in a document besides its characters: one element with language and voice. */
function sayBytes({ language, voice = '' }: SpeechVoice): number {
  return 32 + language.length + voice.length;
}

/** The most bytes of UTF-8 that a prompt takes in a document, with variables filled, in the language that needs most. */
export function promptBytes(flow: Flow, prompt: Prompt): number {
  let bytes = 0;
  for (const part of partsOf(prompt)) {
    const texts = 'audio' in part ? [] : translationsOf(part, flow.language ?? defaultLanguage);
    bytes += Math.max(
      'audio' in part ? playBytes : 0,
      ...texts.map((each) => sayBytes(speechVoiceOf(flow, each)) + filledBytes(each.text)),
    );
  }
  return bytes;
}

/** Whether verbs take more than these bytes in a document. */
export function fills(said: readonly Verb[], bytes: number): boolean {
  // A UTF-16 unit takes at most five bytes, so most documents need no counting.
  if (weigh(said, (text) => text.length * 5) <= bytes) return false;
  return weigh(said, markupBytes) > bytes;
}

function weigh(said: readonly Verb[], textBytes: (text: string) => number): number {
  let bytes = 0;
  for (const verb of said) {
    if (verb.verb === 'say') bytes += sayBytes(verb) + textBytes(verb.text);
    if (verb.verb === 'play') bytes += playBytes;
  }
  return bytes;
}

import { defaultLanguage, type Flow } from '../flow/flow.ts';
import { codeOf, speechOf } from '../flow/language.ts';
import { longestText, type OneText, type Prompt, partsOf, textIn, translationsOf } from '../flow/prompt.ts';
import { filledBytes, fillSpoken, isSpeakable, type Lookup, markupBytes, pieces } from '../flow/text.ts';
import { isSound, type Sound, type Verb } from '../flow/verbs.ts';

/** How a text is spoken: the carrier's code of its language, and the voice where one is known. */
export interface Tongue {
  readonly language: string;
  readonly voice?: string;
}

/**
 * How a text of a flow is spoken: in its own language and voice, else the flow's, else the language's own voice. A text in a
 * language of its own does not take the flow's voice, which speaks the flow's.
 */
export function tongueOf(flow: Flow, part: Omit<OneText, 'text'>): Tongue {
  const language = part.language ?? flow.language ?? defaultLanguage;
  const voice = part.voice ?? (part.language === undefined ? flow.voice : undefined);
  return voice === undefined
    ? (speechOf(language) ?? { language })
    : { language: codeOf(language, voice), voice };
}

/** The sounds of prompts whose texts name no variable, for the flow and the language in which each was said last. */
const kept = new WeakMap<
  Prompt,
  { readonly flow: Flow; readonly language: string; readonly sounds: readonly Sound[] }
>();

const silence: readonly Sound[] = [];

/**
 * The sounds of a prompt in a call of a language, its texts filled with what their names stand for. A text that is too long
 * for a voice is spoken in pieces; one that holds nothing to speak once it is filled, such as a missing variable alone, is
 * left out. Neither flows nor prompts change, so what names no variable is made once.
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
    const tongue = tongueOf(flow, chosen);
    const texts = pieces(fillSpoken(chosen.text, lookup), longestText).filter(isSpeakable);
    return texts.map((text) => ({ verb: 'say', text, ...tongue }));
  });
  if (isFixed) kept.set(prompt, { flow, language, sounds });
  return sounds;
}

/** What one node says, and whether a key may cut it short. */
export interface Said {
  readonly verbs: readonly Verb[];
  readonly interruptible: boolean;
}

/**
 * What the nodes of a document say, as the carrier is told it: the unbroken run of interruptible sounds that stands
 * directly before a gather is played inside it, because a carrier loses the keys that are pressed before one
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

/** What an audio takes in a document, in bytes, rounded up: an element with a URL. */
const playBytes = 256;

/** What a text takes in a document beside its characters, in bytes: an element that names a language and a voice. */
function sayBytes({ language, voice = '' }: Tongue): number {
  return 32 + language.length + voice.length;
}

/** The most bytes of UTF-8 that a prompt takes in a document, in whatever language, its variables filled. */
export function promptBytes(flow: Flow, prompt: Prompt): number {
  let bytes = 0;
  for (const part of partsOf(prompt)) {
    const texts = 'audio' in part ? [] : translationsOf(part, flow.language ?? defaultLanguage);
    bytes += Math.max(
      'audio' in part ? playBytes : 0,
      ...texts.map((each) => sayBytes(tongueOf(flow, each)) + filledBytes(each.text)),
    );
  }
  return bytes;
}

/** Whether what is said takes more than these bytes in a document. */
export function fills(said: readonly Verb[], bytes: number): boolean {
  // A UTF-16 unit takes five bytes at most, so most documents need no counting.
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

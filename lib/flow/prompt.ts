import * as v from 'valibot';
import { atMost } from './length.ts';
import { isBlank } from './text.ts';

/** The id of the system's own hold music, an audio that always exists. */
export const holdMusic = 'hold-music';

/** The longest text, in characters: the limit of the carrier's Polly voices. */
export const longestText = 3000;

/** The shape of a language tag. */
export const tagShape = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$/;

/** A language tag (BCP 47, https://www.rfc-editor.org/rfc/rfc5646). Only its shape is checked. */
export const Language = v.pipe(
  v.string('must be a language tag such as "en-US"'),
  v.regex(tagShape, 'must be a language tag such as "en-US" or "zh-CN"'),
);

/** A carrier's voice name, such as `Polly.Zhiyu`. */
export const Voice = v.pipe(
  v.string('must be the name of a voice'),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be a voice of the carrier such as "Polly.Zhiyu"'),
);

/** The shape of an audio's id. */
export const audioId = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** The schema of an audio's id. */
export const AudioId = v.pipe(
  v.string('must be the id of an audio'),
  v.regex(audioId, 'must be the id of an audio: small letters, digits and hyphens'),
);

const Text = v.pipe(
  v.string('must be a text'),
  v.check((text) => !isBlank(text), 'is empty: write what the caller shall hear'),
  atMost(longestText, ': split it into a list of texts'),
  v.description('What is spoken; `${Name}` in it is filled in, markup is spoken as it is written'),
);

/** One text for each language: `{ "zh-CN": "您好。", "en-US": "Hello." }`. */
const Texts = v.pipe(
  v.record(Language, Text, 'must be a text, or one for each language: { "en-US": … }'),
  v.check((texts) => Object.keys(texts).length > 0, 'holds no text: write one for each language'),
  v.description('One text for each language: the language of the call picks one, else that of the flow'),
);

/** A part of a prompt: a text that is spoken. Markup in it is spoken as written. */
export const TextPart = v.strictObject({
  text: v.union([Text, Texts], 'must be a text, or one for each language: { "en-US": … }'),
  voice: v.optional(v.pipe(Voice, v.description("A carrier's voice; without it that of the language"))),
  language: v.optional(
    v.pipe(Language, v.description("Language of this text (BCP 47); without it the flow's own")),
  ),
});

/** A part of a prompt: an audio of the library that is played. */
export const AudioPart = v.strictObject(
  { audio: v.pipe(AudioId, v.description('An audio of the library that is played, by its id')) },
  'must be { "audio": … }',
);

const shape = 'must be { "text": … }, { "audio": … } or a list of them';

/** One part of a prompt. */
export const PromptPart = v.union([TextPart, AudioPart], shape);

const anyPrompt = v.union(
  [PromptPart, v.pipe(v.array(PromptPart, shape), v.minLength(1, 'is an empty list'))],
  shape,
);

/**
 * A prompt: a text, an audio, or a list of both, played in order. Fast path: what is only `{ text }`, as most prompts are, is taken
 * as it is.
 */
export const Prompt: typeof anyPrompt = {
  ...anyPrompt,
  '~run': ({ value }, config) =>
    isOneText(value) ? { typed: true, value } : anyPrompt['~run']({ value }, config),
};

/** Parses any value as a prompt. */
export function parsePrompt(value: unknown): v.SafeParseResult<typeof Prompt> {
  return v.safeParse(Prompt, value);
}

function isOneText(value: unknown): value is { text: string } {
  if (typeof value !== 'object' || value === null || !('text' in value)) return false;
  const { text } = value;
  if (typeof text !== 'string' || text.length > longestText || isBlank(text)) return false;
  return Object.keys(value).length === 1;
}

export type TextPart = v.InferOutput<typeof TextPart>;
export type AudioPart = v.InferOutput<typeof AudioPart>;
export type PromptPart = TextPart | AudioPart;
export type Prompt = PromptPart | PromptPart[];

/** A text in one language. */
export type OneText = Omit<TextPart, 'text'> & { readonly text: string };

/** A text in several languages. */
export type TranslatedPart = Omit<TextPart, 'text'> & { readonly text: Readonly<Record<string, string>> };

/** Whether a text is written in several languages. */
export function isTranslated(part: TextPart): part is TextPart & TranslatedPart {
  return typeof part.text !== 'string';
}

/**
 * The texts of a part, one for each of its languages; `tag` is the language. Only the text in the flow's own language has no
 * `language` and uses the part's voice, because a voice speaks one language.
 */
export function translationsOf(
  part: TextPart,
  flowLanguage: string,
): (OneText & { readonly tag?: string })[] {
  if (!isTranslated(part)) return [part as OneText];
  const voice = part.voice === undefined ? {} : { voice: part.voice };
  return Object.entries(part.text).map(([tag, text]) =>
    isSameLanguage(tag, flowLanguage) ? { tag, text, ...voice } : { tag, text, language: tag },
  );
}

/** The text of a part for a call in `language`, else the one in the flow's own language; `undefined` if there is neither. */
export function textIn(part: TextPart, language: string, flowLanguage: string): OneText | undefined {
  const texts = translationsOf(part, flowLanguage);
  const inLanguage = (wanted: string) =>
    texts.find(({ tag }) => tag !== undefined && isSameLanguage(tag, wanted));
  return isTranslated(part) ? (inLanguage(language) ?? inLanguage(flowLanguage)) : texts[0];
}

/** Whether two language tags are equal. Case does not matter (RFC 5646). */
export function isSameLanguage(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The parts of a prompt, in the order in which they are played. */
export function partsOf(prompt: Prompt): readonly PromptPart[] {
  return Array.isArray(prompt) ? prompt : [prompt];
}

/** The texts of a prompt in all of its languages, in the order of its parts. */
export function promptTexts(prompt: Prompt): readonly string[] {
  return partsOf(prompt).flatMap((part) => ('text' in part ? textsOfPart(part) : []));
}

/** The texts of a part, one for each of its languages. */
export function textsOfPart(part: TextPart): readonly string[] {
  return isTranslated(part) ? Object.values(part.text) : [part.text as string];
}

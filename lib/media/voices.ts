/** A voice of Amazon Polly, with its engine. */
export interface PollyVoice {
  readonly voiceId: string;
  readonly engine: 'standard' | 'neural' | 'generative' | 'long-form';
  /** The language for a bilingual voice; left out for voices of one language. */
  readonly languageCode?: string;
}

/** Bilingual voices, which need a language code (https://docs.aws.amazon.com/polly/latest/dg/bilingual-voices.html). */
const bilingual: Readonly<Record<string, readonly string[]>> = {
  Aditi: ['en-IN', 'hi-IN'],
  Kajal: ['en-IN', 'hi-IN'],
};

/**
 * The Polly voice of a carrier's voice name: `Polly.Joanna-Neural` is Joanna, neural. `undefined` for voices of others, such as
 * `Google.de-DE-Standard-A`. `language` is the carrier's code of the text's language.
 * (https://www.twilio.com/docs/voice/twiml/say/text-speech)
 */
export function pollyVoice(name: string | undefined, language: string): PollyVoice | undefined {
  const [, voiceId, engine = 'Standard'] =
    /^Polly\.([A-Z][A-Za-z]{1,30})(?:-(Neural|Generative|Long-Form))?$/.exec(name ?? '') ?? [];
  if (voiceId === undefined) return undefined;
  const codes = Object.hasOwn(bilingual, voiceId) ? bilingual[voiceId] : undefined;
  return {
    voiceId,
    engine: engine.toLowerCase() as PollyVoice['engine'],
    ...(codes?.includes(language) ? { languageCode: language } : {}),
  };
}

/** The names of Polly's voices by language; a voice may have an engine after its name, as in `Polly.Joanna-Neural`. */
const polly: Readonly<Record<string, string>> = {
  'cmn-CN': 'Zhiyu',
  'cs-CZ': 'Jitka',
  'cy-GB': 'Gwyneth',
  'da-DK': 'Mads Naja Sofie',
  'de-AT': 'Hannah',
  'de-DE': 'Daniel Hans Marlene Vicki',
  'en-AU': 'Nicole Olivia Russell',
  'en-GB': 'Amy Arthur Brian Emma',
  'en-IN': 'Aditi Kajal Raveena',
  'en-US': 'Danielle Gregory Ivy Joanna Joey Justin Kendra Kevin Kimberly Matthew Ruth Salli Stephen',
  'es-ES': 'Conchita Enrique Lucia Sergio',
  'es-MX': 'Andres Mia',
  'es-US': 'Lupe Miguel Pedro Penelope',
  'fi-FI': 'Suvi',
  'fr-CA': 'Chantal Gabrielle Liam',
  'fr-FR': 'Celine Lea Mathieu Remi',
  'hi-IN': 'Aditi Kajal',
  'is-IS': 'Dora Karl',
  'it-IT': 'Adriano Bianca Carla Giorgio',
  'ja-JP': 'Kazuha Mizuki Takumi Tomoko',
  'ko-KR': 'Jihye Seoyeon',
  'nb-NO': 'Ida Liv',
  'nl-BE': 'Lisa',
  'nl-NL': 'Laura Lotte Ruben',
  'pl-PL': 'Ewa Jacek Jan Maja Ola',
  'pt-BR': 'Camila Ricardo Thiago Vitoria',
  'pt-PT': 'Cristiano Ines',
  'ro-RO': 'Carmen',
  'ru-RU': 'Maxim Tatyana',
  'sv-SE': 'Astrid Elin',
  'tr-TR': 'Burcu Filiz',
  'yue-CN': 'Hiujin',
};

const languagesOf = new Map<string, string[]>();
for (const [language, names] of Object.entries(polly)) {
  for (const name of names.split(' ')) languagesOf.set(name, [...(languagesOf.get(name) ?? []), language]);
}

/** Whether a text has the shape of a carrier's language, such as `en-US`; `en` has not. */
export function isLanguage(text: string): boolean {
  return /^[a-z]{2,3}(-[A-Z][a-z]{3})?-([A-Z]{2}|001)(-[A-Z]{3})?$/.test(text) || text === 'arb';
}

/** Whether a text has the shape of a voice: a basic one, or a provider and a name. */
export function isVoice(text: string): boolean {
  return isBasic(text) || /^(Polly|Google|ElevenLabs)\.[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text);
}

/** Whether a voice is one of the carrier's basic voices, which support no markup. */
export function isBasic(voice: string): boolean {
  return ['man', 'woman', 'alice'].includes(voice);
}

/**
 * Whether a voice speaks a language: `true` for a Polly voice that is not in the table. A Google voice has its language in its name.
 */
export function speaks(voice: string, language: string): boolean {
  const [provider, name = ''] = voice.split('.', 2);
  if (provider === 'Google') return name.startsWith(`${language}-`);
  const languages = languagesOf.get(name.split('-', 1)[0] ?? '');
  return provider !== 'Polly' || languages === undefined || languages.includes(language);
}

/** The most characters that a voice takes in one verb (https://www.twilio.com/docs/voice/twiml/say). */
export function longestText(voice: string | undefined): number {
  if (voice === undefined || isBasic(voice)) return 4000;
  return voice.startsWith('Polly.') ? 3000 : 5000;
}

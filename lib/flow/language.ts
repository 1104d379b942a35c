/** How the carrier speaks one language: its code for `<Say language>`, and the default voice. */
export interface Speech {
  readonly language: string;
  readonly voice: string;
}

/**
 * Language (BCP 47) → how the carrier speaks it. Codes and voices as the carrier lists them
 * (https://www.twilio.com/docs/voice/twiml/say/text-speech).
 */
const speeches: Readonly<Record<string, Speech>> = {
  'af-ZA': { language: 'af-ZA', voice: 'Google.af-ZA-Standard-A' },
  'ar-XA': { language: 'ar-XA', voice: 'Google.ar-XA-Standard-A' },
  'bg-BG': { language: 'bg-BG', voice: 'Google.bg-BG-Standard-A' },
  'bn-IN': { language: 'bn-IN', voice: 'Google.bn-IN-Standard-A' },
  'cs-CZ': { language: 'cs-CZ', voice: 'Google.cs-CZ-Standard-A' },
  'cy-GB': { language: 'cy-GB', voice: 'Polly.Gwyneth' },
  'da-DK': { language: 'da-DK', voice: 'Polly.Naja' },
  'de-DE': { language: 'de-DE', voice: 'Polly.Vicki' },
  'el-GR': { language: 'el-GR', voice: 'Google.el-GR-Standard-A' },
  'en-US': { language: 'en-US', voice: 'Polly.Joanna' },
  'en-AU': { language: 'en-AU', voice: 'Polly.Nicole' },
  'en-GB': { language: 'en-GB', voice: 'Polly.Amy' },
  'en-IN': { language: 'en-IN', voice: 'Polly.Raveena' },
  'es-ES': { language: 'es-ES', voice: 'Polly.Lucia' },
  'es-MX': { language: 'es-MX', voice: 'Polly.Mia' },
  'es-US': { language: 'es-US', voice: 'Polly.Lupe' },
  'fi-FI': { language: 'fi-FI', voice: 'Polly.Suvi-Neural' },
  'fil-PH': { language: 'fil-PH', voice: 'Google.fil-PH-Standard-A' },
  'fr-FR': { language: 'fr-FR', voice: 'Polly.Lea' },
  'fr-CA': { language: 'fr-CA', voice: 'Polly.Chantal' },
  'gu-IN': { language: 'gu-IN', voice: 'Google.gu-IN-Standard-A' },
  'he-IL': { language: 'he-IL', voice: 'Google.he-IL-Standard-A' },
  'hi-IN': { language: 'hi-IN', voice: 'Polly.Aditi' },
  'hu-HU': { language: 'hu-HU', voice: 'Google.hu-HU-Standard-A' },
  'id-ID': { language: 'id-ID', voice: 'Google.id-ID-Standard-A' },
  'is-IS': { language: 'is-IS', voice: 'Polly.Dora' },
  'it-IT': { language: 'it-IT', voice: 'Polly.Bianca' },
  'ja-JP': { language: 'ja-JP', voice: 'Polly.Mizuki' },
  'kn-IN': { language: 'kn-IN', voice: 'Google.kn-IN-Standard-A' },
  'ko-KR': { language: 'ko-KR', voice: 'Polly.Seoyeon' },
  'lv-LV': { language: 'lv-LV', voice: 'Google.lv-LV-Standard-A' },
  'ml-IN': { language: 'ml-IN', voice: 'Google.ml-IN-Standard-A' },
  'mr-IN': { language: 'mr-IN', voice: 'Google.mr-IN-Standard-A' },
  'ms-MY': { language: 'ms-MY', voice: 'Google.ms-MY-Standard-A' },
  'nb-NO': { language: 'nb-NO', voice: 'Polly.Liv' },
  'nl-NL': { language: 'nl-NL', voice: 'Polly.Lotte' },
  'nl-BE': { language: 'nl-BE', voice: 'Polly.Lisa-Neural' },
  'pa-IN': { language: 'pa-IN', voice: 'Google.pa-IN-Standard-A' },
  'pl-PL': { language: 'pl-PL', voice: 'Polly.Ewa' },
  'pt-BR': { language: 'pt-BR', voice: 'Polly.Camila' },
  'pt-PT': { language: 'pt-PT', voice: 'Polly.Ines' },
  'ro-RO': { language: 'ro-RO', voice: 'Polly.Carmen' },
  'ru-RU': { language: 'ru-RU', voice: 'Polly.Tatyana' },
  'sk-SK': { language: 'sk-SK', voice: 'Google.sk-SK-Standard-A' },
  'sr-RS': { language: 'sr-RS', voice: 'Google.sr-RS-Standard-A' },
  'sv-SE': { language: 'sv-SE', voice: 'Polly.Astrid' },
  'ta-IN': { language: 'ta-IN', voice: 'Google.ta-IN-Standard-A' },
  'te-IN': { language: 'te-IN', voice: 'Google.te-IN-Standard-A' },
  'th-TH': { language: 'th-TH', voice: 'Google.th-TH-Standard-A' },
  'tr-TR': { language: 'tr-TR', voice: 'Polly.Filiz' },
  'uk-UA': { language: 'uk-UA', voice: 'Google.uk-UA-Standard-A' },
  'vi-VN': { language: 'vi-VN', voice: 'Google.vi-VN-Standard-A' },
  'zh-CN': { language: 'cmn-CN', voice: 'Polly.Zhiyu' },
  'zh-TW': { language: 'cmn-TW', voice: 'Google.cmn-TW-Standard-A' },
  'zh-HK': { language: 'yue-HK', voice: 'Google.yue-HK-Standard-A' },
};

/** Primary subtag → the tag of its first row above. It also holds other spellings, such as `cmn`. */
const byPrimary = new Map<string, string>();
for (const tag of Object.keys(speeches)) {
  const primary = tag.slice(0, tag.indexOf('-'));
  if (!byPrimary.has(primary)) byPrimary.set(primary, tag);
}
for (const [alias, tag] of [
  ['cmn', 'zh-CN'],
  ['yue', 'zh-HK'],
  ['no', 'nb-NO'],
] as const) {
  byPrimary.set(alias, tag);
}

/** A tag in lower case → the tag in the table: tags may be written in any case (RFC 5646). */
const byLower = new Map(Object.keys(speeches).map((tag) => [tag.toLowerCase(), tag]));

/**
 * The tag in the table for a BCP 47 language: itself, in any case; else the row of its country (`cmn-TW`, `zh-Hant-TW` → `zh-TW`); else
 * the first row with its primary subtag (`en-NZ` → `en-US`), for traditional Chinese `zh-TW`; else `undefined`.
 */
export function spokenTag(language: string): string | undefined {
  if (Object.hasOwn(speeches, language)) return language;
  const [primary = '', ...subtags] = language.toLowerCase().split('-');
  const usual = byPrimary.get(primary);
  const own = usual?.split('-', 1)[0] ?? primary;
  const country = subtags.find((subtag) => /^[a-z]{2}$/.test(subtag));
  const found = byLower.get(`${own}-${country}`);
  if (found !== undefined || own !== 'zh') return found ?? usual;
  return subtags.includes('hant') ? 'zh-TW' : usual;
}

/** How the carrier speaks a BCP 47 language; `undefined` if the table has no row for it: its texts then need a `voice`. */
export function speechOf(language: string): Speech | undefined {
  const tag = spokenTag(language);
  return tag === undefined ? undefined : speeches[tag];
}

/** Voice without its engine → the codes of the languages that it speaks, as far as the table shows. */
const spoken = new Map<string, string[]>([['Polly.Aditi', ['en-IN']]]);
for (const { voice, language } of Object.values(speeches)) {
  spoken.set(speakerOf(voice), [...(spoken.get(speakerOf(voice)) ?? []), language]);
}

/** The name of a voice without its engine: `Polly.Joanna-Neural` → `Polly.Joanna`. */
function speakerOf(voice: string): string {
  return voice.replace(/-(Neural|Generative|Long-Form)$/, '');
}

/**
 * The codes of the languages that a voice speaks: from the name of a Google voice, else from the table. Empty if the voice is not
 * known.
 */
function codesOf(voice: string): readonly string[] {
  const named = /^Google\.([a-z]{2,3}-[A-Z]{2})-/.exec(voice)?.[1];
  if (named !== undefined) return [named];
  return spoken.get(speakerOf(voice)) ?? [];
}

/**
 * The carrier's code for a BCP 47 language spoken by a given voice. If the voice speaks the language of another country, that
 * code is used (`en-US` with `Polly.Amy` → `en-GB`), because carriers refuse a voice with a code that is not its own.
 */
export function codeOf(language: string, voice: string): string {
  const code = speechOf(language)?.language ?? language;
  const codes = codesOf(voice);
  if (codes.length > 0) return codes.find((each) => each === code) ?? codes.find(isLike(code)) ?? code;
  // `code` may be that of another country; a voice that was chosen probably speaks the language of the country that was named.
  return /^[a-z]{2,3}-[A-Z]{2}$/.test(language) && !Object.hasOwn(speeches, language) ? language : code;
}

function isLike(code: string): (other: string) => boolean {
  return (other) => other.split('-', 1)[0] === code.split('-', 1)[0];
}

/** Whether a voice is known not to speak the language of this code. */
export function speaksOther(voice: string, code: string): boolean {
  const codes = codesOf(voice);
  return codes.length > 0 && !codes.includes(code);
}

/** The languages in the table (BCP 47). */
export const languages: readonly string[] = Object.keys(speeches);

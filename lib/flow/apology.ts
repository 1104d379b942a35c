import { speechOf } from './language.ts';
import type { Say, Verb } from './verbs.ts';

const texts = {
  'en-US': 'We are sorry, something went wrong on our side. Please call again later. Goodbye.',
  'zh-CN': '非常抱歉，系统暂时出现故障，请您稍后再拨。再见。',
} as const;

/** The languages that have an apology. */
export type ApologyLanguage = keyof typeof texts;

/** The first of the languages, by its primary subtag, that has an apology; English where none has. */
export function apologyLanguage(...languages: readonly (string | undefined)[]): ApologyLanguage {
  for (const language of languages) {
    const primary = language?.split('-', 1)[0]?.toLowerCase();
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en-US';
  }
  return 'en-US';
}

/** A sentence of the system in each language it speaks. */
export type SystemTexts = Readonly<Record<ApologyLanguage, string>>;

/** A sentence of the system as a caller hears it: in their language or English, in the carrier's own voice. */
export function systemSay(texts: SystemTexts, language: string): Say {
  const spoken = apologyLanguage(language);
  return { verb: 'say', text: texts[spoken], ...(speechOf(spoken) ?? { language: spoken }) };
}

/** What a caller hears when something went wrong that is not their doing: an apology, then the call ends. */
export function apology(language: string): Verb[] {
  return [systemSay(texts, language), { verb: 'hangup' }];
}

/** Whether a text is one of the apologies, as a phone that heard it asks. */
export function isApology(text: string): boolean {
  return Object.values(texts).some((apology) => apology === text);
}

import { speechOf } from './language.ts';
import type { Say, Verb } from './verbs.ts';

const texts = {
  'en-US': 'We are sorry, something went wrong on our side. Please call again later. Goodbye.',
  'zh-CN': '非常抱歉，系统暂时出现故障，请您稍后再拨。再见。',
} as const;

/** The languages that have an apology. */
export type ApologyLanguage = keyof typeof texts;

/** The language of the first tag whose primary subtag has an apology (`zh-TW` → `zh-CN`); `en-US` if none has one. */
export function apologyLanguage(...languages: readonly (string | undefined)[]): ApologyLanguage {
  for (const language of languages) {
    const primary = language?.split('-', 1)[0]?.toLowerCase();
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en-US';
  }
  return 'en-US';
}

/** A sentence of the system in each of its languages. */
export type SystemTexts = Readonly<Record<ApologyLanguage, string>>;

/** The verb that speaks a sentence of the system: in the call's language if it has one, else in English, with the default voice. */
export function systemSay(texts: SystemTexts, language: string): Say {
  const spoken = apologyLanguage(language);
  return { verb: 'say', text: texts[spoken], ...(speechOf(spoken) ?? { language: spoken }) };
}

/** The verbs for a call that fails through no fault of the caller: the apology, then a hang-up. */
export function apology(language: string): Verb[] {
  return [systemSay(texts, language), { verb: 'hangup' }];
}

/** Whether a spoken text is one of the apologies. */
export function isApology(text: string): boolean {
  return Object.values(texts).some((apology) => apology === text);
}

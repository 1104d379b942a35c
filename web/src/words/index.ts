import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { onlyNewest } from '../shell/newest.ts';
import { recall, remember } from '../shell/stored.ts';
import type { enUS } from './en-US/index.ts';

/** The languages of the console, each by its own name. */
export const consoleLanguages = { 'zh-CN': '简体中文', 'en-US': 'English' } as const;

/** A language of the console. */
export type ConsoleLanguage = keyof typeof consoleLanguages;

const place = 'branchline.language';

/** The texts of each language, loaded when it is shown: nobody reads both. */
const texts: Readonly<Record<ConsoleLanguage, () => Promise<object>>> = {
  'zh-CN': async () => (await import('./zh-CN/index.ts')).zhCN,
  'en-US': async () => (await import('./en-US/index.ts')).enUS,
};

const newestTexts = onlyNewest((language: ConsoleLanguage) => texts[language]());

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof enUS };
  }
}

/**
 * Shows the console in a language from now on, in this browser; of choices that overlap the last one. Rejects if its texts cannot be
 * loaded; all stays as it was then.
 */
export async function setLanguage(language: ConsoleLanguage): Promise<void> {
  const translation = await newestTexts(language);
  if (translation === undefined) return;
  i18next.addResourceBundle(language, 'translation', translation);
  remember(place, language);
  await i18next.changeLanguage(language);
}

/** The first of the wished languages that the console speaks; English if it speaks none. */
function spoken(wished: readonly string[]): ConsoleLanguage {
  for (const language of wished) {
    const primary = language.split('-', 1)[0]?.toLowerCase();
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en-US';
  }
  return 'en-US';
}

i18next.on('languageChanged', (language) => {
  document.documentElement.lang = language;
});

/** Resolves once the texts of the user's language are loaded: nothing is shown before. */
export const ready = start(spoken([recall(place) ?? '', ...navigator.languages]));

async function start(lng: ConsoleLanguage): Promise<void> {
  const translation = await texts[lng]();
  await i18next.use(initReactI18next).init({
    resources: { [lng]: { translation } },
    lng,
    fallbackLng: false,
    supportedLngs: Object.keys(consoleLanguages),
    interpolation: { escapeValue: false },
  });
}

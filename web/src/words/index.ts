import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { recall, remember } from '../shell/stored.ts';
import { enUS } from './en-US/index.ts';
import { zhCN } from './zh-CN/index.ts';

/** The languages of the console, each by its own name. */
export const consoleLanguages = { 'zh-CN': '简体中文', 'en-US': 'English' } as const;

/** A language of the console. */
export type ConsoleLanguage = keyof typeof consoleLanguages;

const place = 'branchline.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof enUS };
  }
}

/** Shows the console in a language from now on, in this browser. */
export function speak(language: ConsoleLanguage): void {
  remember(place, language);
  void i18next.changeLanguage(language);
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

void i18next.use(initReactI18next).init({
  resources: { 'en-US': { translation: enUS }, 'zh-CN': { translation: zhCN } },
  lng: spoken([recall(place) ?? '', ...navigator.languages]),
  fallbackLng: false,
  supportedLngs: Object.keys(consoleLanguages),
  interpolation: { escapeValue: false },
  initAsync: false,
});

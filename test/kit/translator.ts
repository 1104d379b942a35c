import { createInstance, type i18n } from 'i18next';
import { enUS } from '../../web/src/words/en-US/index.ts';
import { zhCN } from '../../web/src/words/zh-CN/index.ts';

const resources = { 'en-US': { translation: enUS }, 'zh-CN': { translation: zhCN } };

/** The words of the console in a language, without a page; a word that is missing there is its own key. */
export function translatorOf(lng: string): i18n {
  const instance = createInstance();
  void instance.init({
    resources,
    lng,
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  return instance;
}

import { type SystemTexts, systemSay } from './apology.ts';
import type { Say } from './verbs.ts';

const texts: SystemTexts = {
  'en-US': 'Thank you for calling, goodbye.',
  'zh-CN': '感谢您的来电，再见。',
};

/** What a caller hears whose call would end without a word: the system's own goodbye, in one sentence. */
export function goodbye(language: string): Say {
  return systemSay(texts, language);
}

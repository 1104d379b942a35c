import { type SystemTexts, systemSay } from './apology.ts';
import type { Say } from './verbs.ts';

const texts: SystemTexts = {
  'en-US': 'Thank you for calling, goodbye.',
  'zh-CN': '感谢您的来电，再见。',
};

/** The system's goodbye, one sentence, for a call that would otherwise end in silence. */
export function goodbye(language: string): Say {
  return systemSay(texts, language);
}

import { type SystemTexts, systemSay } from '../flow/apology.ts';
import type { Say } from '../flow/verbs.ts';

const texts = {
  confirm: {
    'en-US': 'A caller is waiting for you. Press 1 to take the call.',
    'zh-CN': '有来电等待您接听，接听请按1。',
  },
  nobody: {
    'en-US': 'The caller has hung up, and nobody else is waiting. Goodbye.',
    'zh-CN': '来电者已挂机，目前没有其他来电等待。再见。',
  },
} as const satisfies Record<string, SystemTexts>;

/** What an agent hears: that a caller waits and to press 1, or that nobody waits any more. */
export function agentWords(what: keyof typeof texts, language: string): Say {
  return systemSay(texts[what], language);
}

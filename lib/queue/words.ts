import { apologyLanguage } from '../flow/apology.ts';
import { speechOf } from '../flow/language.ts';
import type { Say } from '../flow/verbs.ts';

const texts = {
  'en-US': {
    confirm: 'A caller is waiting for you. Press 1 to take the call.',
    nobody: 'The caller has hung up, and nobody else is waiting. Goodbye.',
  },
  'zh-CN': {
    confirm: '有来电等待您接听，接听请按1。',
    nobody: '来电者已挂机，目前没有其他来电等待。再见。',
  },
} as const;

/** What an agent is told: that a caller waits for them to press 1, or that nobody waits any more. */
export function agentWords(what: 'confirm' | 'nobody', language: string): Say {
  const spoken = apologyLanguage(language);
  return { verb: 'say', text: texts[spoken][what], ...(speechOf(spoken) ?? { language: spoken }) };
}

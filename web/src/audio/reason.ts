import i18next from 'i18next';
import type { Audio } from '../api/generated/types.ts';

/** Why an audio was rejected: what its check found in the console's language, or what the reviewer wrote. */
export function reasonFor({ rule, reason }: Pick<Audio, 'rule' | 'reason'>): string | undefined {
  const key = `audio.rules.${rule}`;
  return rule !== undefined && i18next.exists(key) ? i18next.t(key as 'audio.rules.empty') : reason;
}

import type { TFunction } from 'i18next';
import type { Verb } from '../../../lib/flow/verbs.ts';

/** A line of what a caller notices. `spoken`: it is heard, and can be played. */
export interface HeardLine {
  readonly text: string;
  readonly spoken: boolean;
}

/** What a caller notices of a verb, in the console's language. `groupName` gives the name of a skill group by its id. */
export function heardLines(t: TFunction, verb: Verb, groupName: (id: string) => string): HeardLine[] {
  switch (verb.verb) {
    case 'say':
      return [{ text: verb.text, spoken: true }];
    case 'play':
      return [{ text: t('phone.music', { name: verb.audio }), spoken: true }];
    case 'gather':
      return verb.sounds.flatMap((sound) => heardLines(t, sound, groupName));
    case 'enqueue': {
      const { skillGroup, maxWaitSeconds: seconds, holdMusic } = verb;
      const text = t('phone.verbs.enqueue', { group: groupName(skillGroup), seconds });
      return [
        { text, spoken: false },
        { text: t('phone.music', { name: holdMusic }), spoken: true },
      ];
    }
    case 'dial':
      return [{ text: t('phone.verbs.dial', { number: verb.number }), spoken: false }];
    case 'record':
      return [{ text: t('phone.verbs.record', { seconds: verb.maxSeconds }), spoken: false }];
    case 'hangup':
      return [{ text: t('phone.verbs.hangup'), spoken: false }];
    default:
      return [];
  }
}

const kinds: ReadonlySet<string> = new Set(['available', 'schedule', 'request', 'message', 'flow']);

const values: ReadonlySet<string> = new Set([
  ...['yes', 'no', '3 waiting', 'open', 'closed', 'holiday', 'sent', 'failed', 'live', 'missing'],
]);

/** A fact of a call script in the console's language: `available sales: yes` → `Agents of Sales: Online`. */
export function factText(t: TFunction, fact: string, nameOf: (kind: string, id: string) => string): string {
  const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(fact) ?? [];
  const [kind = '', id = ''] = name.split(' ');
  if (!kinds.has(kind)) return fact;
  const what = String(t(`phone.kinds.${kind}` as never, { name: nameOf(kind, id) } as never));
  return `${what}: ${values.has(value) ? String(t(`phone.values.${value}` as never)) : value}`;
}

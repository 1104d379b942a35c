import { targetOf } from '../../flow/flow.ts';
import { variablesIn } from '../../flow/text.ts';
import { failing } from './people.ts';
import type { LintRule, LookedNode, Stumble } from './rule.ts';

const least = { waitSeconds: 5, betweenSeconds: 3 } as const;

/** The rules about waits, retries and entries. */
export const waitRules: readonly LintRule[] = [
  {
    id: 'no-repeat',
    severity: 'warning',
    about: 'A menu is heard once: neither a key nor silence repeats it.',
    why: 'Callers who forgot a choice, or did not listen, must press a wrong key to hear it again.',
    source:
      'W3C, Making Content Usable, pattern o6p04 (w3.org/WAI/WCAG2/supplemental/patterns/o6p04-voice-menus).',
    fix: 'Set `maxTimeouts` to 2 or more, connect `timeout` back to the menu, or give it a key that repeats it.',
    *find({ menus, nodes }) {
      for (const menu of menus) {
        const { id, node, setting } = menu;
        const isBack = Object.values(node.exits ?? {}).includes(id) || isRepeatedBySilence(nodes, menu);
        if (!isBack && Number(setting('maxTimeouts')) < 2) {
          yield {
            node: id,
            field: 'maxTimeouts',
            message: 'A caller who presses nothing does not hear the menu again.',
          };
        }
      }
    },
  },
  {
    id: 'wait-short',
    severity: 'warning',
    about: `A key is waited for less than ${least.waitSeconds} seconds.`,
    why: 'People who move or think slowly, or look for their glasses, are timed out.',
    source:
      'USA, Section 508, 36 CFR 1194.23 (d), by the Access Board’s telecom tutorial; W3C, pattern o6p04.',
    fix: 'Set the time-out to 5 seconds or more.',
    *find({ nodes }) {
      for (const { id, setting } of waiting(nodes)) {
        const seconds = Number(setting('timeoutSeconds'));
        if (seconds < least.waitSeconds)
          yield {
            node: id,
            field: 'timeoutSeconds',
            message: `A key is waited for ${seconds} s.`,
            values: { seconds },
          };
      }
    },
  },
  {
    id: 'one-try',
    severity: 'warning',
    about: 'The first wrong key, or the first silence, ends the call.',
    why: 'A wrong key or a cough is not a reason to hang up.',
    source:
      'Plum Voice, IVR prompt guidelines (plumvoice.com/blog/ivr-prompt-guidelines): three attempts, then a person.',
    fix: 'Allow two more, or connect `errors` and `timeout` to a person.',
    *find({ nodes }) {
      for (const { id, node, setting } of waiting(nodes)) {
        const tries = [
          { exit: 'errors', field: 'maxErrors', what: 'wrong key' },
          { exit: 'timeout', field: 'maxTimeouts', what: 'silence', says: 'silent' },
        ];
        for (const { exit, field, what, says } of tries) {
          const isLeft = Object.hasOwn(node.exits ?? {}, exit);
          if (Number(setting(field)) < 2 && !isLeft)
            yield {
              node: id,
              field,
              message: `The first ${what} ends the call.`,
              ...(says === undefined ? {} : { says }),
            };
        }
      }
    },
  },
  {
    id: 'same-words',
    severity: 'warning',
    about: 'Silence and a wrong key are answered with the same words.',
    why: 'The caller does not learn what went wrong.',
    source: 'VoiceXML 2.0, section 5.2 (noinput and nomatch are events of their own).',
    fix: 'Answer silence with "we did not hear a key", and a wrong key with "that key has no meaning here".',
    *find({ nodes }) {
      for (const { id, setting } of waiting(nodes)) {
        const [silence, wrong] = [setting('timeoutPrompt'), setting('errorPrompt')];
        if (silence !== undefined && JSON.stringify(silence) === JSON.stringify(wrong)) {
          yield { node: id, field: 'errorPrompt', message: 'Silence and a wrong key are answered alike.' };
        }
      }
    },
  },
  {
    id: 'card-digits',
    severity: 'warning',
    about: 'An entry takes 13 to 19 digits, as payment cards have, and is not secret.',
    why: 'The number would stand in texts, requests and the carrier’s logs.',
    source: 'PCI DSS 4.0, requirement 3; Twilio, documentation of <Pay>.',
    fix: 'Set `secret`, or take card numbers on a web page.',
    *find({ nodes }) {
      for (const { id, type, setting } of nodes) {
        const [fewest, longest] = [Number(setting('minDigits')), Number(setting('maxDigits'))];
        const isCard = longest >= 13 && longest <= 19 && (fewest >= 12 || longest >= 15);
        if (type.typesDigits === true && isCard && setting('secret') !== true) {
          yield {
            node: id,
            field: 'secret',
            message: `The entry takes up to ${longest} digits and is not secret.`,
            values: { digits: longest },
          };
        }
      }
    },
  },
  {
    id: 'dial-typed',
    severity: 'warning',
    about: 'A number that the caller types is dialled.',
    why: 'Callers could ring expensive numbers at your cost.',
    source: 'Twilio, Toll fraud and how to protect your account.',
    fix: 'Dial numbers that you have chosen, or compare what was typed with those first.',
    *find({ nodes }) {
      const typed = new Set(
        nodes.flatMap(({ type, node }) =>
          (type.typesDigits === true ? (type.sets?.(node) ?? []) : []).map(({ name }) => name),
        ),
      );
      for (const { id, setting } of nodes) {
        const number = setting('number');
        const [name] =
          typeof number === 'string' ? variablesIn(number).filter((each) => typed.has(each)) : [];
        if (name !== undefined)
          yield {
            node: id,
            field: 'number',
            message: `The number is what the caller typed: \`\${${name}}\`.`,
            values: { variable: `\${${name}}` },
          };
      }
    },
  },
  {
    id: 'mute-end',
    severity: 'warning',
    about: "A call ends with the system's goodbye only.",
    why: 'The caller does not learn from you why the call is over.',
    source: 'Our own rule.',
    fix: 'Write the last words into the `end` node, or into the prompt before it.',
    find: (looked) => failing(looked, 'goodbye-only'),
  },
  {
    id: 'silent-loop',
    severity: 'warning',
    about:
      'A caller who presses nothing hears the same menus again and again, until the 20th silence ends the call.',
    why: 'A phone that was put down keeps the line busy for minutes, at your cost.',
    source: 'Our own rule.',
    fix: 'Connect `timeout` to a person, or to an end after two rounds.',
    find: ({ flow, proof }) =>
      proof.loops
        .filter(({ by, nodes }) => by === 'silent' && nodes.some((id) => Object.hasOwn(flow.nodes, id)))
        .map(({ nodes }): Stumble => {
          const node = nodes.find((id) => Object.hasOwn(flow.nodes, id)) ?? '';
          return {
            node,
            field: 'exits.timeout',
            message: `Silence goes in circles: ${[...nodes, node].join(' → ')}.`,
            values: { nodes: [...nodes, node] },
          };
        }),
  },
  {
    id: 'ai-caller',
    severity: 'warning',
    about: `Keys are ignored while a prompt plays, or less than ${least.betweenSeconds} seconds pass between digits.`,
    why: 'Assistants that call for people press keys late and slowly, and type during prompts.',
    source:
      'Vapi, IVR navigation (docs.vapi.ai/ivr-navigation); Retell AI, press digit node (docs.retellai.com).',
    fix: 'Set `interruptible`, and wait 3 seconds or more between digits.',
    *find({ nodes }) {
      for (const { id, type, setting } of nodes) {
        if (setting('interruptible') === false) {
          yield { node: id, field: 'interruptible', message: 'Keys are ignored while this plays.' };
        }
        const seconds = Number(setting('timeoutSeconds'));
        if (type.typesDigits === true && seconds < least.betweenSeconds) {
          yield {
            node: id,
            field: 'timeoutSeconds',
            message: `${seconds} s are given between two digits.`,
            says: 'digits',
            values: { seconds },
          };
        }
      }
    },
  },
];

/** Whether a call that leaves a menu by its time-out comes back to it without another wait: after a prompt, or a question to a schedule. */
function isRepeatedBySilence(nodes: readonly LookedNode[], menu: LookedNode): boolean {
  const ahead = [targetOf(menu.node, 'timeout')];
  for (const next of ahead) {
    if (next === menu.id) return true;
    const passed = nodes.find(({ id, type }) => id === next && type.waitsFor === undefined);
    for (const target of Object.values(passed?.node.exits ?? {}))
      if (!ahead.includes(target)) ahead.push(target);
  }
  return false;
}

function waiting(nodes: readonly LookedNode[]): LookedNode[] {
  return nodes.filter(({ type }) => type.waitsFor === 'keys');
}

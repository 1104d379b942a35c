import { promptFields } from '../../engine/texts.ts';
import type { Key } from '../../flow/events.ts';
import { parsePrompt, partsOf } from '../../flow/prompt.ts';
import { spokenSeconds } from '../seconds.ts';
import { keysIn } from './keysin.ts';
import { isIn } from './people.ts';
import {
  inSeconds,
  type LintLook,
  type LintRule,
  type LookedMenu,
  type LookedNode,
  type Stumble,
} from './rule.ts';

const most = { options: 5, menuSeconds: 20, promoSeconds: 8 } as const;

const prompt = 'prompt';

/** How a call is usually answered. */
const greeting =
  /^(?:(?:hello|welcome|good (?:morning|afternoon|evening)|thank(?: you|s) for calling)\b|您好|你好|欢迎|感谢(?:您的?)?(?:来电|致电))/i;

/** The rules about what menus say and which keys they take. */
export const menuRules: readonly LintRule[] = [
  {
    id: 'options-many',
    severity: 'warning',
    about: `A menu offers more than ${most.options} choices (0, * and # not counted).`,
    why: 'People keep about four choices in mind while they listen.',
    source:
      'Blueworx Voice Response 7, designing voice applications (“about four”); Plum Voice, IVR prompt guidelines (plumvoice.com/blog/ivr-prompt-guidelines).',
    fix: 'Split the menu, or say the most wanted choices first and put the rest behind one key.',
    *find({ menus }) {
      for (const { id, keys } of menus) {
        const count = keys.filter((key) => /[1-9]/.test(key)).length;
        if (count > most.options)
          yield {
            node: id,
            field: prompt,
            message: `The menu offers ${count} choices.`,
            values: { count },
          };
      }
    },
  },
  {
    id: 'key-first',
    severity: 'warning',
    about: 'A key is named before what it is for: "press 1 for sales".',
    why: 'Callers listen for what they want, and have forgotten the key by the time they hear it.',
    source: 'Blueworx Voice Response 7, designing voice applications (docs.blueworx.com).',
    fix: 'Write "for sales, press 1".',
    find: ({ menus }) =>
      eachPrompt(menus, (text) => {
        const told = keysIn(text).find(({ first }) => first);
        return (
          told && {
            message: `The key ${told.written} is named before what it is for.`,
            values: { key: told.written },
          }
        );
      }),
  },
  {
    id: 'keys-order',
    severity: 'warning',
    about: 'The numbers of a menu are not named in ascending order, or one is left out.',
    why: 'Callers expect 1, 2, 3; a gap sounds like a choice they have missed.',
    source: 'Our own rule.',
    fix: 'Number the choices from 1 on in the order in which they are said.',
    *find({ menus }) {
      for (const { id, keys, prompts } of menus) {
        for (const { text } of prompts) {
          const told = [...new Set(keysIn(text).map(({ key }) => key))].filter((key) => /[1-9]/.test(key));
          const sorted = [...told].sort();
          const numbers = keys.filter((key) => /[1-9]/.test(key)).sort();
          const gap = numbers.find((key, place) => key !== String(place + 1));
          if (told.join() !== sorted.join()) {
            const list = told.join(', ');
            yield {
              node: id,
              field: prompt,
              message: `The keys are named in the order ${list}.`,
              values: { keys: list },
            };
          } else if (gap !== undefined) {
            yield {
              node: id,
              field: prompt,
              message: `The menu takes ${numbers.join(', ')}: there is a gap before ${gap}.`,
              says: 'gap',
              values: { keys: numbers.join(', '), key: gap },
            };
          }
        }
      }
    },
  },
  {
    id: 'menu-long',
    severity: 'warning',
    about: `A menu takes more than ${most.menuSeconds} seconds to say.`,
    why: 'Callers press something, or hang up, before the end.',
    source: 'Plum Voice, IVR prompt guidelines (plumvoice.com/blog/ivr-prompt-guidelines): 20 s.',
    fix: 'Shorten the texts, or split the menu.',
    *find({ menus, seconds }) {
      for (const { id } of menus) {
        const long = seconds(id, prompt);
        if (long > most.menuSeconds) {
          yield {
            node: id,
            field: prompt,
            message: `The menu takes ${inSeconds(long)} to say.`,
            values: { seconds: Math.round(long) },
          };
        }
      }
    },
  },
  {
    id: 'promo-first',
    severity: 'warning',
    about: `A caller hears more than ${most.promoSeconds} seconds before the first choice.`,
    why: 'Welcomes and advertising delay what the caller wants, on every call.',
    source:
      'W3C, Making Content Usable, pattern o6p04 (w3.org/WAI/WCAG2/supplemental/patterns/o6p04-voice-menus).',
    fix: 'Shorten what comes first, or say it after the choice.',
    find: ({ flow, explored }) => {
      const stumbles = new Map<string, Stumble>();
      for (const { from, verbs, to } of explored.ways) {
        if (from !== 0 || to === undefined) continue;
        const gather = verbs.find(({ verb }) => verb === 'gather');
        const sounds = [
          ...verbs.filter(({ verb }) => verb === 'say'),
          ...(gather?.verb === 'gather' ? gather.sounds : []),
        ];
        let before = 0;
        for (const sound of sounds) {
          if (sound.verb !== 'say') continue;
          const [told] = keysIn(sound.text);
          before += spokenSeconds(told === undefined ? sound.text : sound.text.slice(0, told.at));
          if (told !== undefined) break;
        }
        const state = explored.states[to];
        if (gather === undefined || state === undefined || before <= most.promoSeconds) continue;
        const { node } = state;
        stumbles.set(`${state.flow} ${node}`, {
          ...(isIn(flow, state) ? { node, field: prompt } : {}),
          message: `The first choice comes after ${inSeconds(before)}.`,
          values: { seconds: Math.round(before) },
        });
      }
      return stumbles.values();
    },
  },
  {
    id: 'greeting-again',
    severity: 'note',
    about: 'A menu, or a prompt for digits, begins with a greeting.',
    why: 'After a wrong key, or on the way back, callers are welcomed once more, as if the call had just begun.',
    source: 'Our own rule.',
    fix: 'Say the greeting in a module before it.',
    *find({ nodes, texts }) {
      for (const { id, has } of nodes) {
        if (!has('errorPrompt')) continue;
        const first = texts.find(
          ({ node, field, text }) =>
            node === id && /^prompt(?!\.[1-9])\b/.test(field) && greeting.test(text.trim()),
        );
        const [said] = greeting.exec(first?.text.trim() ?? '') ?? [];
        if (first === undefined || said === undefined) continue;
        const message = `“${said}” is said again whenever the prompt is repeated.`;
        yield { node: id, field: first.field, message, values: { text: said } };
      }
    },
  },
  {
    id: 'key-names',
    severity: 'warning',
    about: 'A text names the keys * and # by their signs, or by names that few know.',
    why: 'A voice reads "#" as "number sign" or not at all.',
    source: 'Blueworx Voice Response 7, designing voice applications (docs.blueworx.com).',
    fix: 'Write "the star key" and "the pound key"; in Chinese 星号键 and 井号键.',
    find: ({ menus }) =>
      eachPrompt(menus, (text) => {
        const told = keysIn(text).find(({ written }) => /^[*#＊＃]$|米字|井字|asterisk/i.test(written));
        return told && { message: `The key is called “${told.written}”.`, values: { key: told.written } };
      }),
  },
  {
    id: 'promised',
    severity: 'warning',
    about:
      'A text names a key that leads nowhere, or a key leads somewhere and no text names it, though one names others.',
    why: 'Callers are told to press a wrong key, or never find a choice that exists.',
    source: 'Our own rule.',
    fix: 'Connect the key, or change the text.',
    *find(looked) {
      for (const menu of looked.menus) {
        const { id, keys, prompts } = menu;
        const before = heardBefore(looked, id);
        const isPlayed = [menu, ...before].some(hasAudio);
        const earlier = keysOf(looked, before);
        for (const { text } of prompts.filter((each) => each.text !== '')) {
          const own = keysIn(text).map(({ key }) => key);
          const [unwired] = own.filter((key) => !keys.includes(key));
          const told = new Set([...own, ...earlier]);
          // An audio may name any key, and so may a text in words that are not known here.
          const [untold] = told.size === 0 || isPlayed ? [] : keys.filter((key) => !told.has(key));
          if (unwired !== undefined) {
            yield {
              node: id,
              field: prompt,
              message: `The text names the key ${unwired}, which leads nowhere.`,
              values: { key: unwired },
            };
          }
          if (untold !== undefined) {
            yield {
              node: id,
              field: `exits.${untold}`,
              message: `The key ${untold} leads somewhere, and no text names it.`,
              says: 'untold',
              values: { key: untold },
            };
          }
        }
      }
    },
  },
];

/** The nodes whose prompts are played into a menu, where its keys may be named, too: directly before it, but for nodes that say nothing. */
function heardBefore({ nodes }: LintLook, menu: string): LookedNode[] {
  const found = new Set<LookedNode>();
  const ahead = [menu];
  for (const next of ahead) {
    for (const each of nodes) {
      const leads = Object.values(each.node.exits ?? {}).includes(next);
      if (!leads || found.has(each) || !(each.setting('interruptible') === true || isMute(each))) continue;
      found.add(each);
      ahead.push(each.id);
    }
  }
  return [...found];
}

function isMute({ node, type }: LookedNode): boolean {
  return type.waitsFor === undefined && type.enters === undefined && promptFields(node).length === 0;
}

function keysOf({ texts }: LintLook, nodes: readonly LookedNode[]): Key[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return texts.filter(({ node }) => ids.has(node)).flatMap(({ text }) => keysIn(text).map(({ key }) => key));
}

function hasAudio({ setting }: LookedNode): boolean {
  const played = parsePrompt(setting(prompt));
  return played.success && partsOf(played.output).some((part) => 'audio' in part);
}

/** The first finding in the prompts of each menu. */
function* eachPrompt(
  menus: readonly LookedMenu[],
  wrong: (text: string, tag: string) => Pick<Stumble, 'message' | 'values'> | undefined,
): Iterable<Stumble> {
  for (const { id, prompts } of menus) {
    const found = prompts.map(({ text, tag }) => wrong(text, tag)).find((each) => each !== undefined);
    if (found !== undefined) yield { node: id, field: prompt, ...found };
  }
}

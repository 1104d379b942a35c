import { defaultLanguage, type Flow, type FlowNode, settingOf } from '../flow/flow.ts';
import { spokenTag } from '../flow/language.ts';
import type { Problem } from '../flow/problem.ts';
import {
  type AudioPart,
  isTranslated,
  type OneText,
  type PromptPart,
  parsePrompt,
  translationsOf,
} from '../flow/prompt.ts';
import { type Pronunciation, pronounceAround, wordsUsed } from '../flow/pronounce.ts';
import { check } from './check.ts';
import { speechVoiceOf } from './speak.ts';
import { promptFields, type SpokenText } from './texts.ts';

/** How words of a language (BCP 47) are spoken. */
export interface WordList {
  readonly language: string;
  readonly words: readonly Pronunciation[];
}

/** Words by the carrier's language code, as stored with a version. */
export type WordsByCode = Readonly<Record<string, readonly Pronunciation[]>>;

/**
 * The words that apply to the texts of a flow. Example: `en-US` uses the lists `en-US`, then `en`. A language that is spoken as
 * another one, such as `en-NZ`, uses the lists of that language last. Words that no text contains are left out, unless a text of
 * their language has variables, whose values may contain them.
 */
export function wordsFor(texts: readonly SpokenText[], lists: readonly WordList[]): WordsByCode {
  const byCode = new Map<string, SpokenText[]>();
  for (const text of texts) {
    const same = byCode.get(text.language);
    if (same === undefined) byCode.set(text.language, [text]);
    else same.push(text);
  }
  const words = Array.from(byCode, ([code, said]) => {
    const tags = new Set(said.map(({ tag }) => tag));
    const all = [...tags].flatMap((tag) => listsFor(tag, lists)).flatMap((list) => list.words);
    const varies = said.some((text) => text.varies);
    return [
      code,
      varies
        ? all
        : wordsUsed(
            said.map(({ text }) => text),
            all,
          ),
    ] as const;
  });
  return Object.fromEntries(words.filter(([, each]) => each.length > 0));
}

/** The lists that apply to texts in a language, the most specific first. */
export function listsFor(tag: string, lists: readonly WordList[]): WordList[] {
  const tags = [...rangesOf(tag), ...rangesOf(spokenTag(tag) ?? tag)];
  return [...new Set(tags)].flatMap((each) =>
    lists.filter(({ language }) => language.toLowerCase() === each),
  );
}

/** A tag and its prefixes, the longest first: `zh-Hant-TW`, `zh-Hant`, `zh` (RFC 4647, lookup). */
function rangesOf(tag: string): string[] {
  const parts = tag.toLowerCase().split('-');
  return parts.map((_, place) => parts.slice(0, parts.length - place).join('-'));
}

/**
 * The problems that pronunciations add to a valid flow: a text that becomes empty, or one that becomes too long.
 */
export function checkPronounced(flow: Flow, words: WordsByCode): Problem[] {
  if (Object.keys(words).length === 0) return [];
  const pronounced = withTexts(flow, (part) => {
    const text = pronounceAround(part.text, words[speechVoiceOf(flow, part).language] ?? []);
    return { ...part, text };
  });
  return newIn(pronounced, flow).map((problem) => ({
    ...problem,
    rule: 'pronounced',
    message: `With the pronunciations of its words: ${problem.message}`,
  }));
}

/** The problems that arise if the texts that `isPlayed` chooses are played as audio: a `<Play>` takes more bytes than a short text. */
export function checkPlayed(flow: Flow, isPlayed: (part: OneText) => boolean): Problem[] {
  return newIn(
    withTexts(flow, (part) => (isPlayed(part) ? { audio: 'speech' } : part)),
    flow,
  );
}

/** The `bad-value` errors of a changed flow that the original does not have. */
function newIn(changed: Flow, flow: Flow): Problem[] {
  const errors = (each: Flow) =>
    check(each).filter(({ rule, severity }) => rule === 'bad-value' && severity === 'error');
  const known = new Set(errors(flow).map(({ node, field }) => `${node} ${field}`));
  return errors(changed).filter(({ node, field }) => !known.has(`${node} ${field}`));
}

function withTexts(flow: Flow, change: (part: OneText) => OneText | AudioPart): Flow {
  const changed = (part: PromptPart): PromptPart => {
    if ('audio' in part) return part;
    const texts = translationsOf(part, flow.language ?? defaultLanguage).map(({ tag = '', ...text }) => {
      return [tag, change(text)] as const;
    });
    const [[, first] = []] = texts;
    if (!isTranslated(part)) return first ?? part;
    // It may be an audio in any of its languages, and an audio takes more bytes.
    const played = texts.find(([, each]) => 'audio' in each);
    if (played !== undefined) return played[1];
    const all = texts.flatMap(([tag, each]) => ('text' in each ? [[tag, each.text] as const] : []));
    return { ...part, text: Object.fromEntries(all) };
  };
  const changedNode = (node: FlowNode): FlowNode => {
    const prompts = promptFields(node).flatMap((field) => {
      const prompt = parsePrompt(settingOf(node, field));
      if (!prompt.success) return [];
      return [[field, Array.isArray(prompt.output) ? prompt.output.map(changed) : changed(prompt.output)]];
    });
    return { ...node, ...Object.fromEntries(prompts) };
  };
  const nodes = Object.entries(flow.nodes).map(([id, node]) => [id, changedNode(node)] as const);
  return { ...flow, nodes: Object.fromEntries(nodes) };
}

import { settingsOf } from '../../../lib/engine/settings.ts';
import { defaultLanguage, type Flow, type FlowNode, nodeOf } from '../../../lib/flow/flow.ts';
import { isRecord } from '../../../lib/flow/json.ts';
import { isSameLanguage, type Prompt, type PromptPart } from '../../../lib/flow/prompt.ts';
import { textOf, textsOf, withLanguage, withText } from './languagetexts.ts';
import { outlineOf } from './outline.ts';
import { promptOf, withPart } from './parts.ts';

/** Where one text or one audio of a flow stands. */
export interface PromptPlace {
  readonly node: string;
  /** The setting that is the prompt. */
  readonly setting: string;
  /** Which part of the prompt, from 0. */
  readonly part: number;
  /** The language of a text (BCP 47); empty for an audio. */
  readonly language: string;
}

/** One text or one audio of a flow, as a row of a table. */
export interface PromptRow extends PromptPlace {
  /** The part as problems name it: the setting, with a number behind it if the prompt has several parts. */
  readonly field: string;
  readonly text: string;
  /** The id of an audio, which is played; empty for a text. */
  readonly audio: string;
}

/** What a caller shall hear at a place. */
export type Heard = { readonly text: string } | { readonly audio: string };

/**
 * All prompts of a flow in the order of its outline: one row for each audio and for each text in each of its languages. A prompt
 * that must be there and is not has an empty row.
 */
export function promptRows(flow: Flow): PromptRow[] {
  return outlineOf(flow).flatMap(({ id, node }) =>
    settingsOf(node.type).flatMap(({ name, field, required }) => {
      if (field.field !== 'prompt') return [];
      const parts = promptParts(node, name);
      const shown = parts?.length === 0 && required ? [{ text: '' }] : (parts ?? []);
      return shown.flatMap((part, index) => {
        const place = { node: id, setting: name, part: index };
        const several = shown.length > 1 ? `${name}.${index}` : name;
        return rowsOf(flow, part).map((row) => ({ ...place, field: several, ...row }));
      });
    }),
  );
}

/** The parts of a prompt; none if it is not set, `undefined` if it is not a prompt. */
export function promptParts(node: FlowNode, setting: string): readonly PromptPart[] | undefined {
  const value = Object.hasOwn(node, setting) ? node[setting] : undefined;
  if (value === undefined) return [];
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return parts.every(isPart) ? parts : undefined;
}

/** The prompt of a setting once something else is heard at a place of it; `undefined` if nothing is left of it. */
export function promptWith(flow: Flow, place: PromptPlace, heard: Heard): Prompt | undefined {
  const node = nodeOf(flow, place.node);
  const parts = node === undefined ? [] : (promptParts(node, place.setting) ?? []);
  const shown: readonly PromptPart[] = parts.length === 0 ? [{ text: '' }] : parts;
  const part = shown[place.part] ?? { text: '' };
  const next = 'audio' in heard ? { audio: heard.audio } : speaking(flow, part, place.language, heard.text);
  return promptOf(withPart(shown, place.part, next));
}

/** The language that a flow speaks where nothing else is said. */
export function ownLanguage(flow: Flow): string {
  return flow.language ?? defaultLanguage;
}

/** The tag under which a part has a text in a language; `undefined` if it has none. */
export function tagIn(flow: Flow, part: PromptPart, language: string): string | undefined {
  if ('audio' in part) return undefined;
  const tags = Object.keys(textsOf(part) ?? { [part.language ?? ownLanguage(flow)]: '' });
  return tags.find((tag) => tag === language) ?? tags.find((tag) => isSameLanguage(tag, language));
}

function speaking(flow: Flow, part: PromptPart, language: string, text: string): PromptPart {
  const own = ownLanguage(flow);
  if ('audio' in part) {
    return language === '' || isSameLanguage(language, own) ? { text } : { text, language };
  }
  const tag = tagIn(flow, part, language);
  return tag === undefined
    ? withText(withLanguage(part, own, language), language, text)
    : withText(part, tag, text);
}

function rowsOf(flow: Flow, part: PromptPart): Pick<PromptRow, 'language' | 'text' | 'audio'>[] {
  if ('audio' in part) return [{ language: '', text: '', audio: part.audio }];
  const tags = Object.keys(textsOf(part) ?? { [part.language ?? ownLanguage(flow)]: '' });
  return tags.map((tag) => ({ language: tag, text: textOf(part, tag), audio: '' }));
}

function isPart(value: unknown): value is PromptPart {
  if (!isRecord(value)) return false;
  const { text, audio } = value;
  if (text === undefined) return typeof audio === 'string';
  return (
    typeof text === 'string' ||
    (isRecord(text) && Object.values(text).every((each) => typeof each === 'string'))
  );
}

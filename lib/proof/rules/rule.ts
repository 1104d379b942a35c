import { parseNode } from '../../engine/parsed.ts';
import { type SpokenText, textsOf } from '../../engine/texts.ts';
import { isKey, type Key } from '../../flow/events.ts';
import { defaultLanguage, type Flow, type FlowNode, nodeOf } from '../../flow/flow.ts';
import { nodeType } from '../../nodes/index.ts';
import type { DefinedType } from '../../nodes/node.ts';
import type { Explored } from '../explore.ts';
import type { Proof } from '../prove.ts';
import { type AudioSeconds, spokenSeconds, usualAudioSeconds } from '../seconds.ts';

/** The severity of a finding. A note needs no action. */
export type LintSeverity = 'error' | 'warning' | 'note';

/** The law packs: sets of rules that a law requires, so that their findings are errors. */
export const lawPacks = ['es', 'cn'] as const;

/** One of these. */
export type LawPack = (typeof lawPacks)[number];

/** What a rule finds: where, and an English message. */
export interface Stumble {
  readonly node?: string;
  readonly field?: string;
  readonly message: string;
  /** The id of the message, if the rule has several; for translations. */
  readonly says?: string;
  /** The values in the message, for translations. `node` and `nodes` are node ids, `setting` is the name of a setting. */
  readonly values?: Readonly<Record<string, string | number | readonly string[]>>;
}

/** A rule of the linter. */
export interface LintRule {
  readonly id: string;
  readonly severity: Exclude<LintSeverity, 'error'>;
  /** When it warns, as an English sentence. */
  readonly about: string;
  /** Why that is bad for callers. */
  readonly why: string;
  /** The source, with a date if it may change. */
  readonly source: string;
  readonly fix: string;
  /** The law packs in which it is an error. */
  readonly laws?: readonly LawPack[];
  find(looked: LintLook): Iterable<Stumble>;
}

/** A node with its type, and access to its settings with their defaults. */
export interface LookedNode {
  readonly id: string;
  readonly node: FlowNode;
  readonly type: DefinedType;
  setting(name: string): unknown;
  /** Whether its type has a setting of this name. */
  has(name: string): boolean;
}

/** A menu: a node that waits for one key, with the texts of its prompt by language. */
export interface LookedMenu extends LookedNode {
  readonly keys: readonly Key[];
  readonly prompts: readonly { readonly tag: string; readonly text: string }[];
}

/** The input of the rules. */
export interface LintLook {
  readonly flow: Flow;
  readonly explored: Explored;
  readonly proof: Proof;
  readonly nodes: readonly LookedNode[];
  readonly menus: readonly LookedMenu[];
  readonly texts: readonly SpokenText[];
  /** The length of a prompt setting in seconds, in its longest language. */
  seconds(node: string, setting: string): number;
}

/** Collects the input of the rules from a flow. */
export function lookAt(flow: Flow, explored: Explored, proof: Proof, audio: AudioSeconds): LintLook {
  const texts = textsOf(flow);
  const nodes = Object.entries(flow.nodes).flatMap(([id, node]): LookedNode[] => {
    const type = nodeType(node.type);
    if (type === undefined) return [];
    const settings = parseNode(node)?.settings ?? node;
    const setting = (name: string) => (Object.hasOwn(settings, name) ? settings[name] : undefined);
    return [{ id, node, type, setting, has: (name) => Object.hasOwn(type.settings, name) }];
  });
  const inSetting = (node: string, setting: string) =>
    texts.filter((each) => each.node === node && each.field.split('.', 1)[0] === setting);
  const byTag = (node: string, setting: string) => {
    const found = inSetting(node, setting);
    const isOneOf = ({ field, tag }: SpokenText) => field.endsWith(`.${tag}`);
    const tags = [...new Set(found.filter(isOneOf).map(({ tag }) => tag))];
    // A text without translations is heard in calls of every language.
    return (tags.length === 0 ? [flow.language ?? defaultLanguage] : tags).map((tag) => ({
      tag,
      text: found.flatMap((each) => (!isOneOf(each) || each.tag === tag ? [each.text] : [])).join(' '),
    }));
  };
  const menus = nodes.flatMap((looked): LookedMenu[] => {
    const keys = Object.keys(looked.node.exits ?? {}).filter(isKey);
    return keys.length === 0 ? [] : [{ ...looked, keys, prompts: byTag(looked.id, 'prompt') }];
  });
  const seconds = (id: string, setting: string) => {
    const spoken = byTag(id, setting).map(({ text }) => spokenSeconds(text));
    return Math.max(0, ...spoken) + audioSeconds(nodeOf(flow, id)?.[setting], audio);
  };
  return { flow, explored, proof, nodes, menus, texts, seconds };
}

function audioSeconds(prompt: unknown, audio: AudioSeconds): number {
  const parts = Array.isArray(prompt) ? prompt : [prompt];
  return parts.reduce<number>((sum, part) => {
    const id = typeof part === 'object' && part !== null && 'audio' in part ? part.audio : undefined;
    return typeof id === 'string' ? sum + (audio(id) ?? usualAudioSeconds) : sum;
  }, 0);
}

/** Seconds, rounded, for a message: `12 s`. */
export function inSeconds(value: number): string {
  return `${Math.round(value)} s`;
}

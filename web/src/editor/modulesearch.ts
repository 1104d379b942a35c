import { useCallback, useMemo, useState } from 'react';
import { settingsOf } from '../../../lib/engine/settings.ts';
import { nodeTypes } from '../../../lib/nodes/index.ts';
import { type Names, useNames } from '../words/naming.ts';
import type { NodeWords, SettingWords } from '../words/nodewords.ts';

/** What a module is found by, the most telling first: its names, what it does, and what its settings say. */
export interface ModuleTexts {
  readonly type: string;
  readonly names: readonly string[];
  readonly about: readonly string[];
  readonly settings: readonly string[];
}

/** What each module is found by: in English, and in Chinese if its words are there. */
export function moduleTexts(chinese: NodeWords = {}): ModuleTexts[] {
  return nodeTypes.map(({ type, name, summary }) => {
    const zh = chinese[type];
    const own = settingsOf(type).map(({ field, about }) => `${field.name} ${about}`);
    return {
      type,
      names: [name, zh?.name ?? '', type],
      about: [summary, zh?.about ?? ''],
      settings: [...own, ...Object.values(zh?.settings ?? {}).flatMap(textsOf)],
    };
  });
}

function textsOf({ name, help, entries = {}, options = {} }: SettingWords): string[] {
  return [`${name} ${help}`, ...Object.values(options), ...Object.values(entries).flatMap(textsOf)];
}

/** The rank of what is not found. */
const none = 9;

/**
 * The types of the modules that a text finds, those first whose name begins with it, then by name, by what they do and by their
 * settings. All its words must be found in one of these; case does not matter. An empty text finds all, as they come.
 */
export function findModules(query: string, modules: readonly ModuleTexts[]): string[] {
  const sought = query.trim().toLocaleLowerCase();
  const words = sought.split(/\s+/);
  const rank = ({ names, about, settings }: ModuleTexts) => {
    const hit = (texts: readonly string[]) =>
      texts.some((text) => words.every((word) => text.toLocaleLowerCase().includes(word)));
    if (names.some((name) => name.toLocaleLowerCase().startsWith(sought))) return 0;
    return [names, about, settings].findIndex(hit) + 1 || none;
  };
  return modules
    .map((module) => ({ type: module.type, rank: rank(module) }))
    .filter((found) => found.rank < none)
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ type }) => type);
}

/** The modules, found also by what they are called in the language that is shown, whose words are there from the start. */
export function withShown(modules: readonly ModuleTexts[], shown: Names): ModuleTexts[] {
  return modules.map(({ type, names, about, settings }) => ({
    type,
    names: [...names, shown.type(type)],
    about: [...about, shown.about(type)],
    settings,
  }));
}

let known: Promise<readonly ModuleTexts[]> | undefined;

/**
 * Looks for modules in both languages of the console. What they are called in the language that is shown is known at once; all other
 * words come when `load` is called first.
 */
export function useModuleSearch(): { find: (query: string) => string[]; load: () => void } {
  const shown = useNames();
  const [modules, setModules] = useState<readonly ModuleTexts[]>(() => moduleTexts());
  const load = useCallback(() => {
    known ??= import('../words/zh-CN/nodes.ts').then(({ nodes }) => moduleTexts(nodes));
    // Without a network one finds by the English words and by what is shown.
    known.then(setModules, () => {
      known = undefined;
    });
  }, []);
  const named = useMemo(() => withShown(modules, shown), [modules, shown]);
  return { find: (query) => findModules(query, named), load };
}

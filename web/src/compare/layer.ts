import type { TFunction } from 'i18next';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import type { Layer, Tag } from '../canvas/layer.ts';
import type { Names } from '../words/naming.ts';
import type { ChangeKind, ChangeMarks, NodeMark } from './changemarks.ts';

/** What stands for a sign where there is no room for words. */
export const changeGlyphs: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  removed: '−',
  changed: '~',
  moved: '↔',
};

/** The signs on a document as a layer: each node says in which settings and exits it differs. */
export function layerOf({ nodes, wires }: ChangeMarks, flow: Flow, names: Names, t: TFunction): Layer {
  const exits = [...nodes].filter(([, kind]) => kind.exits.length > 0);
  return {
    nodes: new Map(Array.from(nodes, ([id, kind]) => [id, nodeTag(kind, nodeOf(flow, id)?.type, names, t)])),
    exits: new Map(exits.map(([id, kind]) => [id, new Map(kind.exits.map((exit) => [exit, changed]))])),
    wires: new Map(Array.from(wires, ([id, kind]) => [id, { ...tagOf(kind), title: t(`compare.${kind}`) }])),
  };
}

const changed: Tag = { tone: 'changed' };

function tagOf(kind: ChangeKind): Tag {
  return { tone: kind, glyph: changeGlyphs[kind] };
}

function nodeTag(
  { kind, settings, exits }: NodeMark,
  type: string | undefined,
  names: Names,
  t: TFunction,
): Tag {
  const parts =
    type === undefined
      ? []
      : [
          ...settings.map((name) => names.setting(type, name)),
          ...exits.map((exit) => names.exit(type, exit)),
        ];
  const what = t(`compare.${kind}`);
  const text =
    parts.length === 0 ? what : t('compare.parts', { what, parts: parts.join(t('compare.comma')) });
  return { ...tagOf(kind), text };
}

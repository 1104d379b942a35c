import type { TFunction } from 'i18next';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import type { Layer, Tag } from '../sheet/layer.ts';
import type { Names } from '../words/naming.ts';
import type { NodeSign, Sign, Signs } from './signs.ts';

/** What stands for a sign where there is no room for words. */
export const signGlyphs: Readonly<Record<Sign, string>> = {
  added: '+',
  removed: '−',
  changed: '~',
  moved: '↔',
};

/** The signs on a document as a layer: each node says in which settings and exits it differs. */
export function layerOf({ nodes, wires }: Signs, flow: Flow, names: Names, t: TFunction): Layer {
  const exits = [...nodes].filter(([, sign]) => sign.exits.length > 0);
  return {
    nodes: new Map(Array.from(nodes, ([id, sign]) => [id, nodeTag(sign, nodeOf(flow, id)?.type, names, t)])),
    exits: new Map(exits.map(([id, sign]) => [id, new Map(sign.exits.map((exit) => [exit, changed]))])),
    wires: new Map(Array.from(wires, ([id, sign]) => [id, { ...tagOf(sign), title: t(`compare.${sign}`) }])),
  };
}

const changed: Tag = { tone: 'changed' };

function tagOf(sign: Sign): Tag {
  return { tone: sign, glyph: signGlyphs[sign] };
}

function nodeTag(
  { sign, settings, exits }: NodeSign,
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
  const what = t(`compare.${sign}`);
  const text =
    parts.length === 0 ? what : t('compare.parts', { what, parts: parts.join(t('compare.comma')) });
  return { ...tagOf(sign), text };
}

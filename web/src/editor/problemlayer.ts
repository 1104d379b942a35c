import type { TFunction } from 'i18next';
import type { Problem } from '../../../lib/flow/problem.ts';
import type { Layer, Tag } from '../canvas/layer.ts';

/** The problems of a flow as a layer: each node with problems has one badge, which says how many errors and warnings it has. */
export function problemLayer(problems: readonly Problem[], t: TFunction): Layer {
  const counts = new Map<string, { errors: number; warnings: number }>();
  for (const { node, severity } of problems) {
    if (node === undefined) continue;
    const count = counts.get(node) ?? { errors: 0, warnings: 0 };
    count[severity === 'error' ? 'errors' : 'warnings'] += 1;
    counts.set(node, count);
  }
  const tags = Array.from(counts, ([id, count]): [string, Tag] => [
    id,
    { tone: count.errors > 0 ? 'error' : 'warning', title: t('canvas.problemCount', count) },
  ]);
  return { nodes: new Map(tags) };
}

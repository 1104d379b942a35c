import { getNodesBounds } from '@xyflow/react';
import { useEffect, useEffectEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import type { Selection } from '../document/store.ts';
import { useDrawing } from '../sheet/sheet.tsx';
import { Still } from '../sheet/still.tsx';
import { useViewing } from '../sheet/viewing.ts';
import { ZoomBar } from '../shell/zoombar.tsx';
import { useNames } from '../words/naming.ts';
import { layerOf } from './layer.ts';
import type { Contrast, Signs } from './signs.ts';

interface PanesProps {
  readonly before: Flow;
  readonly after: Flow;
  readonly signs: Contrast;
  /** What is looked at: it is marked, and brought into view whenever this is another object. */
  readonly about: Selection;
  /** Called with the id of a node that was clicked. */
  readonly pick: (node: string) => void;
}

const held = new Map();

/** Two read-only drawings side by side that pan and zoom together. */
export function Panes({ before, after, signs, about, pick }: PanesProps) {
  const { t } = useTranslation();
  const left = useDrawing({ flow: before, selection: about, layers: useLayers(signs.before, before), held });
  const right = useDrawing({ flow: after, selection: about, layers: useLayers(signs.after, after), held });
  const drawn = useMemo(() => [...left.nodes, ...right.nodes], [left, right]);
  const viewing = useViewing(useMemo(() => getNodesBounds(drawn), [drawn]));
  const { viewport, move } = viewing;
  const show = useEffectEvent(() => {
    const parts = drawn.filter(({ id }) => about.nodes.has(id));
    if (parts.length > 0) viewing.show(getNodesBounds(parts));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked at is shown when it is chosen, and then may be left
  useEffect(() => show(), [about]);
  return (
    <div className="panes">
      <section className="pane" aria-label={t('compare.before')} ref={viewing.frame}>
        <Still id="before" {...left} {...{ viewport, move, pick }} />
      </section>
      <section className="pane" aria-label={t('compare.after')}>
        <Still id="after" {...right} {...{ viewport, move, pick }} />
        <ZoomBar
          zoom={viewport?.zoom ?? 1}
          zoomIn={() => viewing.zoomBy(1.25)}
          zoomOut={() => viewing.zoomBy(0.8)}
          fit={viewing.fit}
        />
      </section>
    </div>
  );
}

function useLayers(signs: Signs, flow: Flow) {
  const { t } = useTranslation();
  const names = useNames();
  return useMemo(() => [layerOf(signs, flow, names, t)], [signs, flow, names, t]);
}

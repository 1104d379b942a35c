import { getNodesBounds } from '@xyflow/react';
import { useEffect, useEffectEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import { useDrawing } from '../canvas/canvas.tsx';
import { ReadOnlyCanvas } from '../canvas/readonlycanvas.tsx';
import { useSharedViewport } from '../canvas/sharedviewport.ts';
import type { Selection } from '../document/store.ts';
import { ZoomBar } from '../shell/zoombar.tsx';
import { useNames } from '../words/naming.ts';
import type { ChangeMarks, MarkedPair } from './changemarks.ts';
import { layerOf } from './layer.ts';

interface PanesProps {
  readonly before: Flow;
  readonly after: Flow;
  readonly marks: MarkedPair;
  /** What is looked at: it is marked, and brought into view whenever this is another object. */
  readonly about: Selection;
  /** Called with the id of a node that was clicked. */
  readonly pick: (node: string) => void;
}

const dragged = new Map();

/** Two read-only drawings side by side that pan and zoom together. */
export function Panes({ before, after, marks, about, pick }: PanesProps) {
  const { t } = useTranslation();
  const left = useDrawing({
    flow: before,
    selection: about,
    layers: useLayers(marks.before, before),
    dragged,
  });
  const right = useDrawing({ flow: after, selection: about, layers: useLayers(marks.after, after), dragged });
  const drawn = useMemo(() => [...left.nodes, ...right.nodes], [left, right]);
  const viewing = useSharedViewport(useMemo(() => getNodesBounds(drawn), [drawn]));
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
        <ReadOnlyCanvas id="before" {...left} {...{ viewport, move, pick }} />
      </section>
      <section className="pane" aria-label={t('compare.after')}>
        <ReadOnlyCanvas id="after" {...right} {...{ viewport, move, pick }} />
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

function useLayers(marks: ChangeMarks, flow: Flow) {
  const { t } = useTranslation();
  const names = useNames();
  return useMemo(() => [layerOf(marks, flow, names, t)], [marks, flow, names, t]);
}

import { getNodesBounds, ReactFlowProvider, type Viewport } from '@xyflow/react';
import { useEffect, useEffectEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Flow } from '../../../lib/flow/flow.ts';
import type { Selection } from '../document/desk.ts';
import type { Drawn, DrawnWire, Look } from '../sheet/drawing.ts';
import { Sheet, useDrawing } from '../sheet/sheet.tsx';
import { useViewing, zooms } from '../sheet/viewing.ts';
import { ZoomBar } from '../sheet/zoom.tsx';
import type { Contrast } from './signs.ts';

interface PanesProps {
  readonly before: Flow;
  readonly after: Flow;
  readonly signs: Contrast;
  /** What is looked at: it is marked, and brought into view whenever this is another object. */
  readonly about: Selection;
  /** Called with the id of a node that was clicked. */
  readonly pick: (node: string) => void;
}

const still: Pick<Look, 'marks' | 'held'> = { marks: new Map(), held: new Map() };

/** Two documents drawn beside each other, to look at: they are moved and zoomed as one. */
export function Panes({ before, after, signs, about, pick }: PanesProps) {
  const { t } = useTranslation();
  const left = useDrawing({ ...still, flow: before, selection: about, signs: signs.before });
  const right = useDrawing({ ...still, flow: after, selection: about, signs: signs.after });
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
        <Pane id="before" {...left} {...{ viewport, move, pick }} />
      </section>
      <section className="pane" aria-label={t('compare.after')}>
        <Pane id="after" {...right} {...{ viewport, move, pick }} />
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

interface PaneProps {
  /** Tells the drawings of a page apart. */
  readonly id: string;
  readonly nodes: Drawn[];
  readonly edges: DrawnWire[];
  readonly viewport: Viewport | undefined;
  readonly move: (viewport: Viewport) => void;
  readonly pick: (node: string) => void;
}

/** A drawing to look at. */
function Pane({ id, nodes, edges, viewport, move, pick }: PaneProps) {
  const { t } = useTranslation();
  if (viewport === undefined) return null;
  return (
    <div className="board is-still">
      <ReactFlowProvider>
        <Sheet
          id={id}
          nodes={nodes}
          edges={edges}
          viewport={viewport}
          onViewportChange={move}
          minZoom={zooms.least}
          maxZoom={zooms.most}
          onNodeClick={(_, node) => pick(node.id)}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          aria-label={t('canvas.canvas')}
        />
      </ReactFlowProvider>
    </div>
  );
}

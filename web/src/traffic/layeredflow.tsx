import { getNodesBounds } from '@xyflow/react';
import { useMemo } from 'react';
import type { Flow } from '../../../lib/flow/flow.ts';
import { useDrawing } from '../canvas/canvas.tsx';
import type { Layer } from '../canvas/layer.ts';
import { ReadOnlyCanvas } from '../canvas/readonlycanvas.tsx';
import { useSharedViewport } from '../canvas/sharedviewport.ts';
import type { Selection } from '../document/store.ts';
import { ZoomBar } from '../shell/zoombar.tsx';
import './layeredflow.css';

interface LayeredFlowProps {
  /** Tells the drawings of a page apart. */
  readonly id: string;
  readonly label: string;
  readonly flow: Flow;
  readonly layer: Layer;
  /** The node that is looked at. */
  readonly about: string | undefined;
  readonly pick: (node: string) => void;
  /** The nodes that are in view at first; all if left out. */
  readonly first?: ReadonlySet<string>;
}

const dragged = new Map();

/** A flow with something laid over it, to look at. */
export function LayeredFlow({ id, label, flow, layer, about, pick, first }: LayeredFlowProps) {
  const selection = useMemo<Selection>(
    () => ({ nodes: new Set(about === undefined ? [] : [about]), wires: new Set() }),
    [about],
  );
  const layers = useMemo(() => [layer], [layer]);
  const { nodes, edges } = useDrawing({ flow, selection, layers, dragged });
  const bounds = useMemo(() => {
    const shown = first === undefined ? [] : nodes.filter((node) => first.has(node.id));
    return getNodesBounds(shown.length === 0 ? nodes : shown);
  }, [nodes, first]);
  const viewing = useSharedViewport(bounds);
  const { viewport, move } = viewing;
  return (
    <section className="looking" aria-label={label} ref={viewing.frame}>
      <ReadOnlyCanvas {...{ id, nodes, edges, viewport, move, pick }} />
      <ZoomBar
        zoom={viewport?.zoom ?? 1}
        zoomIn={() => viewing.zoomBy(1.25)}
        zoomOut={() => viewing.zoomBy(0.8)}
        fit={viewing.fit}
      />
    </section>
  );
}

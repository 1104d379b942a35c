import { getNodesBounds } from '@xyflow/react';
import { useMemo } from 'react';
import type { Flow } from '../../../lib/flow/flow.ts';
import type { Selection } from '../document/store.ts';
import type { Layer } from '../sheet/layer.ts';
import { useDrawing } from '../sheet/sheet.tsx';
import { Still } from '../sheet/still.tsx';
import { useViewing } from '../sheet/viewing.ts';
import { ZoomBar } from '../shell/zoombar.tsx';
import './looking.css';

interface LookingProps {
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

const held = new Map();

/** A flow with something laid over it, to look at. */
export function Looking({ id, label, flow, layer, about, pick, first }: LookingProps) {
  const selection = useMemo<Selection>(
    () => ({ nodes: new Set(about === undefined ? [] : [about]), wires: new Set() }),
    [about],
  );
  const layers = useMemo(() => [layer], [layer]);
  const { nodes, edges } = useDrawing({ flow, selection, layers, held });
  const bounds = useMemo(() => {
    const shown = first === undefined ? [] : nodes.filter((node) => first.has(node.id));
    return getNodesBounds(shown.length === 0 ? nodes : shown);
  }, [nodes, first]);
  const viewing = useViewing(bounds);
  const { viewport, move } = viewing;
  return (
    <section className="looking" aria-label={label} ref={viewing.frame}>
      <Still {...{ id, nodes, edges, viewport, move, pick }} />
      <ZoomBar
        zoom={viewport?.zoom ?? 1}
        zoomIn={() => viewing.zoomBy(1.25)}
        zoomOut={() => viewing.zoomBy(0.8)}
        fit={viewing.fit}
      />
    </section>
  );
}

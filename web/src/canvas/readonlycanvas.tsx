import { ReactFlowProvider, type Viewport } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { Canvas } from './canvas.tsx';
import type { Drawn, DrawnWire } from './drawing.ts';
import { zooms } from './sharedviewport.ts';

interface ReadOnlyCanvasProps {
  /** Tells the drawings of a page apart. */
  readonly id: string;
  readonly nodes: Drawn[];
  readonly edges: DrawnWire[];
  /** What is in view; nothing is drawn until it is known (`useViewing`). */
  readonly viewport: Viewport | undefined;
  readonly move: (viewport: Viewport) => void;
  /** Called with the id of a node that was clicked. */
  readonly pick: (node: string) => void;
}

/** A drawing to look at; its nodes can be clicked, nothing can be changed. */
export function ReadOnlyCanvas({ id, nodes, edges, viewport, move, pick }: ReadOnlyCanvasProps) {
  const { t } = useTranslation();
  if (viewport === undefined) return null;
  return (
    <div className="flow-canvas is-still">
      <ReactFlowProvider>
        <Canvas
          id={id}
          nodes={nodes}
          edges={edges}
          viewport={viewport}
          onViewportChange={move}
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

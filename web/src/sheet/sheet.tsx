import {
  Background,
  BackgroundVariant,
  ReactFlow,
  type ReactFlowProps,
  useStore,
  useStoreApi,
} from '@xyflow/react';
import { type ComponentType, useMemo, useRef, useState } from 'react';
import { useAppearance } from '../shell/appearance.ts';
import { useNames } from '../words/naming.ts';
import { type Drawn, type DrawnWire, drawNodes, drawWires, type Look } from './drawing.ts';
import { FarContext } from './layer.ts';
import { Light, LightContext } from './light.ts';
import { Module } from './node.tsx';
import { NoteToolsContext, type NoteToolsProps, Sticky } from './note.tsx';
import { WireLine } from './wire.tsx';
import '@xyflow/react/dist/style.css';
import './sheet.css';

/** How far one can zoom out. */
export const leastZoom = 0.05;

/** Below this zoom nothing can be read, and nodes are drawn as plain boxes. */
const farZoom = 0.35;

/** What is the same for every drawing: scroll pans, and keys are not the canvas library's. */
const common: ReactFlowProps<Drawn, DrawnWire> = {
  nodeTypes: { module: Module, note: Sticky },
  edgeTypes: { wire: WireLine },
  deleteKeyCode: null,
  panOnScroll: true,
  zoomOnDoubleClick: false,
  disableKeyboardA11y: true,
  minZoom: leastZoom,
  maxZoom: 2,
  onlyRenderVisibleElements: true,
  attributionPosition: 'bottom-left',
};

interface SheetProps extends ReactFlowProps<Drawn, DrawnWire> {
  /** The tools on notes; without them notes can only be read. */
  readonly noteTools?: ComponentType<NoteToolsProps>;
}

/** What a flow is drawn on, to be worked on or only looked at; stands in a provider of the canvas library. */
export function Sheet({ children, noteTools, ...props }: SheetProps) {
  const { dark } = useAppearance();
  const [light] = useState(() => new Light());
  useNoMeasuring();
  const far = useStore(({ transform }) => transform[2] < farZoom);
  return (
    <FarContext value={far}>
      <LightContext value={light}>
        <NoteToolsContext value={noteTools}>
          <ReactFlow<Drawn, DrawnWire>
            {...common}
            {...props}
            onNodeMouseEnter={(_, { id }) => light.show({ node: id })}
            onNodeMouseLeave={() => light.show({})}
            onEdgeMouseEnter={(_, { data }) => light.show({ wire: data?.wire })}
            onEdgeMouseLeave={() => light.show({})}
            colorMode={dark ? 'dark' : 'light'}
          >
            <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
            {children}
          </ReactFlow>
        </NoteToolsContext>
      </LightContext>
    </FarContext>
  );
}

/**
 * Keeps the canvas library from measuring nodes: it would take time for thousands of them, and lose the wires of those that
 * are drawn as plain boxes, where it finds no dots. Every node says itself how large it is and where its dots are.
 */
function useNoMeasuring(): void {
  const store = useStoreApi();
  // At the first drawing: the nodes inside would measure themselves before an effect of this.
  useState(() => store.setState({ updateNodeInternals: () => {} }));
}

/** A document as a sheet takes it. What looks as before is not redrawn. */
export function useDrawing({ flow, selection, layers, held }: Omit<Look, 'names'>): {
  nodes: Drawn[];
  edges: DrawnWire[];
} {
  const names = useNames();
  const before = useRef({ nodes: new Map<string, Drawn>(), edges: new Map<string, DrawnWire>() });
  return useMemo(() => {
    const look = { flow, selection, layers, held, names };
    const nodes = drawNodes(look, before.current.nodes);
    const edges = drawWires(look, before.current.edges);
    before.current = { nodes, edges };
    return { nodes: [...nodes.values()], edges: [...edges.values()] };
  }, [flow, selection, layers, held, names]);
}

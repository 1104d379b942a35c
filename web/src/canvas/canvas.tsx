import {
  Background,
  BackgroundVariant,
  ReactFlow,
  type ReactFlowProps,
  useStore,
  useStoreApi,
} from '@xyflow/react';
import { type ComponentType, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Point } from '../document/geometry.ts';
import { useAppearance } from '../shell/appearance.ts';
import { useNames } from '../words/naming.ts';
import { AddButtonContext } from './addbutton.tsx';
import { type DrawingInput, type Drawn, type DrawnWire, drawNodes, drawWires } from './drawing.ts';
import { useMinZoom } from './fit.ts';
import { UnfoldContext } from './foldedcount.tsx';
import { Hover, HoverContext } from './hover.ts';
import { JumpContext } from './jump.tsx';
import { FarContext } from './layer.ts';
import { Module } from './node.tsx';
import { NoteToolsContext, type NoteToolsProps, Sticky } from './note.tsx';
import { WireLine } from './wire.tsx';
import '@xyflow/react/dist/style.css';
import './canvas.css';

/** Below this zoom nothing can be read, and nodes are drawn as plain boxes. */
const farZoom = 0.35;

/** Settings of every drawing: scrolling pans, and the canvas library handles no keys. */
const common: ReactFlowProps<Drawn, DrawnWire> = {
  nodeTypes: { module: Module, note: Sticky },
  edgeTypes: { wire: WireLine },
  deleteKeyCode: null,
  panOnScroll: true,
  zoomOnDoubleClick: false,
  disableKeyboardA11y: true,
  maxZoom: 2,
  onlyRenderVisibleElements: true,
  attributionPosition: 'bottom-left',
};

interface CanvasProps extends ReactFlowProps<Drawn, DrawnWire> {
  /** Goes to the node that a jump leads to; without it jumps are only told. */
  readonly jump?: (target: string) => void;
  /** Asks which node to add after an exit; without it nothing is added. */
  readonly onAdd?: ((source: string, exit: string, screen: Point) => void) | undefined;
  /** Unfolds a node; without it folded nodes only tell how many they hide. */
  readonly unfold?: (node: string) => void;
  /** The tools on notes; without them notes can only be read. */
  readonly noteTools?: ComponentType<NoteToolsProps>;
}

/** The drawing of a flow, editable or not. Needs a `ReactFlowProvider` around it. */
export function Canvas({ children, noteTools, jump, unfold, onAdd, ...props }: CanvasProps) {
  const { dark } = useAppearance();
  const [light] = useState(() => new Hover());
  const frame = useRef<HTMLDivElement>(null);
  useDimming(light, frame);
  useNoMeasuring();
  const least = useMinZoom(props.nodes);
  const far = useStore(({ transform }) => transform[2] < farZoom);
  return (
    <FarContext value={far}>
      <HoverContext value={light}>
        <NoteToolsContext value={noteTools}>
          <JumpContext value={jump}>
            <UnfoldContext value={unfold}>
              <AddButtonContext value={onAdd}>
                <ReactFlow<Drawn, DrawnWire>
                  {...common}
                  {...props}
                  minZoom={least}
                  ref={frame}
                  onMoveStart={() => light.pause(true)}
                  onMoveEnd={() => light.pause(false)}
                  onNodeMouseEnter={(_, { id }) => light.show({ node: id })}
                  onNodeMouseLeave={() => light.show({})}
                  onEdgeMouseEnter={(_, { data }) => light.show({ wire: data?.wire })}
                  onEdgeMouseLeave={() => light.show({})}
                  colorMode={dark ? 'dark' : 'light'}
                >
                  <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
                  {children}
                </ReactFlow>
              </AddButtonContext>
            </UnfoldContext>
          </JumpContext>
        </NoteToolsContext>
      </HoverContext>
    </FarContext>
  );
}

/**
 * Keeps the canvas library from measuring nodes: it would take time for thousands of them, and lose the wires of those that
 * are drawn as plain boxes, which have no dots. Every node says itself how large it is and where its dots are.
 */
function useNoMeasuring(): void {
  const store = useStoreApi();
  // At the first drawing: the nodes inside would measure themselves before an effect of this.
  useState(() => store.setState({ updateNodeInternals: () => {} }));
}

/** Makes the other connections pale while one is looked at. */
function useDimming(light: Hover, frame: RefObject<HTMLDivElement | null>): void {
  useEffect(
    () =>
      light.subscribe(() => {
        const { node, wire } = light.on();
        frame.current?.classList.toggle('is-lighting', node !== undefined || wire !== undefined);
      }),
    [light, frame],
  );
}

/** A flow as nodes and edges of the canvas library. What looks the same is the same object, and is not redrawn. */
export function useDrawing({ flow, folding, selection, layers, dragged }: Omit<DrawingInput, 'names'>): {
  nodes: Drawn[];
  edges: DrawnWire[];
} {
  const names = useNames();
  const before = useRef<Before>({
    ...{ nodes: new Map(), edges: new Map(), drawn: { nodes: [], edges: [] }, input: undefined },
  });
  return useMemo(() => {
    const input = { flow, folding, selection, layers, dragged, names };
    const last = before.current;
    const only = heldElsewhere(input, last.input);
    const nodes = drawNodes(input, last.nodes, only);
    const edges = drawWires(input, last.edges, only);
    const drawn = {
      nodes: [...nodes.values()],
      // The canvas library looks through all connections if the list is another.
      edges: edges === last.edges ? last.drawn.edges : [...edges.values()],
    };
    before.current = { nodes, edges, drawn, input };
    return drawn;
  }, [flow, folding, selection, layers, dragged, names]);
}

/** What was drawn last, and of what. */
interface Before {
  readonly nodes: ReadonlyMap<string, Drawn>;
  readonly edges: ReadonlyMap<string, DrawnWire>;
  readonly drawn: { nodes: Drawn[]; edges: DrawnWire[] };
  readonly input: DrawingInput | undefined;
}

/** The nodes and notes that are or were held, if nothing else differs; else `undefined`. */
function heldElsewhere(
  input: DrawingInput,
  before: DrawingInput | undefined,
): ReadonlySet<string> | undefined {
  if (before === undefined || input.flow !== before.flow || input.selection !== before.selection) {
    return undefined;
  }
  if (input.layers !== before.layers || input.names !== before.names) return undefined;
  if (input.folding !== before.folding) return undefined;
  return new Set([...input.dragged.keys(), ...before.dragged.keys()]);
}

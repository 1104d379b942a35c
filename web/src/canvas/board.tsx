import {
  Background,
  BackgroundVariant,
  MiniMap,
  type NodeChange,
  ReactFlow,
  type ReactFlowProps,
  SelectionMode,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type MouseEvent, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../theme.tsx';
import type { Loose } from './adding.ts';
import { useDesk } from './desk.ts';
import type { Drawn, DrawnWire } from './drawing.ts';
import { toneOf } from './faces.tsx';
import type { Point } from './geometry.ts';
import { useConnecting, useDragging, useDrawn, useSelecting } from './gestures.ts';
import { FarContext, Module } from './node.tsx';
import { openOn } from './opening.ts';
import { useSurroundings } from './surroundings.ts';
import type { Tools } from './tools.ts';
import { Following, WireLine } from './wire.tsx';
import '@xyflow/react/dist/style.css';

/** How the canvas behaves, whatever is on it: drag selects, scroll pans, and keys are the editor's own. */
const behaviour: ReactFlowProps<Drawn, DrawnWire> = {
  nodeTypes: { module: Module },
  edgeTypes: { wire: WireLine },
  connectionLineComponent: Following,
  connectionRadius: 28,
  deleteKeyCode: null,
  multiSelectionKeyCode: ['Shift', 'Control', 'Meta'],
  selectNodesOnDrag: false,
  selectionOnDrag: true,
  selectionMode: SelectionMode.Partial,
  panOnScroll: true,
  panOnDrag: [1, 2],
  zoomOnDoubleClick: false,
  disableKeyboardA11y: true,
  snapToGrid: true,
  snapGrid: [8, 8],
  minZoom: 0.05,
  maxZoom: 2,
  onlyRenderVisibleElements: true,
  attributionPosition: 'bottom-left',
};

/** Below this zoom nothing can be read, and nodes are drawn as plain boxes. */
const farZoom = 0.35;

interface BoardProps {
  readonly tools: Tools;
  /** Whether the overview is shown. */
  readonly map: boolean;
  /** Asks which module to add at a place of the window, after an exit where one is given. */
  readonly ask: (screen: Point, from?: Loose) => void;
}

/** The drawing: shows the document and turns gestures into edits. */
export function Board({ tools, map, ask }: BoardProps) {
  const desk = useDesk();
  const canvas = useReactFlow();
  const { t } = useTranslation();
  const { dark } = useAppearance();
  const { mayEdit } = useSurroundings();
  const { held, change } = useDragging();
  const { nodes, edges } = useDrawn(held);
  const select = useSelecting();
  const { active, stop, ...connecting } = useConnecting(tools, ask);
  const far = useStore(({ transform }) => transform[2] < farZoom);

  const changeNodes = useCallback(
    (changes: NodeChange<Drawn>[]) => {
      change(changes);
      select.nodes(changes);
    },
    [change, select.nodes],
  );
  const openMenu = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    if (mayEdit && target.classList.contains('react-flow__pane')) ask([event.clientX, event.clientY]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu opens by the key A, too
    <div
      className={`board${active ? ' is-connecting' : ''}`}
      onDoubleClick={openMenu}
      onMouseMove={({ clientX, clientY }) => tools.point(clientX, clientY)}
    >
      <FarContext value={far}>
        <ReactFlow<Drawn, DrawnWire>
          {...behaviour}
          {...connecting}
          nodes={nodes}
          edges={edges}
          onNodesChange={changeNodes}
          onEdgesChange={select.edges}
          onClickConnectStart={connecting.onConnectStart}
          onClickConnectEnd={stop}
          onInit={() => openOn(desk.flow, canvas)}
          nodesDraggable={mayEdit}
          nodesConnectable={mayEdit}
          colorMode={dark ? 'dark' : 'light'}
          aria-label={t('canvas.canvas')}
        >
          <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
          {map ? <Overview /> : null}
        </ReactFlow>
      </FarContext>
    </div>
  );
}

function Overview() {
  const { t } = useTranslation();
  return (
    <MiniMap<Drawn>
      pannable
      zoomable
      nodeBorderRadius={6}
      nodeColor={({ data }) => toneOf(data.node.type)}
      ariaLabel={t('canvas.map')}
    />
  );
}

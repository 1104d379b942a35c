import { MiniMap, type NodeChange, type ReactFlowProps, SelectionMode, useReactFlow } from '@xyflow/react';
import { type MouseEvent, memo, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Canvas } from '../canvas/canvas.tsx';
import type { Drawn, DrawnWire } from '../canvas/drawing.ts';
import type { Layer } from '../canvas/layer.ts';
import { toneOf } from '../canvas/tones.ts';
import { ConnectionLine } from '../canvas/wire.tsx';
import type { Point } from '../document/geometry.ts';
import type { OpenExit } from './addtools.ts';
import { useCanvasElement } from './canvaselement.ts';
import type { ContextMenuRequest } from './contextmenu.tsx';
import { useDocumentStore } from './documentstore.ts';
import { useEditorContext } from './editorcontext.ts';
import { useConnecting, useDragging, useDrawn, useSelecting } from './gestures.ts';
import { NoteTools } from './notetools.tsx';
import { showInitially } from './opening.ts';
import { useReconnecting } from './reconnecting.ts';
import type { Tools } from './tools.ts';

/** Settings of the editor's canvas: dragging selects, and the editor handles the keys. */
const behaviour: ReactFlowProps<Drawn, DrawnWire> = {
  connectionLineComponent: ConnectionLine,
  connectionRadius: 28,
  reconnectRadius: 18,
  multiSelectionKeyCode: ['Shift', 'Control', 'Meta'],
  selectNodesOnDrag: false,
  selectionOnDrag: true,
  selectionMode: SelectionMode.Partial,
  panOnDrag: [1, 2],
  snapToGrid: true,
  snapGrid: [8, 8],
};

interface EditorCanvasProps {
  readonly tools: Tools;
  /** Whether the overview is shown. */
  readonly map: boolean;
  /** What is laid over the drawing beside its problems. */
  readonly layers: readonly Layer[];
  /** Asks which module to add at a place of the window, after an exit if one is given. */
  readonly ask: (screen: Point, from?: OpenExit) => void;
  /** Opens the menu of what lies at a place of the window. */
  readonly context: (asked: ContextMenuRequest) => void;
}

/** The drawing: shows the document and turns gestures into edits. */
export const EditorCanvas = memo(function EditorCanvas(props: EditorCanvasProps) {
  const { tools, map, ask, layers, context } = props;
  const store = useDocumentStore();
  const canvas = useReactFlow();
  const canvasElement = useCanvasElement();
  const { t } = useTranslation();
  const { mayEdit } = useEditorContext();
  const { dragged, change } = useDragging();
  const { nodes, edges } = useDrawn(dragged, layers);
  const select = useSelecting();
  const { active, stop, ...connecting } = useReconnecting(tools, useConnecting(tools, ask));

  const changeNodes = useCallback(
    (changes: NodeChange<Drawn>[]) => {
      change(changes);
      select.nodes(changes);
    },
    [change, select.nodes],
  );
  const menu = (
    event: Pick<MouseEvent, 'clientX' | 'clientY' | 'preventDefault'>,
    on: ContextMenuRequest['on'],
  ) => {
    event.preventDefault();
    context({ screen: [event.clientX, event.clientY], on });
  };
  const openMenu = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    if (mayEdit && target.classList.contains('react-flow__pane')) ask([event.clientX, event.clientY]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu opens by the key A, too
    <div
      ref={(element) => {
        canvasElement.current = element;
      }}
      className={`flow-canvas${active ? ' is-connecting' : ''}`}
      onDoubleClick={openMenu}
      onMouseMove={({ clientX, clientY }) => tools.point(clientX, clientY)}
    >
      <Canvas
        {...behaviour}
        {...connecting}
        nodes={nodes}
        edges={edges}
        onNodesChange={changeNodes}
        onEdgesChange={select.edges}
        onClickConnectStart={connecting.onConnectStart}
        onClickConnectEnd={stop}
        noteTools={NoteTools}
        jump={(target) => store.show({ node: target })}
        unfold={tools.fold}
        onAdd={mayEdit ? (source, exit, screen) => ask(screen, { source, exit }) : undefined}
        onNodeContextMenu={(event, { id, type }) => {
          if (!store.selected.includes(id)) store.select([id]);
          menu(event, type === 'note' ? 'note' : 'node');
        }}
        onEdgeContextMenu={(event, { id, data }) => {
          if (data === undefined) return;
          store.select([], [id]);
          menu(event, data.wire);
        }}
        onPaneContextMenu={(event) => menu(event, 'pane')}
        onEdgeDoubleClick={({ clientX, clientY }, { data }) => {
          if (mayEdit && data !== undefined) ask([clientX, clientY], data.wire);
        }}
        onNodeDoubleClick={({ currentTarget, target }, { id, type }) => {
          // What is done to a note's tools arrives here, too, though they stand elsewhere in the page.
          if (mayEdit && type === 'note' && currentTarget.contains(target as Node)) store.editNote(id);
        }}
        onInit={() =>
          showInitially(store.state().folding.shown, canvas, canvasElement.current?.getBoundingClientRect())
        }
        nodesDraggable={mayEdit}
        nodesConnectable={mayEdit}
        aria-label={t('canvas.canvas')}
      >
        {map ? <Overview /> : null}
      </Canvas>
    </div>
  );
});

function colourOf({ data }: Drawn): string {
  return 'note' in data ? 'var(--note)' : toneOf(data.node.type);
}

/** The overview map. It is hidden from screen readers, which get the same from the drawing. */
function Overview() {
  return (
    <div aria-hidden="true">
      <MiniMap<Drawn>
        pannable
        zoomable
        nodeBorderRadius={6}
        nodeColor={colourOf}
        nodeStrokeColor={colourOf}
        nodeStrokeWidth={1.5}
        ariaLabel={null}
      />
    </div>
  );
}

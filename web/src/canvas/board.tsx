import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  type FinalConnectionState,
  type IsValidConnection,
  MiniMap,
  type NodeChange,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react';
import { type MouseEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../i18n/naming.ts';
import { useAppearance } from '../theme.tsx';
import { useDesk, useSight } from './desk.ts';
import { type Drawn, type DrawnWire, drawNodes, drawWires, marksOf } from './drawing.ts';
import { move } from './edits.ts';
import { toneOf } from './faces.tsx';
import { type Point, placeOf, shapeOf } from './geometry.ts';
import { Module } from './node.tsx';
import { useSurroundings } from './surroundings.ts';
import type { Loose, Tools } from './tools.ts';
import { Following, WireLine } from './wire.tsx';
import { refusalOf } from './wires.ts';
import '@xyflow/react/dist/style.css';

const nodeTypes = { module: Module };
const edgeTypes = { wire: WireLine };

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
  const drag = useDragging();
  const { nodes, edges } = useDrawn(drag.held);
  const select = useSelecting();
  const connecting = useConnecting(tools, ask);

  const changeNodes = useCallback(
    (changes: NodeChange<Drawn>[]) => {
      drag.change(changes);
      select.nodes(changes);
    },
    [drag.change, select.nodes],
  );
  const openMenu = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    if (mayEdit && target.classList.contains('react-flow__pane')) ask([event.clientX, event.clientY]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu opens by the key A, too
    <div
      className={`board${connecting.active ? ' is-connecting' : ''}`}
      onDoubleClick={openMenu}
      onMouseMove={({ clientX, clientY }) => tools.point(clientX, clientY)}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={changeNodes}
        onEdgesChange={select.edges}
        onConnect={connecting.connect}
        onConnectStart={connecting.start}
        onConnectEnd={connecting.end}
        onClickConnectStart={connecting.start}
        onClickConnectEnd={connecting.stop}
        isValidConnection={connecting.isValid}
        onInit={() => openOn(desk.flow, canvas)}
        nodesDraggable={mayEdit}
        nodesConnectable={mayEdit}
        connectionLineComponent={Following}
        connectionRadius={28}
        colorMode={dark ? 'dark' : 'light'}
        deleteKeyCode={null}
        multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnScroll
        panOnDrag={[1, 2]}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        snapToGrid
        snapGrid={[8, 8]}
        minZoom={0.05}
        maxZoom={2}
        onlyRenderVisibleElements
        attributionPosition="bottom-left"
        aria-label={t('canvas.canvas')}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
        {map ? (
          <MiniMap<Drawn>
            pannable
            zoomable
            nodeBorderRadius={6}
            nodeColor={({ data }) => toneOf(data.node.type)}
            ariaLabel={t('canvas.map')}
          />
        ) : null}
      </ReactFlow>
    </div>
  );
}

/** Shows the whole flow where it can be read; else, and where there is one node alone, that at the left. */
function openOn(flow: ReturnType<typeof useDesk>['flow'], canvas: ReturnType<typeof useReactFlow>): void {
  const box = document.querySelector('.board')?.getBoundingClientRect();
  const ids = Object.keys(flow.nodes);
  const right = Math.max(
    ...ids.map((id) => placeOf(flow, id)[0] + (flow.nodes[id] ? shapeOf(flow.nodes[id]).width : 0)),
  );
  const left = Math.min(...ids.map((id) => placeOf(flow, id)[0]));
  const long = box !== undefined && right - left > box.width / 0.5;
  if (box !== undefined && (long || ids.length === 1)) {
    const [x, y] = placeOf(flow, ids[0] ?? '');
    const zoom = long ? 0.8 : 1;
    void canvas.setViewport({ x: 80 - x * zoom, y: box.height * 0.4 - y * zoom, zoom });
  } else {
    void canvas.fitView({ maxZoom: 1, padding: 0.15 });
  }
}

function useDrawn(held: ReadonlyMap<string, Point>): { nodes: Drawn[]; edges: DrawnWire[] } {
  const flow = useSight(({ history }) => history.flow);
  const selection = useSight((sight) => sight.selection);
  const { problems } = useSurroundings();
  const names = useNames();
  const before = useRef({ nodes: new Map<string, Drawn>(), edges: new Map<string, DrawnWire>() });
  const marks = useMemo(() => marksOf(problems), [problems]);
  return useMemo(() => {
    const look = { flow, selection, marks, held, nameOf: names.node };
    const nodes = drawNodes(look, before.current.nodes);
    const edges = drawWires(look, before.current.edges);
    before.current = { nodes, edges };
    return { nodes: [...nodes.values()], edges: [...edges.values()] };
  }, [flow, selection, marks, held, names]);
}

const nobody: ReadonlyMap<string, Point> = new Map();

/** Where nodes are while they are dragged; their new places become one step when they are let go. */
function useDragging() {
  const desk = useDesk();
  const [held, setHeld] = useState(nobody);
  const change = useCallback(
    (changes: NodeChange<Drawn>[]) => {
      const places = changes.flatMap((each): { id: string; place: Point; dragging: boolean }[] => {
        if (each.type !== 'position' || each.position === undefined) return [];
        const { x, y } = each.position;
        return [{ id: each.id, place: [x, y], dragging: each.dragging === true }];
      });
      if (places.length === 0) return;
      if (places.some(({ dragging }) => dragging)) {
        setHeld((now) => new Map([...now, ...places.map(({ id, place }) => [id, place] as const)]));
      } else {
        setHeld(nobody);
        desk.act(
          move(
            desk.flow,
            places.map(({ id, place }) => [id, place]),
          ),
        );
      }
    },
    [desk],
  );
  return { held, change };
}

/** Keeps the selection of the desk as the canvas reports it. */
function useSelecting() {
  const desk = useDesk();
  return useMemo(() => {
    const apply = (before: ReadonlySet<string>, changes: readonly { id: string; selected: boolean }[]) => {
      const next = new Set(before);
      for (const { id, selected } of changes) {
        if (selected) next.add(id);
        else next.delete(id);
      }
      return next;
    };
    return {
      nodes(changes: NodeChange<Drawn>[]) {
        const chosen = changes.filter((each) => each.type === 'select');
        const { nodes, wires } = desk.sight().selection;
        if (chosen.length > 0) desk.select(apply(nodes, chosen), wires);
      },
      edges(changes: EdgeChange<DrawnWire>[]) {
        const chosen = changes.filter((each) => each.type === 'select');
        const { nodes, wires } = desk.sight().selection;
        if (chosen.length > 0) desk.select(nodes, apply(wires, chosen));
      },
    };
  }, [desk]);
}

/** Drawing a connection, from either end: onto a node, refused with a reason, or onto nothing, where a menu opens. */
function useConnecting(tools: Tools, ask: BoardProps['ask']) {
  const desk = useDesk();
  const [active, setActive] = useState(false);
  const isValid: IsValidConnection = useCallback(
    ({ source, target }) => refusalOf(desk.flow, source, target) === undefined,
    [desk],
  );
  const end = useCallback(
    (
      event: globalThis.MouseEvent | TouchEvent,
      { fromHandle, toHandle, isValid: valid }: FinalConnectionState,
    ) => {
      setActive(false);
      if (fromHandle === null || valid === true) return;
      const { clientX, clientY } =
        'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
      const under = document.elementFromPoint(clientX, clientY)?.closest('.react-flow__node');
      const there = toHandle?.nodeId ?? under?.getAttribute('data-id');
      const exit = fromHandle.id ?? '';
      if (fromHandle.type === 'source' && there) tools.connect(fromHandle.nodeId, exit, there);
      else if (fromHandle.type === 'source') ask([clientX, clientY], { source: fromHandle.nodeId, exit });
    },
    [tools, ask],
  );
  return {
    active,
    isValid,
    end,
    start: useCallback(() => setActive(true), []),
    stop: useCallback(() => setActive(false), []),
    connect: useCallback(
      ({ source, sourceHandle, target }: { source: string; sourceHandle: string | null; target: string }) =>
        tools.connect(source, sourceHandle ?? '', target),
      [tools],
    ),
  };
}

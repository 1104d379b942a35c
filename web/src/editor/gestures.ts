import {
  type EdgeChange,
  type FinalConnectionState,
  type IsValidConnection,
  type NodeChange,
  useStoreApi,
} from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDrawing } from '../canvas/canvas.tsx';
import type { Dragged, Drawn, DrawnWire } from '../canvas/drawing.ts';
import type { Layer } from '../canvas/layer.ts';
import { move, resize } from '../document/edits.ts';
import type { Point } from '../document/geometry.ts';
import { placeOf } from '../document/things.ts';
import { refusalOf } from '../document/wires.ts';
import type { OpenExit } from './addtools.ts';
import { useDocumentStore, useEditorState } from './documentstore.ts';
import { dropOf, nodeUnder } from './drop.ts';
import { useProblems } from './editorcontext.ts';
import { problemLayer } from './problemlayer.ts';
import type { Tools } from './tools.ts';

/** The document as the canvas takes it. */
export function useDrawn(dragged: ReadonlyMap<string, Dragged>, more: readonly Layer[]) {
  const folding = useEditorState((state) => state.folding);
  const selection = useEditorState((state) => state.selection);
  const problems = useProblems();
  const { t } = useTranslation();
  const marks = useMemo(() => problemLayer(problems, t), [problems, t]);
  const layers = useMemo(() => [marks, ...more], [marks, more]);
  return useDrawing({ flow: folding.shown, folding, selection, layers, dragged });
}

type Holding = ReadonlyMap<string, Dragged>;

const nothing: Holding = new Map();

/** Where nodes and notes are while they are dragged or stretched; what becomes of them is one step when they are let go. */
export function useDragging() {
  const store = useDocumentStore();
  const [dragged, setHeld] = useState(nothing);
  const latest = useRef(nothing);
  const change = useCallback(
    (changes: NodeChange<Drawn>[]) => {
      const hold = (next: Holding) => {
        latest.current = next;
        setHeld(next);
      };
      const places = placesIn(changes);
      const stretched = changes.find((each) => each.type === 'dimensions' && each.resizing !== undefined);
      if (stretched?.type === 'dimensions') {
        const { id, dimensions: size, resizing } = stretched;
        const before = latest.current.get(id);
        if (resizing === true && size !== undefined) {
          const at = places[0]?.at ?? before?.at ?? placeOf(store.flow, id);
          return hold(new Map([[id, { at, size }]]));
        }
        hold(nothing);
        if (before?.size === undefined) return;
        return store.apply(resize(store.flow, id, { x: before.at[0], y: before.at[1], ...before.size }));
      }
      if (places.length === 0) return;
      if (places.some(({ dragging }) => dragging)) {
        return hold(new Map([...latest.current, ...places.map(({ id, at }) => [id, { at }] as const)]));
      }
      hold(nothing);
      const moved = move(
        store.flow,
        places.map(({ id, at }) => [id, at]),
      );
      store.applyMove(
        moved,
        places.map(({ id }) => id),
      );
    },
    [store],
  );
  return { dragged, change };
}

function placesIn(changes: NodeChange<Drawn>[]): { id: string; at: Point; dragging: boolean }[] {
  return changes.flatMap((each) => {
    if (each.type !== 'position' || each.position === undefined) return [];
    const { x, y } = each.position;
    return [{ id: each.id, at: [x, y] as const, dragging: each.dragging === true }];
  });
}

/** Keeps the selection as the canvas reports it. */
export function useSelecting() {
  const store = useDocumentStore();
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
        const { nodes, wires } = store.state().selection;
        if (chosen.length > 0) store.select(apply(nodes, chosen), wires);
      },
      edges(changes: EdgeChange<DrawnWire>[]) {
        const chosen = changes.filter((each) => each.type === 'select');
        const { nodes, wires } = store.state().selection;
        if (chosen.length > 0) store.select(nodes, apply(wires, chosen));
      },
    };
  }, [store]);
}

/**
 * Whether the connection that is being drawn was left by Escape. React Flow tells of its end all the same, as soon as the pointer
 * moves or is let go.
 */
export function useConnectionCancelled(): () => boolean {
  const canvasStore = useStoreApi();
  return useCallback(() => {
    const { connection, connectionClickStartHandle } = canvasStore.getState();
    return !connection.inProgress && connectionClickStartHandle === null;
  }, [canvasStore]);
}

/** Drawing a connection, from either end: onto a node, refused with a reason, or onto nothing, where a menu opens. */
export function useConnecting(tools: Tools, ask: (screen: Point, from?: OpenExit) => void) {
  const store = useDocumentStore();
  const left = useConnectionCancelled();
  const [active, setActive] = useState(false);
  const isValidConnection: IsValidConnection = useCallback(
    ({ source, sourceHandle, target }) =>
      refusalOf(store.flow, source, sourceHandle ?? '', target) === undefined,
    [store],
  );
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, { fromHandle, toHandle, isValid: valid }: FinalConnectionState) => {
      setActive(false);
      if (fromHandle === null || valid === true || left()) return;
      const drop = dropOf(event);
      const there = toHandle?.nodeId ?? nodeUnder(drop);
      const exit = fromHandle.id ?? '';
      if (fromHandle.type === 'source' && there !== undefined) tools.connect(fromHandle.nodeId, exit, there);
      else if (fromHandle.type === 'source') ask(drop, { source: fromHandle.nodeId, exit });
    },
    [tools, ask, left],
  );
  return {
    active,
    isValidConnection,
    onConnectEnd,
    onConnectStart: useCallback(() => setActive(true), []),
    stop: useCallback(() => setActive(false), []),
    onConnect: useCallback(
      ({ source, sourceHandle, target }: { source: string; sourceHandle: string | null; target: string }) => {
        if (!left()) tools.connect(source, sourceHandle ?? '', target);
      },
      [tools, left],
    ),
  };
}

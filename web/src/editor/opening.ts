import { type ReactFlowInstance, useReactFlow } from '@xyflow/react';
import { type Dispatch, type SetStateAction, useEffect, useState } from 'react';
import type { Flow } from '../../../lib/flow/flow.ts';
import { headFields } from '../../../lib/flow/head.ts';
import { fitOptions, minZoom } from '../canvas/fit.ts';
import { type Box, hull } from '../document/geometry.ts';
import { boxOf, kindOf, placeOf } from '../document/things.ts';
import { useCanvasElement } from './canvaselement.ts';
import { useDocumentStore, useEditorState } from './documentstore.ts';
import { intoView } from './inview.ts';

/** The least zoom at which a flow can be read, and one at which that is no effort. */
const legible = { least: 0.5, well: 0.8 } as const;

/** Shows the whole flow if it can be read, and can be shown; else, and if there is one node alone, its first node. */
export function showInitially(flow: Flow, canvas: ReactFlowInstance, box: DOMRect | undefined): void {
  const ids = Object.keys(flow.nodes);
  const all = hull(ids.flatMap((id) => boxOf(flow, id) ?? []));
  const long =
    box !== undefined && (all.width > box.width / legible.least || all.height > box.height / minZoom);
  if (box !== undefined && (long || (ids.length === 1 && flow.notes === undefined))) {
    const [x, y] = placeOf(flow, ids[0] ?? '');
    const zoom = long ? legible.well : 1;
    void canvas.setViewport({ x: 80 - x * zoom, y: box.height * 0.4 - y * zoom, zoom });
  } else {
    void canvas.fitView(fitOptions);
  }
}

/** Moves the canvas to the node or note that was asked to be shown. */
export function useJumping(): void {
  const store = useDocumentStore();
  const canvas = useReactFlow();
  const target = useEditorState((state) => state.focusTarget);
  useEffect(() => {
    if (target?.inside === true) return;
    const box = target?.node === undefined ? undefined : boxOf(store.flow, target.node);
    if (box === undefined) return;
    const { x, y, width, height } = box;
    const zoom = Math.max(canvas.getZoom(), legible.well);
    void canvas.setCenter(x + width / 2, y + height / 2, { zoom, duration: 300 });
  }, [target, store, canvas]);
}

/** Whether the settings of the flow itself are open: they open when one of its fields is asked for. */
export function useFlowSettingsOpen(): [open: boolean, set: Dispatch<SetStateAction<boolean>>] {
  const [open, setOpen] = useState(false);
  const target = useEditorState((state) => state.focusTarget);
  useEffect(() => {
    if (target?.node === undefined && headFields.some((field) => field === target?.field)) setOpen(true);
  }, [target]);
  return [open, setOpen];
}

/** Keeps the one node or note that is selected in view: the panel that opens for it takes room, and a new one may stand outside. */
export function useRevealing(): void {
  useInView(
    useEditorState(({ selection }) => (selection.nodes.size === 1 ? [...selection.nodes][0] : undefined)),
  );
}

/** Brings a node or note into view, whenever it is another one. */
export function useInView(only: string | undefined): void {
  const store = useDocumentStore();
  const canvas = useReactFlow();
  const canvasElement = useCanvasElement();
  useEffect(() => {
    if (only === undefined) return;
    const frame = requestAnimationFrame(() => reveal(canvas, store.flow, [only], canvasElement.current));
    return () => cancelAnimationFrame(frame);
  }, [only, store, canvas, canvasElement]);
}

/** How near to the rim of the canvas a node may stand and still be in view, in pixels. */
const rim = 24;

/** The same above a note, whose tools stand there. */
const toolRim = 64;

/** The part of the canvas that is seen, without its rim; `undefined` while it is not drawn. */
export function visibleBox(canvas: ReactFlowInstance, canvasElement: HTMLElement | null): Box | undefined {
  const box = canvasElement?.getBoundingClientRect();
  if (box === undefined) return undefined;
  const start = canvas.screenToFlowPosition({ x: box.x + rim, y: box.y + rim }, { snapToGrid: false });
  const end = canvas.screenToFlowPosition({ x: box.right - rim, y: box.bottom - rim }, { snapToGrid: false });
  return { ...start, width: end.x - start.x, height: end.y - start.y };
}

/** Moves the canvas so that nodes and notes are in view, and shows more of it if several need more room than there is. */
export function reveal(
  canvas: ReactFlowInstance,
  flow: Flow,
  ids: readonly string[],
  canvasElement: HTMLElement | null,
): void {
  const boxes = ids.flatMap((id) => boxOf(flow, id) ?? []);
  if (canvasElement === null || boxes.length === 0) return;
  const { x, y, width, height } = hull(boxes);
  const start = canvas.flowToScreenPosition({ x, y });
  const end = canvas.flowToScreenPosition({ x: x + width, y: y + height });
  const box = canvasElement.getBoundingClientRect();
  const top = ids.every((id) => kindOf(id) === 'node') ? rim : toolRim;
  const there = { ...start, width: end.x - start.x, height: end.y - start.y };
  const room = { x: box.x + rim, y: box.y + top, width: box.width - 2 * rim, height: box.height - top - rim };
  if (boxes.length > 1 && (there.width > room.width || there.height > room.height)) {
    void canvas.fitBounds({ x, y, width, height }, { padding: 0.1, duration: 300 });
    return;
  }
  const map = canvasElement.querySelector('.react-flow__minimap')?.getBoundingClientRect();
  const [dx, dy] = intoView(there, room, map);
  const view = canvas.getViewport();
  if (dx !== 0 || dy !== 0) {
    void canvas.setViewport({ ...view, x: view.x + dx, y: view.y + dy }, { duration: 200 });
  }
}

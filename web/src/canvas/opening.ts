import type { ReactFlowInstance } from '@xyflow/react';
import type { Flow } from '../../../lib/flow/flow.ts';
import { placeOf, shapeOf } from './geometry.ts';

/** Shows the whole flow where it can be read; else, and where there is one node alone, that at the left. */
export function openOn(flow: Flow, canvas: ReactFlowInstance): void {
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

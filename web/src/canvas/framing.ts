import type { Flow } from '../../../lib/flow/flow.ts';
import { resize } from './edits.ts';
import { type Box, boxOf, freeAmong, overlap } from './geometry.ts';
import { noteKey } from './notes.ts';

/**
 * The flow, whose nodes were put elsewhere, with notes that are of use there. One that framed nodes frames the same ones
 * again, with the margins it had. Any other stays, but where a node would cover it: then it goes to the nearest free place
 * below.
 */
export function reframe(before: Flow, after: Flow): Flow {
  const ids = Object.keys(after.nodes);
  const nodes = ids.flatMap((id) => boxOf(after, id) ?? []);
  const notes = Object.keys(after.notes ?? {}).map(noteKey);
  const taken = [...nodes];
  const covered: [key: string, box: Box][] = [];
  let next = after;
  const put = (key: string, box: Box) => {
    taken.push(box);
    next = resize(next, key, box).flow;
  };
  for (const key of notes) {
    const box = boxOf(after, key);
    if (box === undefined) continue;
    const framed = ids.filter((id) => holds(box, boxOf(before, id)));
    if (framed.length > 0) put(key, around(before, after, framed, box));
    else if (nodes.some((node) => overlap(node, box))) covered.push([key, box]);
    else taken.push(box);
  }
  for (const [key, box] of covered) {
    const [x, y] = freeAmong(taken, [box.x, box.y], box);
    put(key, { ...box, x, y });
  }
  return next;
}

/** Whether the middle of a node lies on a note. */
function holds(note: Box, node: Box | undefined): boolean {
  if (node === undefined) return false;
  const middle = { x: node.x + node.width / 2, y: node.y + node.height / 2, width: 0, height: 0 };
  return overlap(note, middle);
}

/** The frame as it stands around the same nodes at their new places. */
function around(before: Flow, after: Flow, ids: readonly string[], frame: Box): Box {
  const was = hull(ids.flatMap((id) => boxOf(before, id) ?? []));
  const is = hull(ids.flatMap((id) => boxOf(after, id) ?? []));
  return {
    x: is.x + frame.x - was.x,
    y: is.y + frame.y - was.y,
    width: is.width + frame.width - was.width,
    height: is.height + frame.height - was.height,
  };
}

/** The least box that holds others. */
function hull(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

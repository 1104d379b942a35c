import type { Flow } from '../../../lib/flow/flow.ts';
import { noteKey } from '../../../lib/flow/notes.ts';
import { resize } from '../document/edits.ts';
import { type Box, freeAmong, hull, overlap } from '../document/geometry.ts';
import { boxOf, withPlaces } from '../document/things.ts';

/**
 * The flow, whose nodes were put elsewhere, with notes that are of use there. One that framed nodes frames the same ones
 * again, with the margins it had, and takes along the notes that lay on it. Any other stays, but where a node or a frame
 * would now cover it: then it goes to the nearest free place below.
 */
export function reframe(before: Flow, after: Flow): Flow {
  const ids = Object.keys(after.nodes);
  const notes = Object.keys(after.notes ?? {}).flatMap((id): Placed[] => {
    const was = boxOf(after, noteKey(id));
    return was === undefined ? [] : [{ key: noteKey(id), was, is: was }];
  });
  const frames: Placed[] = [];
  const others: Placed[] = [];
  for (const note of notes) {
    const framed = ids.filter((id) => holds(note.was, boxOf(before, id)));
    if (framed.length === 0) others.push(note);
    else frames.push({ ...note, is: around(before, after, framed, note.was) });
  }
  const nodes = ids.flatMap((id) => boxOf(after, id) ?? []);
  const taken = [...nodes, ...frames.map(({ is }) => is)];
  const settled = others.map((note) => along(note, frames));
  const covered = settled.filter(({ was, is }) => {
    const newly = frames.some((frame) => overlap(frame.is, is) && !overlap(frame.was, was));
    return newly || nodes.some((node) => overlap(node, is));
  });
  taken.push(...settled.filter((note) => !covered.includes(note)).map(({ is }) => is));
  const lowered = covered.map(({ is, ...note }): Placed => {
    const [x, y] = freeAmong(taken, [is.x, is.y], is);
    taken.push({ ...is, x, y });
    return { ...note, is: { ...is, x, y } };
  });
  const moved = [...settled, ...lowered].filter(({ was, is }) => is !== was);
  let next = withPlaces(
    after,
    moved.map(({ key, is }) => [key, [is.x, is.y]]),
  );
  for (const { key, is } of frames) next = resize(next, key, is).flow;
  return next;
}

/** A note with the room that it took and the room that it takes. */
interface Placed {
  readonly key: string;
  readonly was: Box;
  readonly is: Box;
}

/** A note that lay on a frame, as far from its corner as before. */
function along(note: Placed, frames: readonly Placed[]): Placed {
  const frame = frames.find(({ was }) => holds(was, note.was));
  if (frame === undefined) return note;
  const [x, y] = [note.was.x + frame.is.x - frame.was.x, note.was.y + frame.is.y - frame.was.y];
  return { ...note, is: { ...note.was, x, y } };
}

/** Whether the middle of something lies on a note. */
function holds(note: Box, box: Box | undefined): boolean {
  if (box === undefined) return false;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: 0, height: 0 };
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

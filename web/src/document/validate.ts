import { reportProblems } from '../../../lib/engine/report.ts';
import { checkShape } from '../../../lib/engine/shape.ts';
import { type Flow, isNodeId } from '../../../lib/flow/flow.ts';
import { isRecord } from '../../../lib/flow/json.ts';
import type { Problem } from '../../../lib/flow/problem.ts';
import { withinRange } from './geometry.ts';
import { InvalidDocument } from './invaliddocument.ts';

/**
 * What keeps a document out of the editor, by the shape that the engine asks for. Whatever comes from outside is asked this
 * before it is edited: an answer of the API, work that was kept, JSON that was written, pasted or imported.
 */
export function shapeProblems(document: unknown): Problem[] {
  return reportProblems(checkShape(document)).filter(({ rule }) => rule === 'shape');
}

/**
 * A stored document as a flow. Places out of range are let in: they were stored before there was a range, and the editor
 * draws and mends them. Throws `Misshapen`.
 */
export function toFlow(document: unknown): Flow {
  const problems = shapeProblems(document);
  if (problems.length === 0 || shapeProblems(inRange(document)).length === 0) return document as Flow;
  throw new InvalidDocument(document, problems);
}

/**
 * Whether a stored document is a flow, like `admit`. Parts in `known` were checked before; parts of this one are added to it,
 * as documents of one history share most of theirs.
 */
export function isShowable(document: unknown, known: WeakSet<object> = new WeakSet()): document is Flow {
  if (!isRecord(document)) return false;
  const isFresh = (part: unknown) => !isRecord(part) || !known.has(part);
  const { nodes, layout, notes, ...head } = document;
  const fresh = isRecord(nodes)
    ? Object.fromEntries(Object.entries(nodes).filter(([id, node]) => !isNodeId(id) || isFresh(node)))
    : nodes;
  const reduced = {
    ...{ ...head, nodes: fresh },
    ...(isFresh(layout) ? { layout } : {}),
    ...(isFresh(notes) ? { notes } : {}),
  };
  if (shapeProblems(inRange(reduced)).length > 0) return false;
  for (const part of [layout, notes, ...Object.values(fresh as object)]) if (isRecord(part)) known.add(part);
  return true;
}

/** The document with places in range, as far as it has any; all else as it is. */
function inRange(document: unknown): unknown {
  if (!isRecord(document)) return document;
  const { layout, notes } = document;
  return {
    ...document,
    ...(isRecord(layout) ? { layout: mapped(layout, placed) } : {}),
    ...(isRecord(notes)
      ? { notes: mapped(notes, (note) => (isRecord(note) ? { ...note, at: placed(note.at) } : note)) }
      : {}),
  };
}

function placed(place: unknown): unknown {
  if (!Array.isArray(place) || place.length !== 2) return place;
  const [x, y]: unknown[] = place;
  return typeof x === 'number' && typeof y === 'number' ? withinRange([x, y]) : place;
}

function mapped(record: Record<string, unknown>, change: (value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

import type { Item } from './item.ts';

/** The key of an item. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The heads of all flows: one partition, so that a list is one Query. */
export const flowsPk = 'flows';

/** The bindings of all numbers. */
export const numbersPk = 'numbers';

/** What admins changed, by time. */
export const auditPk = 'audit';

/** The head of a flow. Every change of a flow writes it; a call reads it once, when it arrives. */
export function flowKey(id: string): Key {
  return { pk: flowsPk, sk: id };
}

/** The pieces of a flow's drafts, all revisions. A save writes them; saves and publishes read them. */
export function draftsPk(id: string): string {
  return `draft#${id}`;
}

/** A piece of one revision of a draft. Revisions sort by age, pieces by their place. */
export function pieceKey(id: string, revision: string, piece: number): Key {
  return { pk: draftsPk(id), sk: `${revision}#${padded(piece, 2)}` };
}

/** A published version, with its head and its nodes. A publish writes it, once; a call's first step reads it. */
export function versionPk(id: string, version: number): string {
  return `version#${id}#${version}`;
}

/** The head of a version. It is written last, so a version that has one is whole. It sorts before the nodes. */
export function versionKey(id: string, version: number): Key {
  return { pk: versionPk(id, version), sk: 'head' };
}

/** A node of a version; nodes sort in the order of the document. */
export function nodeKey(id: string, version: number, place: number, node: string): Key {
  return { pk: versionPk(id, version), sk: `node#${padded(place, 4)}#${node}` };
}

/** The flow that a number is bound to. Admins write it; a call reads it once, when it arrives. */
export function numberKey(e164: string): Key {
  return { pk: numbersPk, sk: e164 };
}

/** One change by an admin: the time (ISO, UTC) and a random end, so that two at once stand side by side. */
export function auditKey(at: string, random: string): Key {
  return { pk: auditPk, sk: `${at}#${random}` };
}

/** The key of an item that was read. */
export function keyOf(item: Item): Key {
  return { pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' };
}

/** A count as a text that sorts like the number. */
export function padded(count: number, digits: number): string {
  return String(count).padStart(digits, '0');
}

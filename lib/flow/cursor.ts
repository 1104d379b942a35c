import { apologyLanguage } from './apology.ts';
import { isFlowId, isNodeId } from './flow.ts';

/** The format of cursors that this release writes. A release reads the previous one's, too. */
const format = 1;

/** Where a call stands. It rides in the callback URL, so a step needs no memory. */
export interface Cursor {
  readonly flow: string;
  /** The published version the call began with; 0 is a draft that is being tried. */
  readonly version: number;
  /** The node the call stands at; empty before the first. */
  readonly node: string;
  /** Whether the node has been entered and waits for an event. */
  readonly waiting: boolean;
  /** Wrong keys since the node was entered. */
  readonly errors: number;
  /** Silences since the node was entered. */
  readonly timeouts: number;
  /** Nodes walked since the caller was last waited for. */
  readonly walked: number;
  /** Whether something was said since the caller was last waited for, or a talk was what was waited for. */
  readonly said: boolean;
  /** The number of the step that takes it from here, from 0. */
  readonly step: number;
  /** The language of the apology, so that it is known without the database. */
  readonly language: string;
}

/** The cursor of a call that has just arrived at a version of a flow. */
export function begin(flow: string, version: number, language: string): Cursor {
  const fresh = { node: '', waiting: false, errors: 0, timeouts: 0, walked: 0, said: false, step: 0 };
  return { flow, version, ...fresh, language };
}

/** The cursor as the query of a URL, in `A-Za-z0-9-._~=&` only; counters at zero are left out. */
export function writeCursor(cursor: Cursor): string {
  let query = `cursor=${format}&flow=${cursor.flow}&version=${cursor.version}`;
  if (cursor.node !== '') query += `&node=${cursor.node}`;
  if (cursor.waiting) query += '&waiting=1';
  if (cursor.errors > 0) query += `&errors=${cursor.errors}`;
  if (cursor.timeouts > 0) query += `&timeouts=${cursor.timeouts}`;
  if (cursor.walked > 0) query += `&walked=${cursor.walked}`;
  if (cursor.said) query += '&said=1';
  return `${query}&step=${cursor.step}&language=${cursor.language}`;
}

/** The cursor in the query of a URL; undefined where there is none, or not one this release can read. */
export function readCursor(query: string): Cursor | undefined {
  const fields = new URLSearchParams(query);
  const flow = fields.get('flow') ?? '';
  const node = fields.get('node') ?? '';
  const version = count(fields, 'version');
  const errors = count(fields, 'errors');
  const timeouts = count(fields, 'timeouts');
  const walked = count(fields, 'walked');
  const step = count(fields, 'step');
  if (fields.get('cursor') !== String(format) || !isFlowId(flow)) return undefined;
  if (node !== '' && !isNodeId(node)) return undefined;
  if (version === undefined || errors === undefined || timeouts === undefined) return undefined;
  if (walked === undefined || step === undefined) return undefined;
  const language = apologyLanguage(fields.get('language') ?? undefined);
  const waiting = fields.get('waiting') === '1' && node !== '';
  const said = fields.get('said') === '1';
  return { flow, version, node, waiting, errors, timeouts, walked, said, step, language };
}

function count(fields: URLSearchParams, name: string): number | undefined {
  const text = fields.get(name) ?? '0';
  return /^[0-9]{1,9}$/.test(text) ? Number(text) : undefined;
}

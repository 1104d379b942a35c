import { type ApologyLanguage, apologyLanguage } from './apology.ts';
import { type WaitsFor, waitKinds } from './events.ts';
import { flowId, isFlowId, isNodeId, nodeId } from './flow.ts';
import { tagShape } from './prompt.ts';

/** The cursor format that this release writes. It also reads format 1. */
const format = 2;

/** The most flows that may have called each other; one more takes the fallback exit. */
export const deepestStack = 5;

/** A calling flow and the node in it that entered the other flow: the call returns to that node. */
export interface Frame {
  readonly flow: string;
  readonly version: number;
  readonly node: string;
}

/** The counters of a waiting node. The node chooses their names. */
export type Counters = Readonly<Record<string, number>>;

/** The position of a call. It is part of the callback URL, so the server stores no state between steps. */
export interface Cursor {
  readonly flow: string;
  /** The published version that the call uses to its end; 0 for a draft. */
  readonly version: number;
  /** The current node; empty before the first one. */
  readonly node: string;
  /** What the node waits for; `undefined` if the next step enters the node. */
  readonly waiting?: WaitsFor;
  /** The counters of the waiting node; those not listed are 0. */
  readonly counters: Counters;
  /** The calling flows, the outermost first. */
  readonly stack: readonly Frame[];
  /** The number of nodes passed since the last wait for a key. */
  readonly walked: number;
  /** The number of waits in a row that brought silence or a wrong key. */
  readonly missed: number;
  /** Whether the caller has heard something, or talked to someone, since the last wait for them. */
  readonly said: boolean;
  /** The number of the next step, from 0. */
  readonly step: number;
  /** The language of the call (BCP 47): set by a node, else the flow's. It is here so that the apology needs no database. */
  readonly language: string;
  /** Whether a node set the language; it then also applies in other flows. */
  readonly chosen: boolean;
  /** The language of the system's sentences if they do not exist in the call's language. */
  readonly fallback: ApologyLanguage;
}

/** The cursor of a call that has just arrived at a version of a flow. `language` is the flow's. */
export function begin(
  flow: string,
  version: number,
  language: string,
  fallback: ApologyLanguage = 'en-US',
): Cursor {
  const fresh = { node: '', counters: {}, stack: [], walked: 0, missed: 0, said: false, step: 0 };
  return { flow, version, ...fresh, language, chosen: false, fallback };
}

/** The language of the system's own sentences for a call. */
export function systemLanguage({
  language,
  fallback,
}: Pick<Cursor, 'language' | 'fallback'>): ApologyLanguage {
  return apologyLanguage(language, fallback);
}

/** Cache: the last cursor that was read, with its query. A step reads a cursor and writes the same one into its journal line. */
let lastRead: { readonly cursor: Cursor; readonly query: string } | undefined;

/** The cursor as the query of a URL, in `A-Za-z0-9-._~=&` only. Fields that are zero, empty or `false` are left out. */
export function writeCursor(cursor: Cursor): string {
  if (cursor === lastRead?.cursor) return lastRead.query;
  let query = `cursor=${format}&flow=${cursor.flow}&version=${cursor.version}`;
  if (cursor.node !== '') query += `&node=${cursor.node}`;
  if (cursor.waiting !== undefined) query += `&waiting=${cursor.waiting}`;
  const counters = writeCounters(cursor.counters);
  if (counters !== '') query += `&counters=${counters}`;
  if (cursor.stack.length > 0) query += `&stack=${cursor.stack.map(writeFrame).join('~')}`;
  if (cursor.walked > 0) query += `&walked=${cursor.walked}`;
  if (cursor.missed > 0) query += `&missed=${cursor.missed}`;
  if (cursor.said) query += '&said=1';
  query += `&step=${cursor.step}&language=${cursor.language}`;
  if (cursor.chosen) query += '&chosen=1';
  return cursor.fallback === 'en-US' ? query : `${query}&fallback=${cursor.fallback}`;
}

function writeCounters(counters: Counters): string {
  let written = '';
  for (const name of Object.keys(counters)) {
    const count = counters[name] ?? 0;
    if (count > 0) written += `${written === '' ? '' : '~'}${name}.${count}`;
  }
  return written;
}

function writeFrame({ flow, version, node }: Frame): string {
  return `${flow}.${version}.${node}`;
}

/** Fast path for most cursors: no counters, no calling flow, and all fields in the order of `writeCursor`. */
const usual = new RegExp(
  [
    `^cursor=${format}&flow=${part(flowId)}&version=(0|[1-9][0-9]{0,8})&node=${part(nodeId)}&waiting=(${waitKinds.join('|')})`,
    '(?:&walked=([1-9][0-9]{0,8}))?(?:&missed=([1-9][0-9]{0,8}))?',
    `&step=(0|[1-9][0-9]{0,8})&language=${part(tagShape)}$`,
  ].join(''),
);

function part({ source }: RegExp): string {
  return `(${source.slice(1, -1)})`;
}

/** The cursor in the query of a URL; `undefined` if there is none or it is not valid in a format that this release reads. */
export function readCursor(query: string): Cursor | undefined {
  const found = usual.exec(query);
  if (found === null) return readAnyCursor(query);
  const [, flow = '', version, node = '', waiting, walked = 0, missed = 0, step, language = ''] = found;
  const cursor: Cursor = {
    flow,
    version: Number(version),
    node,
    waiting: waiting as WaitsFor,
    counters: {},
    stack: [],
    language,
    chosen: false,
    fallback: 'en-US',
    walked: Number(walked),
    missed: Number(missed),
    said: false,
    step: Number(step),
  };
  lastRead = { cursor, query };
  return cursor;
}

function readAnyCursor(query: string): Cursor | undefined {
  const fields = fieldsIn(query);
  const flow = fields.get('flow') ?? '';
  const node = fields.get('node') ?? '';
  if (!isFlowId(flow) || (node !== '' && !isNodeId(node))) return undefined;
  const version = countIn(fields, 'version');
  const walked = countIn(fields, 'walked');
  const missed = countIn(fields, 'missed');
  const step = countIn(fields, 'step');
  const own = fields.get('cursor') === String(format) ? readOwn(fields) : readFormer(fields);
  if (own === undefined || version === undefined || walked === undefined) return undefined;
  if (missed === undefined || step === undefined) return undefined;
  const { waiting, ...rest } = own;
  const waits = waiting === undefined || node === '' ? {} : { waiting };
  return { flow, version, node, ...waits, ...rest, walked, missed, said: fields.get('said') === '1', step };
}

type Fields = ReadonlyMap<string, string>;

/** The fields of a query, not percent-decoded: no cursor needs an escape. If a name occurs twice, the first value counts. */
function fieldsIn(query: string): Fields {
  const fields = new Map<string, string>();
  for (const pair of query.split('&')) {
    const end = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, end));
    if (!fields.has(name)) fields.set(name, pair.slice(end + 1));
  }
  return fields;
}

/** The fields that format 1 writes differently or lacks. */
type Own = Pick<Cursor, 'waiting' | 'counters' | 'stack' | 'language' | 'chosen' | 'fallback'>;

function readOwn(fields: Fields): Own | undefined {
  const waiting = waitKinds.find((each) => each === fields.get('waiting'));
  const counters = readCounters(fields.get('counters') ?? '');
  const stack = readStack(fields.get('stack') ?? '');
  const language = fields.get('language') ?? '';
  if (counters === undefined || stack === undefined || !tagShape.test(language)) return undefined;
  const fallback = apologyLanguage(fields.get('fallback'));
  const place = { ...(waiting === undefined ? {} : { waiting }), counters, stack };
  return { ...place, language, chosen: fields.get('chosen') === '1', fallback };
}

/** Reads format 1: one flow, two counters, and only the language of the apology. */
function readFormer(fields: Fields): Own | undefined {
  const errors = countIn(fields, 'errors');
  const timeouts = countIn(fields, 'timeouts');
  if (fields.get('cursor') !== '1' || errors === undefined || timeouts === undefined) return undefined;
  const waiting = fields.get('waiting') === '1' ? { waiting: 'keys' as const } : {};
  const language = apologyLanguage(fields.get('language'));
  return {
    ...waiting,
    counters: { errors, timeouts },
    stack: [],
    language,
    chosen: false,
    fallback: language,
  };
}

function readCounters(text: string): Counters | undefined {
  const counters: Record<string, number> = {};
  for (const written of text === '' ? [] : text.split('~')) {
    const [, name, count] = /^([a-z]{1,20})\.([0-9]{1,9})$/i.exec(written) ?? [];
    if (name === undefined || Object.hasOwn(counters, name)) return undefined;
    counters[name] = Number(count);
  }
  return counters;
}

function readStack(text: string): Frame[] | undefined {
  const frames = text === '' ? [] : text.split('~').map(readFrame);
  const stack = frames.filter((frame) => frame !== undefined);
  return stack.length === frames.length && stack.length <= deepestStack ? stack : undefined;
}

function readFrame(text: string): Frame | undefined {
  const [flow = '', version = '', node = '', more] = text.split('.');
  if (more !== undefined || !isFlowId(flow) || !isCount(version) || !isNodeId(node)) return undefined;
  return { flow, version: Number(version), node };
}

function countIn(fields: Fields, name: string): number | undefined {
  const text = fields.get(name) ?? '0';
  return isCount(text) ? Number(text) : undefined;
}

function isCount(text: string): boolean {
  return /^[0-9]{1,9}$/.test(text);
}

import { type ApologyLanguage, apologyLanguage } from './apology.ts';
import { type WaitsFor, waitKinds } from './events.ts';
import { flowId, isFlowId, isNodeId, nodeId } from './flow.ts';

/** The format of cursors that this release writes. It reads the one before it, too. */
const format = 2;

/** How many flows may call each other: a deeper call is refused. */
export const deepestStack = 5;

/** A flow that called another one: which node of it did, so that the call can come back there. */
export interface Frame {
  readonly flow: string;
  readonly version: number;
  readonly node: string;
}

/** What a node counts while it waits, by names of its own. */
export type Counters = Readonly<Record<string, number>>;

/** Where a call stands. It rides in the callback URL, so a step needs no memory. */
export interface Cursor {
  readonly flow: string;
  /** The published version that the call holds on to; 0 is a draft that is being tried. */
  readonly version: number;
  /** The node the call stands at; empty before the first. */
  readonly node: string;
  /** What the node waits for; `undefined` if it has not been entered yet, or is entered again. */
  readonly waiting?: WaitsFor;
  /** What the waiting node counts; all others are 0. */
  readonly counters: Counters;
  /** The flows that called this one, the outermost first. */
  readonly stack: readonly Frame[];
  /** Nodes walked since the caller was last waited for. */
  readonly walked: number;
  /** Waits in a row that brought silence or a wrong key. */
  readonly missed: number;
  /** Whether something was said since the caller was last waited for, or a talk was what was waited for. */
  readonly said: boolean;
  /** The number of the step that takes it from here, from 0. */
  readonly step: number;
  /** The language of the call (BCP 47): the one that a node chose, else that of the flow. Known so without the database. */
  readonly language: string;
  /** Whether a node chose the language, so that it holds in other flows, too. */
  readonly chosen: boolean;
  /** The language of the system's sentences if it has none in the call's. */
  readonly fallback: ApologyLanguage;
}

/** The cursor of a call that has just arrived at a version of a flow, which speaks a language. */
export function begin(
  flow: string,
  version: number,
  language: string,
  fallback: ApologyLanguage = 'en-US',
): Cursor {
  const fresh = { node: '', counters: {}, stack: [], walked: 0, missed: 0, said: false, step: 0 };
  return { flow, version, ...fresh, language, chosen: false, fallback };
}

/** The language in which a caller hears the system's own sentences. */
export function systemLanguage({
  language,
  fallback,
}: Pick<Cursor, 'language' | 'fallback'>): ApologyLanguage {
  return apologyLanguage(language, fallback);
}

/** The cursor that was read last, and the query that it was read from and would be written as: a step's journal line names both its cursors. */
let lastRead: { readonly cursor: Cursor; readonly query: string } | undefined;

/** The cursor as the query of a URL, in `A-Za-z0-9-._~=&` only; what is zero or not so is left out. */
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

/** The cursor of a call that counts nothing and was called by no flow, just as `writeCursor` writes it: nearly all look like this. */
const usual = new RegExp(
  [
    `^cursor=${format}&flow=${part(flowId)}&version=(0|[1-9][0-9]{0,8})&node=${part(nodeId)}&waiting=(${waitKinds.join('|')})`,
    '(?:&walked=([1-9][0-9]{0,8}))?(?:&missed=([1-9][0-9]{0,8}))?',
    `&step=(0|[1-9][0-9]{0,8})&language=([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4})$`,
  ].join(''),
);

function part({ source }: RegExp): string {
  return `(${source.slice(1, -1)})`;
}

/** The cursor in the query of a URL; `undefined` if there is none, or not one this release can read. */
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

/** The fields of a query as they are spelled; of one that stands there twice, the first. No cursor needs an escape. */
function fieldsIn(query: string): Fields {
  const fields = new Map<string, string>();
  for (const pair of query.split('&')) {
    const end = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, end));
    if (!fields.has(name)) fields.set(name, pair.slice(end + 1));
  }
  return fields;
}

/** What the format before this one says in other words, or not at all. */
type Own = Pick<Cursor, 'waiting' | 'counters' | 'stack' | 'language' | 'chosen' | 'fallback'>;

function readOwn(fields: Fields): Own | undefined {
  const waiting = waitKinds.find((each) => each === fields.get('waiting'));
  const counters = readCounters(fields.get('counters') ?? '');
  const stack = readStack(fields.get('stack') ?? '');
  const language = fields.get('language') ?? '';
  if (counters === undefined || stack === undefined || !tag.test(language)) return undefined;
  const fallback = apologyLanguage(fields.get('fallback'));
  const place = { ...(waiting === undefined ? {} : { waiting }), counters, stack };
  return { ...place, language, chosen: fields.get('chosen') === '1', fallback };
}

/** The format 1: one flow, two counters, and of the language only that of the apology. */
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

const tag = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$/;

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

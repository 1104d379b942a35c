import { settingsOf } from '../../../lib/engine/settings.ts';
import { type Flow, nodeOf } from '../../../lib/flow/flow.ts';
import { audioId, isTranslated, tagShape } from '../../../lib/flow/prompt.ts';
import { readCsv, writeCsv } from './csv.ts';
import { set } from './edits.ts';
import type { Edit } from './history.ts';
import { textOf } from './languagetexts.ts';
import { ownLanguage, type PromptPlace, promptParts, promptRows, promptWith, tagIn } from './prompts.ts';

/** The columns of a table of prompts, as its first line names them. */
export const promptColumns = ['flow', 'node', 'title', 'setting', 'language', 'text', 'audio'] as const;

type Column = (typeof promptColumns)[number];
type Cells = Readonly<Record<Column, string>>;

/** Why a row is not taken. */
export interface CsvFault {
  /** The number of the row in the file, the header's is 1. */
  readonly row: number;
  readonly is:
    | 'quotes'
    | 'header'
    | 'cells'
    | 'flow'
    | 'node'
    | 'setting'
    | 'language'
    | 'audio'
    | 'translated'
    | 'emptied'
    | 'twice';
  /** What stands there. */
  readonly value: string;
}

/** What a file of prompts does to a flow: one edit, and how many texts and audios it changes; or all that is wrong with it. */
export type ReadPrompts =
  | { readonly edit: Edit; readonly changed: number }
  | { readonly faults: readonly CsvFault[] };

/** All prompts of a flow as CSV; `nameOf` gives the title of a node. */
export function promptsCsv(flow: Flow, nameOf: (node: string) => string): string {
  const rows = promptRows(flow).map(({ node, field, language, text, audio }) => [
    ...[flow.id, node, nameOf(node), field, language, text, audio],
  ]);
  return writeCsv([promptColumns, ...rows]);
}

/**
 * Reads the prompts of a flow from CSV. Rows that are not there leave their prompts as they are; titles are not read; a text in a
 * further language is added. An audio in a row takes the place of its text. If anything is wrong, nothing is taken.
 */
export function readPrompts(flow: Flow, text: string): ReadPrompts {
  const read = readCsv(text);
  if ('broken' in read) return { faults: [{ row: read.broken, is: 'quotes', value: '' }] };
  const [header = [], ...records] = read.records;
  if (promptColumns.join() !== withoutEmptyEnd(header).join().toLowerCase()) {
    return { faults: [{ row: 1, is: 'header', value: header.join() }] };
  }
  const faults: CsvFault[] = [];
  const rows: { cells: Cells; place: PromptPlace }[] = [];
  const seen = new Map<string, number>();
  for (const [index, record] of records.entries()) {
    const filled = withoutEmptyEnd(record);
    if (filled.length === 0) continue;
    const cells = Object.fromEntries(promptColumns.map((name, at) => [name, record[at] ?? ''])) as Cells;
    const placed = filled.length > promptColumns.length ? 'cells' : placeOf(flow, cells);
    const is = typeof placed === 'string' ? placed : contentFault(flow, placed, cells, seen);
    if (is !== undefined) faults.push({ row: index + 2, is, value: saysOf(is, cells) });
    else if (typeof placed !== 'string') rows.push({ cells, place: placed });
  }
  if (faults.length > 0) return { faults };
  const changes = rows.filter(({ cells, place }) => differs(flow, place, cells));
  let next = flow;
  for (const { cells, place } of changes) {
    const heard = cells.audio === '' ? { text: cells.text } : { audio: cells.audio };
    next = set(next, place.node, place.setting, promptWith(next, place, heard)).flow;
  }
  return { edit: { step: { did: 'prompts' }, flow: next }, changed: changes.length };
}

function withoutEmptyEnd(record: readonly string[]): readonly string[] {
  return record.slice(0, record.findLastIndex((cell) => cell.trim() !== '') + 1);
}

/** Where a row belongs, or what of it is not in the flow. */
function placeOf(flow: Flow, cells: Cells): PromptPlace | CsvFault['is'] {
  if (cells.flow !== flow.id) return 'flow';
  const node = nodeOf(flow, cells.node);
  if (node === undefined) return 'node';
  const [, setting = '', number] = /^(.*?)(?:\.(0|[1-9]\d{0,3}))?$/s.exec(cells.setting) ?? [];
  const isPrompt = settingsOf(node.type).some(
    ({ name, field }) => name === setting && field.field === 'prompt',
  );
  const parts = isPrompt ? promptParts(node, setting) : undefined;
  const part = Number(number ?? 0);
  // A number says which part is meant, so without one there may be one part only.
  const count = Math.max(parts?.length ?? 0, 1);
  if (parts === undefined || part >= count || (number === undefined && count > 1)) return 'setting';
  const own = ownLanguage(flow);
  const found = parts[part];
  const spoken = found !== undefined && 'text' in found && !isTranslated(found) ? found.language : undefined;
  const language = cells.language === '' ? (spoken ?? own) : cells.language;
  const tag = found === undefined ? undefined : tagIn(flow, found, language);
  if (tag === undefined && !tagShape.test(language)) return 'language';
  return { node: cells.node, setting, part, language: tag ?? language };
}

/** What a row says that cannot be. `seen` holds how many rows there were for each part, and for each text of it. */
function contentFault(
  flow: Flow,
  { node, setting, part, language }: PromptPlace,
  { text, audio }: Cells,
  seen: Map<string, number>,
): CsvFault['is'] | undefined {
  const whole = JSON.stringify([node, setting, part]);
  const found = partAt(flow, node, setting, part);
  const isThere = found !== undefined && tagIn(flow, found, language) !== undefined;
  const alone = JSON.stringify([node, setting, part, isThere ? language : language.toLowerCase()]);
  const isTwice = seen.has(alone);
  const isPlayed = seen.has(`${whole} audio`);
  const isFirst = !seen.has(whole);
  for (const key of [whole, alone, ...(audio === '' ? [] : [`${whole} audio`])]) seen.set(key, 1);
  if (isTwice) return 'twice';
  if (audio === '') {
    if (isPlayed) return 'translated';
    return found !== undefined && 'audio' in found && text === '' ? 'emptied' : undefined;
  }
  if (!audioId.test(audio)) return 'audio';
  const isOneOfSeveral = found !== undefined && 'text' in found && isTranslated(found);
  return isOneOfSeveral || !isFirst ? 'translated' : undefined;
}

function partAt(flow: Flow, id: string, setting: string, part: number) {
  const node = nodeOf(flow, id);
  return node === undefined ? undefined : promptParts(node, setting)?.[part];
}

/** Whether a row says something else than the flow. */
function differs(
  flow: Flow,
  { node, setting, part, language }: PromptPlace,
  { text, audio }: Cells,
): boolean {
  const found = partAt(flow, node, setting, part);
  if (audio !== '') return found === undefined || !('audio' in found) || found.audio !== audio;
  if (found === undefined) return text !== '';
  if ('audio' in found) return true;
  const tag = tagIn(flow, found, language);
  return tag === undefined ? text !== '' : textOf(found, tag) !== text;
}

function saysOf(is: CsvFault['is'], cells: Cells): string {
  switch (is) {
    case 'flow':
    case 'node':
    case 'setting':
    case 'language':
    case 'audio':
      return cells[is];
    default:
      return [cells.node, cells.setting, cells.language].filter(Boolean).join(' · ');
  }
}

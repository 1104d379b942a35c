import { passageOf } from '../journal/passage.ts';
import { type FiledLine, readLine } from '../journal/read.ts';
import { recordOf } from '../journal/record.ts';
import { keepLines, readLines, writeCall } from '../store/calls/calls.ts';
import { expiry } from '../store/table/item.ts';
import type { Table } from '../store/table/table.ts';

/** How many call records are written at a time. */
const lanes = 8;

/**
 * Stores log lines, and the call records made from them, for `retainDays` days. A record is made from all lines of its call: when the
 * first line comes, and again when the call is over. Lines may come twice, in any order, in parts, or again after an error: the final
 * record is the same. Returns the number of unreadable lines. Throws if something was not stored.
 */
export async function fileLines(table: Table, texts: readonly string[], retainDays: number): Promise<number> {
  const lines = texts.flatMap((text) => readLine(text) ?? []);
  await keepLines(table, lines, retainDays);
  const calls = [...Map.groupBy(lines, ({ entry }) => entry.callSid)];
  const lane = async () => {
    for (let call = calls.pop(); call !== undefined; call = calls.pop()) {
      await makeRecord(table, call[0], call[1], retainDays);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return texts.length - lines.length;
}

async function makeRecord(
  table: Table,
  callSid: string,
  come: readonly FiledLine[],
  retainDays: number,
): Promise<void> {
  const { entries, count } = await readLines(table, callSid);
  const [first, ...rest] = entries;
  if (first === undefined) return;
  const latest = rest.at(-1) ?? first;
  const expiresAt = expiry(new Date(latest.at), retainDays);
  const record = recordOf(callSid, [first, ...rest]);
  const isFirst = come.some(({ entry }) => entry.at <= first.at || entry.from !== undefined);
  // Writing a record takes two writes: the index has it, too.
  if (!isFirst && record.endedAt === undefined) return;
  await writeCall(table, record, { lines: count, expiresAt, passage: passageOf(record, entries) });
}

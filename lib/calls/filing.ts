import { passageOf } from '../journal/passage.ts';
import { type FiledLine, readLine } from '../journal/read.ts';
import { recordOf } from '../journal/record.ts';
import { keepLines, readLines, writeCall } from '../store/calls/calls.ts';
import { expiry } from '../store/table/item.ts';
import type { Table } from '../store/table/table.ts';

/** How many records are made at a time. */
const lanes = 8;

/**
 * Files lines of the log as records of calls, which are kept for this many days. First the lines are kept, then the record
 * of a call is made from all of its lines: when it is first heard of, and again once it is over. In between nothing is listed
 * that changes. Whatever comes twice, in another order, in parts, or again after an error, the record is the same in the end.
 * Answers how many lines could not be read. Throws where not all was filed.
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
  // A write of the record is two, as the index lists it.
  if (!isFirst && record.endedAt === undefined) return;
  await writeCall(table, record, { lines: count, expiresAt, passage: passageOf(record, entries) });
}

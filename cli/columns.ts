import { inline } from '../local/terminal.ts';

/** Aligns the cells of rows in columns, one line for each row. The last column is not padded. */
export function columns(table: readonly (readonly string[])[]): string {
  const rows = table.map((row) => row.map(inline));
  const widths: number[] = [];
  for (const row of rows)
    for (const [place, cell] of row.entries()) widths[place] = Math.max(widths[place] ?? 0, cell.length);
  return rows
    .map((row) =>
      row
        .map((cell, place) => cell.padEnd(widths[place] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

import { inline } from '../local/terminal.ts';

/** Aligns the cells of rows in columns, one line for each row. The last column is not padded. */
export function columns(table: readonly (readonly string[])[]): string {
  const rows = table.map((row) => row.map(inline));
  const widths = (rows[0] ?? []).map((_, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, place) => cell.padEnd(widths[place] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

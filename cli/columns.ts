import { inline } from '../local/terminal.ts';

/** Rows with their cells below each other, each row on one line whatever it holds; the last cell may be as wide as it likes. */
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

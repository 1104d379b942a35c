/** The aim for a value: at most `most`, from `least` on if that is given, or about `about`, which is for scale only and is never missed. */
export type Aim = { readonly least?: number; readonly most: number } | { readonly about: number };

/** One line of the report. The aim is for the ratio if there is one, else for what was measured. */
export interface Line {
  readonly what: string;
  readonly measured: number;
  readonly unit:
    | 'µs'
    | 'ms'
    | 'KB'
    | 'MB'
    | 'a second'
    | 'operations'
    | 'calls'
    | 'rings'
    | 'items'
    | 'units'
    | 's';
  /** What it stands beside, and how many times that it is. */
  readonly beside?: string;
  readonly ratio?: number;
  readonly aim?: Aim;
  /** The ratio past which `--gate` fails: what was reached, and room for another machine. */
  readonly limit?: number;
  /** The line measures its baseline a second time: by how much its ratio differs from 1 is the noise of the lines beside it. */
  readonly noise?: true;
}

/**
 * The lines of a row that are past their limit even after the row's own noise is taken off, each with why: `a step: 1.61×, at
 * most 1.4× and 4 % of noise`.
 */
export function pastLimits(lines: readonly Line[]): string[] {
  const off = (ratio: number) => Math.max(ratio, 1 / ratio) - 1;
  const noise = Math.max(
    0,
    ...lines.map(({ noise, ratio }) => (noise === true ? off(ratio ?? Number.NaN) : 0)),
  );
  return lines.flatMap(({ what, limit, ratio = Number.NaN }) => {
    if (limit === undefined || ratio <= limit * (1 + noise)) return [];
    return [`${what}: ${rounded(ratio)}×, at most ${limit}× and ${rounded(noise * 100)} % of noise`];
  });
}

/** Whether a line misses its aim. */
export function misses({ measured, ratio, aim }: Line): boolean {
  if (aim === undefined || 'about' in aim) return false;
  const value = ratio ?? measured;
  return !(value <= aim.most && value >= (aim.least ?? value));
}

/** The lines as a table of Markdown, its columns in line for the eye. */
export function table(lines: readonly Line[]): string {
  const rows = [['what', 'measured', 'ratio', 'beside', 'aim', ''], ...lines.map(row)];
  const widths = rows[0]?.map((_, column) =>
    Math.max(3, ...rows.map((cells) => (cells[column] ?? '').length)),
  );
  const written = rows.map((cells) =>
    cells.map((cell, column) => pad(cell, widths?.[column] ?? 0, column === 1 || column === 2)),
  );
  const rule = widths?.map((width, column) =>
    column === 1 || column === 2 ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  const [head, ...body] = written;
  return [head, rule, ...body].map((cells) => `| ${cells?.join(' | ')} |`).join('\n');
}

function row(line: Line): string[] {
  const { what, measured, unit, ratio, beside = '', aim } = line;
  const sign = ratio === undefined ? '' : '×';
  const aimed = aim === undefined ? '' : `${wordsOf(aim)}${sign}`;
  const judged = aim === undefined || 'about' in aim ? '' : misses(line) ? 'MISSED' : 'ok';
  return [
    what,
    `${rounded(measured)} ${unit}`,
    ratio === undefined ? '' : `${rounded(ratio)}×`,
    beside,
    aimed,
    judged,
  ];
}

function wordsOf(aim: Aim): string {
  if ('about' in aim) return `about ${aim.about}`;
  return aim.least === undefined ? `≤ ${aim.most}` : `${aim.least}–${aim.most}`;
}

/** Three figures, as many as a measurement is good for; whole above a hundred. */
export function rounded(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

function pad(cell: string, width: number, right: boolean): string {
  return right ? cell.padStart(width) : cell.padEnd(width);
}

/** What a spreadsheet takes for the beginning of a formula, plain or as a wide letter. */
const formula = /^'*[=+\-@＝＋－＠\t\r\n]/u;

/** One cell with what ends it. A cell in quotation marks may hold anything; two of them stand for one. */
const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n][^,\r\n]*|))(,|\r\n|\n|\r|$)/y;

/** The records of a CSV file, or the number of the first one that is not written as RFC 4180 asks. */
export type ReadCsv = { readonly records: readonly (readonly string[])[] } | { readonly broken: number };

/**
 * Records as CSV (RFC 4180), behind a byte order mark, by which spreadsheets know UTF-8. A cell that a spreadsheet would run as a
 * formula gets an apostrophe before it; `readCsv` takes it away.
 */
export function writeCsv(records: readonly (readonly string[])[]): string {
  const lines = records.map((record) => `${record.map(cellOf).join(',')}\r\n`);
  return `\ufeff${lines.join('')}`;
}

/** The records of a CSV file that `writeCsv` or a spreadsheet wrote. Lines may end in any way. Never throws. */
export function readCsv(text: string): ReadCsv {
  const source = text.replace(/^\ufeff/, '');
  const records: string[][] = [];
  let record: string[] = [];
  cell.lastIndex = 0;
  while (cell.lastIndex < source.length || record.length > 0) {
    const found = cell.exec(source);
    if (found === null) return { broken: records.length + 1 };
    const [, quoted, plain = '', end] = found;
    record.push(harmful(quoted?.replaceAll('""', '"') ?? plain));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return { records };
}

function cellOf(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** What a cell says without the apostrophe that made it harmless. */
function harmful(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}

import { readdirSync, readFileSync } from 'node:fs';

interface Part {
  /** The name of the function; empty for what stands before the first one of a file. */
  readonly name: string;
  readonly exported: boolean;
  readonly text: string;
}

/** A file of the store, cut into its functions; what stands between two belongs to the first. */
function partsOf(file: string): Part[] {
  const text = readFileSync(`lib/store/${file}`, 'utf8');
  return text.split(/^(?=(?:export )?(?:async )?function)/m).map((part) => {
    const [, exported, name = ''] = /^(export )?(?:async )?function\*? (\w+)/.exec(part) ?? [];
    return { name, exported: exported !== undefined, text: part };
  });
}

/** The names of the parts that write, themselves or by others: `isWrite` knows what is a write by itself. */
function writersIn(parts: readonly Part[], isWrite: (text: string) => boolean): Set<string> {
  const writers = new Set<string>();
  const calls = (text: string) =>
    [...writers].some((name) => new RegExp(`(?<!function |[.\\w])${name}\\(`).test(text));
  for (let known = -1; known !== writers.size; ) {
    known = writers.size;
    for (const { name, text } of parts) if (isWrite(text) || calls(text)) writers.add(name);
  }
  return writers;
}

/** The names of all exported functions of the store that write, themselves or by others, sorted. */
export function storeWriters(): string[] {
  const base = partsOf('table/table.ts').filter(({ name }) => name !== '');
  const commands = /new (?:Put|Update|Delete|BatchWrite|Transact|Execute|BatchExecute)\w*Command\(/;
  const primitives = writersIn(base, (text) => commands.test(text));
  const parts = readdirSync('lib/store', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'table/table.ts')
    .flatMap(partsOf);
  const called = new RegExp(`(?<!function |[.\\w])(?:${[...primitives].join('|')})\\(`);
  const writers = writersIn(parts, (text) => called.test(text));
  if (writers.has(''))
    throw new Error('A file of the store writes before its first function: make it a function.');
  return parts
    .filter(({ name, exported }) => exported && writers.has(name))
    .map(({ name }) => name)
    .toSorted();
}

/** The files of the product outside the table's own that know a command of the database. */
export function filesWithCommands(): string[] {
  return ['lib', 'functions', 'cli'].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${room}/${file}`)
      .filter(
        (file) =>
          file !== 'lib/store/table/table.ts' &&
          /\w+(?:Item|Items|Statement|Transaction)Command\b/.test(readFileSync(file, 'utf8')),
      ),
  );
}

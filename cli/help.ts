import { type Command, helping, type Options, onStage, type Program } from './command.ts';

const usualExitCodes = 'Exit code: 0 fine, 1 problems or refused, 2 wrong usage.';

/** The help of a program: its commands and the options that they share. */
export function programHelp(program: Program): string {
  const { name, about, commands, plain, notes, exitCodes = usualExitCodes } = program;
  const rows = Object.entries(commands).map(([word, each]) => [
    [word, each.takes].filter(Boolean).join(' '),
    each.summary,
  ]);
  if (Object.keys(commands).length === 0 && plain !== undefined)
    return commandHelp(program, undefined, plain);
  const first = plain === undefined ? [] : [[plain.takes ?? '', plain.summary]];
  const all = [...Object.values(commands), ...(plain === undefined ? [] : [plain])];
  const staged = all.some(({ options = {} }) => Object.hasOwn(options, 'stage')) ? onStage : {};
  return paragraphs([
    `branchline ${name} ${plain === undefined ? 'COMMAND' : '[COMMAND]'}      from a clone: npx branchline ${name}, or npm run ${name} --`,
    about,
    table([...first, ...rows]),
    table(optionRows({ ...(plain?.options ?? staged), ...helping })),
    `branchline ${name} COMMAND --help shows the options of a command, with examples.`,
    plain === undefined ? undefined : examplesOf(program, plain),
    notes,
    exitCodes,
  ]);
}

/** The help of one command: its arguments, options and examples. `name` is `undefined` for a program's plain command. */
export function commandHelp(program: Program, name: string | undefined, command: Command): string {
  const { summary, details, options } = command;
  const alone = Object.keys(program.commands).length === 0;
  return paragraphs([
    usageLine(program, name, command),
    `${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.`,
    details,
    table(optionRows({ ...options, ...helping })),
    examplesOf(program, command),
    alone ? program.notes : undefined,
    program.exitCodes ?? usualExitCodes,
  ]);
}

/** `branchline flows push FILE [OPTIONS]` */
export function usageLine(
  program: Program,
  name: string | undefined,
  { takes, options = {} }: Command,
): string {
  const more = Object.keys(options).length > 0 ? '[OPTIONS]' : undefined;
  return ['branchline', program.name, name, takes, more]
    .filter((each) => each !== undefined && each !== '')
    .join(' ');
}

function optionRows(options: Options): string[][] {
  return Object.entries(options).map(([name, { value, short, about }]) => {
    const long = value === undefined ? `--${name}` : `--${name} ${value}`;
    return [short === undefined ? long : `-${short}, ${long}`, about];
  });
}

function examplesOf({ name }: Program, { examples }: Command): string {
  return ['Examples', ...examples.map((each) => `  npx branchline ${name} ${each}`.trimEnd())].join('\n');
}

/** Two columns, indented. */
function table(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return rows.map(([left = '', right = '']) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
}

function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

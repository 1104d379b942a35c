import { parseArgs } from 'node:util';
import { defined } from '../lib/flow/defined.ts';
import { print, printError } from '../local/terminal.ts';
import { usageFault } from '../local/usage.ts';
import { type Command, helping, type Options, type Program, type Values } from './command.ts';
import { commandHelp, programHelp, usageLine } from './help.ts';

/** A command with its arguments, and the values of all its options. */
interface Order {
  readonly command: Command;
  readonly args: readonly string[];
  readonly values: Values<Options>;
}

/**
 * Runs a program with these words and prints its answer. Returns the exit code: 0 fine, 1 problems or refused, 2 wrong usage.
 */
export async function run(program: Program, words: readonly string[]): Promise<number> {
  let order: Order | string;
  try {
    order = parse(program, words);
  } catch (error) {
    printError(`${usageFault(error)}\n\n${usageFor(program, words)}`);
    return 2;
  }
  if (typeof order === 'string') {
    print(order);
    return 0;
  }
  const { command, args, values } = order;
  try {
    const answer = await command.run(args, values);
    if (typeof answer === 'number') return answer;
    print(values.json ? JSON.stringify(answer.json, null, 2) : answer.text);
    return (answer.fine ?? true) ? 0 : 1;
  } catch (error) {
    const { text, json, code = 1 } = program.refuse(error, args, values);
    if (values.json) print(JSON.stringify(json, null, 2));
    else printError(text);
    return code;
  }
}

/** The command with its values, or the text of the help if asked for. Throws on wrong usage. */
function parse(program: Program, words: readonly string[]): Order | string {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: configOf(program),
    allowPositionals: true,
  });
  const { name, command, args } = commandIn(program, positionals);
  if (values.help) {
    const whole = command === undefined || name === undefined;
    return whole ? programHelp(program) : commandHelp(program, name, command);
  }
  if (command === undefined) {
    throw new Error(name === undefined ? 'Name a command.' : `There is no command "${name}".`);
  }
  refuseArguments(name ?? program.name, command, args);
  refuseEmptyValues(program, values);
  const own: Options = { ...command.options, ...helping };
  const foreign = Object.keys(values).find((option) => !Object.hasOwn(own, option));
  if (foreign !== undefined) throw new Error(`"${name ?? program.name}" takes no --${foreign}.`);
  const filled = Object.fromEntries(
    Object.entries(own).map(([option, { value, multiple }]) => [
      option,
      values[option] ?? (multiple ? [] : value === undefined ? false : undefined),
    ]),
  ) as Values<Options>;
  if (typeof filled.stage === 'string') refuseStage(filled.stage);
  command.check?.(args, filled);
  return { command, args, values: filled };
}

/** The command that the words name, and the words after its name. */
function commandIn({ commands, plain }: Program, [first, ...rest]: readonly string[]) {
  if (first !== undefined && Object.hasOwn(commands, first)) {
    return { name: first, command: commands[first], args: rest };
  }
  if (plain !== undefined) return { command: plain, args: first === undefined ? [] : [first, ...rest] };
  return { name: first, args: rest };
}

/** The options of all commands of a program. */
function optionsOf({ commands, plain }: Program): Options {
  const all = [...Object.values(commands), ...(plain === undefined ? [] : [plain])];
  return Object.assign({}, ...all.map(({ options }) => options), helping);
}

/** All options of a program, as `parseArgs` wants them. */
function configOf(program: Program) {
  return Object.fromEntries(
    Object.entries(optionsOf(program)).map(([name, { value, short, multiple = false }]) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        multiple,
        ...defined({ short }),
      },
    ]),
  );
}

function refuseArguments(name: string, { takes = '', takesAbout }: Command, args: readonly string[]): void {
  const wanted = takes.split(' ').filter((each) => each !== '');
  const min = wanted.filter((each) => !each.startsWith('[')).length;
  const max = /…\]?$/.test(takes) ? Number.POSITIVE_INFINITY : wanted.length;
  if (args.length < min) throw new Error(`"${name}" takes ${takesAbout ?? takes}.`);
  if (args.length > max) throw new Error(`"${name}" takes no "${args[max]}".`);
  // A variable of the shell that is not set comes as an empty text.
  if (args.some((each) => each.trim() === ''))
    throw new Error(`An argument is empty: "${name}" takes ${takesAbout ?? takes}.`);
}

function refuseEmptyValues(program: Program, values: Readonly<Record<string, unknown>>): void {
  for (const [name, { value = 'VALUE', mayBeEmpty }] of Object.entries(optionsOf(program))) {
    const isEmpty = [values[name]].flat().some((each) => typeof each === 'string' && each.trim() === '');
    if (isEmpty && !mayBeEmpty)
      throw new Error(`--${name} is empty: write --${name} ${value}, or leave it out.`);
  }
}

/** The usage after wrong words: the line of the command that they name, or the whole help. */
function usageFor(program: Program, words: readonly string[]): string {
  const name = words.find((word) => Object.hasOwn(program.commands, word));
  const named = name === undefined ? program.plain : program.commands[name];
  if (named === undefined) return programHelp(program);
  return `Usage: ${usageLine(program, name, named)}. --help shows more.`;
}

/** Words that Cognito refuses in a host name. */
const reservedWords = ['aws', 'amazon', 'cognito'];

/** Throws if a stage cannot have this name: it becomes part of a Cognito host name, and of the carrier's queue names. */
export function refuseStage(stage: string): void {
  if (!/^[a-z0-9]([a-z0-9-]{0,21}[a-z0-9])?$/.test(stage)) {
    throw new Error('--stage takes the name of a stage: up to 23 small letters, digits and hyphens.');
  }
  const word = reservedWords.find((each) => stage.includes(each));
  if (word === undefined) return;
  throw new Error(
    `--stage cannot be "${stage}": Cognito refuses host names that hold "${word}". Choose another name.`,
  );
}

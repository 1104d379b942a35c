/** The answer of a command: as text, and as JSON. */
export interface Answer {
  readonly text: string;
  readonly json: unknown;
  /** `false` if the command found something wrong. Default: true. */
  readonly fine?: boolean;
}

/** Why a command failed: as text, and as JSON. */
export interface Refusal {
  readonly text: string;
  readonly json: unknown;
  /** The exit code. Default: 1. */
  readonly code?: number;
}

/** An option: a flag, or one with a value. */
export interface Option {
  readonly about: string;
  /** The name of its value in the help: `FILE`. A flag has none. */
  readonly value?: string;
  readonly multiple?: boolean;
  /** One letter that stands for it, after one hyphen. */
  readonly short?: string;
  /** Whether an empty value means something. Default: it is refused. */
  readonly mayBeEmpty?: boolean;
}

/** The options of a command, by their names. */
export type Options = Readonly<Record<string, Option>>;

/** The values of options: a list, a text or `undefined`, or whether a flag was given. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]: Option extends O[Name]
    ? unknown
    : O[Name] extends { multiple: true }
      ? readonly string[]
      : O[Name] extends { value: string }
        ? string | undefined
        : boolean;
};

/** One command, such as `flows push`. */
export interface Command<O extends Options = Options> {
  /** Its arguments in the help: `NUMBER ID`, `FILE…`, `[CALLSID]`. */
  readonly takes?: string;
  /** The end of the message for a missing argument, such as `the id of a schedule`. */
  readonly takesAbout?: string;
  /** One line of the program's help: what it does. */
  readonly summary: string;
  /** More text for its own help. */
  readonly details?: string;
  readonly options?: O;
  /** The words after the program's name: `push flows/hello.flow.json`. */
  readonly examples: readonly string[];
  /** Throws a usage error if arguments or values are wrong. */
  check?(args: readonly string[], values: Values<O>): void;
  /** Runs the command. Returns a number, the exit code, if it has printed everything itself. */
  run(args: readonly string[], values: Values<O>): Answer | number | Promise<Answer | number>;
}

/** A program of the command line, such as `flows`. */
export interface Program {
  readonly name: string;
  readonly about: string;
  readonly commands: Readonly<Record<string, Command>>;
  /** The command that is run if the words name none. */
  readonly plain?: Command;
  /** More text for its help. */
  readonly notes?: string;
  /** Its exit codes, if they differ from the usual ones. */
  readonly exitCodes?: string;
  /** Turns an error into a refusal. Rethrows unexpected errors. */
  refuse(error: unknown, args: readonly string[], values: { readonly stage?: unknown }): Refusal;
}

/** Infers a command's types: the values that `run` gets follow from its options. */
export function command<const O extends Options = Record<never, never>>(given: Command<O>): Command {
  return given as unknown as Command;
}

/** The option of a command that can answer in JSON. */
export const asJson = { json: { about: 'answer in JSON' } } as const;

/** The options of a command that can work on a deployed stage, too. */
export const onStage = {
  stage: { value: 'NAME', about: 'work on a deployed stage instead of the stack of this machine' },
  ...asJson,
} as const;

/** The option of all commands. */
export const helping = { help: { about: 'show this page', short: 'h' } } as const;

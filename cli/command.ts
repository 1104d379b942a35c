/** What a command has to say: to people, and to programs. */
export interface Answer {
  readonly text: string;
  readonly json: unknown;
  /** Whether what was asked about is in order. Default: true. */
  readonly fine?: boolean;
}

/** Why a command did not do what was asked: to people, and to programs. */
export interface Refusal {
  readonly text: string;
  readonly json: unknown;
  /** The exit code. Default: 1. */
  readonly code?: number;
}

/** An option: a flag, or one with a value. */
export interface Option {
  readonly about: string;
  /** What the help calls its value: `FILE`. A flag has none. */
  readonly value?: string;
  readonly multiple?: boolean;
}

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
  /** Its arguments as the help shows them: `NUMBER ID`, `FILE…`, `[CALLSID]`. */
  readonly takes?: string;
  /** What is said if an argument is missing, after the command's name. */
  readonly takesAbout?: string;
  /** What it does, as one line of the program's help. */
  readonly summary: string;
  /** What else its own help says. */
  readonly details?: string;
  readonly options?: O;
  /** Words behind the program's name: `push flows/hello.flow.json`. */
  readonly examples: readonly string[];
  /** Throws a usage error that says what is wrong with arguments or values. */
  check?(args: readonly string[], values: Values<O>): void;
  /** Does it. A number is the exit code of a command that has printed everything itself. */
  run(args: readonly string[], values: Values<O>): Answer | number | Promise<Answer | number>;
}

/** A program of the command line, such as `flows`. */
export interface Program {
  readonly name: string;
  readonly about: string;
  readonly commands: Readonly<Record<string, Command>>;
  /** The command that is meant if the words name none. */
  readonly plain?: Command;
  /** What else its help says. */
  readonly notes?: string;
  /** Its exit codes, if they differ from the usual ones. */
  readonly exitCodes?: string;
  /** Says why a command could not be done. Throws unexpected errors again. */
  refuse(error: unknown, args: readonly string[], values: { readonly stage?: unknown }): Refusal;
}

/** Checks a command's types: the values that `run` gets follow from its options. */
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
export const helping = { help: { about: 'show this page' } } as const;

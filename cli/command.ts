import { print, printError } from '../local/terminal.ts';

/** What a command has to say: to people, and to programs. */
export interface Answer {
  readonly text: string;
  readonly json: unknown;
  /** Whether what was asked about is in order; it is where this is left out. */
  readonly fine?: boolean;
}

/** Why a command did not do what was asked: to people, and to programs. */
export interface Refusal {
  readonly text: string;
  readonly json: unknown;
}

/** What every command is asked in. */
export interface Asked {
  readonly json: boolean;
}

/** A command of the admin's. */
export interface Command<Order extends Asked> {
  readonly usage: string;
  /** What is asked for; undefined where that is help. Throws an error that says what is wrong with the words. */
  parse(argv: string[]): Order | undefined;
  answer(order: Order): Answer | Promise<Answer>;
  /** Says why it could not be done. Throws again what nobody foresaw. */
  refuse(error: unknown, order: Order): Refusal;
}

/**
 * Runs a command with these words and prints what it says. The answer is the exit code: 0 fine, 1 problems or refused, 2
 * wrong usage.
 */
export async function run<Order extends Asked>(command: Command<Order>, argv: string[]): Promise<number> {
  let order: Order | undefined;
  try {
    order = command.parse(argv);
  } catch (error) {
    printError(`${error instanceof Error ? error.message : error}\n\n${command.usage}`);
    return 2;
  }
  if (order === undefined) {
    print(command.usage);
    return 0;
  }
  try {
    const { text, json, fine = true } = await command.answer(order);
    print(order.json ? JSON.stringify(json, null, 2) : text);
    return fine ? 0 : 1;
  } catch (error) {
    const { text, json } = command.refuse(error, order);
    if (order.json) print(JSON.stringify(json, null, 2));
    else printError(text);
    return 1;
  }
}

/** Words that Cognito refuses in a host name. */
const reservedWords = ['aws', 'amazon', 'cognito'];

/** Throws if a stage cannot have this name: it is part of a host name at Cognito, and of queues' names at the carrier. */
export function refuseStage(stage: string | undefined): void {
  if (stage === undefined) return;
  if (!/^[a-z0-9]([a-z0-9-]{0,21}[a-z0-9])?$/.test(stage)) {
    throw new Error('--stage takes the name of a stage: up to 23 small letters, digits and hyphens.');
  }
  const word = reservedWords.find((each) => stage.includes(each));
  if (word === undefined) return;
  throw new Error(
    `--stage cannot be "${stage}": Cognito refuses host names that hold "${word}". Choose another name.`,
  );
}

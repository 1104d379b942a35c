import { print, printError } from './terminal.ts';

/** What is wrong with the words of a command line, in one sentence, from the error that reading them threw. */
export function usageFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, unknown] = /^Unknown option '([^']*)'/.exec(message) ?? [];
  // Node goes on about arguments that begin with a hyphen, which no program of ours takes.
  if (unknown !== undefined) return `There is no option "${unknown}".`;
  const [, extra] = /^Unexpected argument '([^']*)'/.exec(message) ?? [];
  if (extra !== undefined) return `There is no argument "${extra}" here.`;
  const [, option, fault] = /^Option '(?:-., )?(--[^' ]+)[^']*' (.+)/.exec(message) ?? [];
  if (fault === 'argument missing') return `${option} takes a value: ${option} VALUE.`;
  if (fault === 'argument is ambiguous.')
    return `${option} takes a value; one that begins with a hyphen is written as ${option}=-VALUE.`;
  return fault === 'does not take an argument' ? `${option} takes no value.` : message;
}

/**
 * The words of a program as `read` reads them. Where they ask for help, prints how the program is used; where they are wrong, says
 * why as well, and sets the exit code to 2: `undefined` then, and there is nothing left to do.
 */
export function readWords<Words extends { readonly values: { readonly help?: boolean } }>(
  usage: string,
  read: () => Words,
): Words | undefined {
  try {
    const words = read();
    if (words.values.help !== true) return words;
    print(usage);
  } catch (error) {
    printError(`${usageFault(error)}\n${usage}`);
    process.exitCode = 2;
  }
  return undefined;
}

import { printError } from '../local/terminal.ts';

/**
 * Runs a program as this process: with the words of its command line, and its exit code. If the reader of its output has gone, as in
 * `| head -1`, the process ends at once with 141, as programs do that SIGPIPE ends. If output is lost for another reason, such as a full
 * disk, it says so and ends with 1.
 */
export async function runProcess(main: (words: string[]) => Promise<number>): Promise<void> {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') printError(`The output cannot be written: ${message}.`);
    process.exit(code === 'EPIPE' ? brokenPipe : 1);
  });
  // Nothing can be said any more.
  process.stderr.on('error', ({ code }: NodeJS.ErrnoException) => {
    process.exit(code === 'EPIPE' ? brokenPipe : 1);
  });
  process.exitCode = await main(process.argv.slice(2));
}

/** 128 and the number of SIGPIPE. */
const brokenPipe = 141;

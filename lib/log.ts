/** Takes one line of the log, without its end. */
export type Write = (line: string) => void;

/** Writes a bare line on stdout: `console.log` would put a prefix before it on Lambda, and filters read it as JSON. */
export const toStdout: Write = (line) => {
  process.stdout.write(`${line}\n`);
};

/**
 * The line of an error of the system: its name, its code and where it came from. Its message is left out, since it may hold
 * what a caller typed or who called.
 */
export function errorLine(at: Date, error: unknown): string {
  const { name, code, frames } = describe(error);
  return JSON.stringify({ level: 'error', at: at.toISOString(), error: name, code, frames });
}

function describe(error: unknown): { name: string; code?: string; frames?: string[] } {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error ? String(error.code) : undefined;
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    frames: frames.slice(0, 8).map((frame) => frame.trim()),
  };
}

/** An expected error of a command: its message is one line that names the problem and the fix. */
export class Obstacle extends Error {
  constructor(line: string) {
    super(line);
    this.name = 'Obstacle';
  }
}

/** The codes of disk errors while writing to an open file; Node names no file then. */
const diskCodes: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS'];

/**
 * Whether an error means that files could not be read or written, such as a full disk or missing permissions. It may come from the file
 * system or from LevelDB.
 */
export function isFileError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code?.startsWith('LEVEL_')) return true;
  return syscall !== undefined && (path !== undefined || diskCodes.includes(code));
}

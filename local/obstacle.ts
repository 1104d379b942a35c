/** What keeps a command from its work: one line that names it and what to do. */
export class Obstacle extends Error {
  constructor(line: string) {
    super(line);
    this.name = 'Obstacle';
  }
}

/** What a disk answers to a program that writes to a file already open; Node names no file then. */
const diskCodes: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS'];

/**
 * Whether an error tells that files could not be read or written, as with a full disk or a missing right: one of the file
 * system, or of the database that keeps the table.
 */
export function isFileError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code?.startsWith('LEVEL_')) return true;
  return syscall !== undefined && (path !== undefined || diskCodes.includes(code));
}

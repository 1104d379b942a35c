import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { main } from '../../cli/flows.ts';
import { runCommand } from './command.ts';

/** A directory of a test file, and the command `flows` on the files in it. */
export function setUpFlowFiles() {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'branchline-flows-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  return {
    folder: () => folder,
    /** Runs `flows` with these words. */
    flows: (...args: string[]) => runCommand(main, args, { DATA_DIR: folder }),
    /** Writes a file, and returns its path. */
    file(name: string, content: string | Uint8Array | object): string {
      const path = join(folder, name);
      const isPlain = typeof content === 'string' || content instanceof Uint8Array;
      writeFileSync(path, isPlain ? content : JSON.stringify(content));
      return path;
    },
  };
}

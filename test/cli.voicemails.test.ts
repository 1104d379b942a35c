import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../cli/voicemails.ts';
import { keepVoicemail, moveSound } from '../lib/store/calls/voicemails.ts';
import { writeStack } from '../local/stack.ts';
import { runCommand } from './kit/command.ts';
import { startServer, type TestServer } from './kit/server.ts';
import { stackOn } from './kit/stack.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

let table: TestTable;
let dataDir: string;
let storage: TestServer;

beforeAll(async () => {
  table = await startTestTable();
  dataDir = mkdtempSync(join(tmpdir(), 'branchline-voicemails-'));
  storage = await startServer((_, response) => response.end('an MP3'));
  const left = { id: 'RE1', mailbox: 'sales', from: '+15550199', callSid: 'CA1', seconds: 7 };
  await keepVoicemail(table, left, new Date(), 90);
  await moveSound(table, 'RE1', 'stored');
});
afterAll(async () => {
  await storage.close();
  rmSync(dataDir, { recursive: true });
  await table.close();
});

/** Fetches the sound of the message into a file, from the storage or from an address at which nothing listens. */
function fetchInto(file: string, url = storage.url) {
  writeStack(dataDir, stackOn(table, { url }));
  return runCommand(main, ['fetch', 'RE1', '--output', file, '--json'], { DATA_DIR: dataDir });
}

describe('the sound of a message', () => {
  test('is written to a new file, and never over another one', async () => {
    const file = join(dataDir, 'message.mp3');
    const { code, out } = await fetchInto(file);
    expect([code, JSON.parse(out)]).toEqual([0, { file, seconds: 7, bytes: 6 }]);
    expect(readFileSync(file, 'utf8')).toBe('an MP3');
    writeFileSync(file, 'mine');
    const again = await fetchInto(file);
    expect([again.code, JSON.parse(again.out).error]).toEqual([1, 'file-taken']);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('that cannot be fetched or written says why', async () => {
    const nowhere = join(dataDir, 'nowhere', 'message.mp3');
    const unwritten = await fetchInto(nowhere);
    expect([unwritten.code, JSON.parse(unwritten.out)]).toEqual([
      1,
      expect.objectContaining({
        error: 'no-sound',
        detail: `${nowhere} cannot be written: no such file or directory.`,
      }),
    ]);
    const unfetched = await fetchInto(join(dataDir, 'other.mp3'), 'http://127.0.0.1:1');
    expect([unfetched.code, JSON.parse(unfetched.out).detail]).toEqual([
      1,
      expect.stringMatching(/^The storage does not answer: /),
    ]);
  });
});

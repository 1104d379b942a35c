import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../cli/token.ts';
import { type Authorizer, createAuthorizer } from '../local/aws/authorizer.ts';
import { clientId, type Issuer, openIssuer } from '../local/issuer/issuer.ts';
import { writeStack } from '../local/stack.ts';
import { runCommand } from './kit/command.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'branchline-token-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

let issuer: Issuer;
let check: Authorizer;
beforeAll(async () => {
  const now = () => new Date(Date.now() + 60_000);
  issuer = await openIssuer(dataDir, 'http://127.0.0.1:4000', now);
  check = createAuthorizer({ issuer: issuer.url, client: clientId, keys: issuer.keys, now });
});

describe('npx branchline token', () => {
  const run = (...words: string[]) => runCommand(main, words, { DATA_DIR: dataDir });

  test('prints a token that the running stack takes', async () => {
    expect(await run('--role', 'admin')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^No stack runs on/),
    });
    const credentials = { accessKeyId: '', secretAccessKey: '' };
    const table = { name: 'branchline', endpoint: '', region: '', credentials };
    const stack = { url: issuer.url, publicUrl: issuer.url, carrierUrl: '', phoneKey: '', table };
    writeStack(dataDir, { pid: process.pid, ...stack });
    const { code, out } = await run('--role', 'editor', '--role', 'viewer', '--user', 'bob');
    expect(code).toBe(0);
    expect(await check(out.trim())).toMatchObject({
      username: 'bob',
      'cognito:groups': '[editor viewer]',
    });
    expect(await check((await run('--role', 'agent')).out.trim())).toMatchObject({ username: 'agent' });
  });

  test.each([[[]], [['--role', 'root']], [['--role', 'admin', '--user', ' ']], [['--rule', 'admin']]])(
    'says how it is used: %s',
    async (words) => {
      expect(await run(...words)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringMatching(/Usage: branchline token/),
      });
    },
  );

  test('shows how it is used where that is asked for', async () => {
    const shown = expect.stringContaining('--user NAME');
    expect(await run('--help')).toEqual({ code: 0, out: shown, err: '' });
  });
});

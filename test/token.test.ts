import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authorizer, createAuthorizer } from '../local/aws/authorizer.ts';
import { clientId, type Issuer, openIssuer } from '../local/issuer/issuer.ts';
import { writeStack } from '../local/stack.ts';

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
  const run = (...words: string[]) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir };
    const file = new URL('../cli/token.ts', import.meta.url).pathname;
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...words], {
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };

  test('prints a token that the running stack takes', async () => {
    expect(run('--role', 'admin')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^No stack runs on/),
    });
    const credentials = { accessKeyId: '', secretAccessKey: '' };
    const table = { name: 'branchline', endpoint: '', region: '', credentials };
    const stack = { url: issuer.url, publicUrl: issuer.url, carrierUrl: '', phoneKey: '', table };
    writeStack(dataDir, { pid: process.pid, ...stack });
    const { status, stdout } = run('--role', 'editor', '--role', 'viewer', '--user', 'bob');
    expect(status).toBe(0);
    expect(await check(stdout.trim())).toMatchObject({
      username: 'bob',
      'cognito:groups': '[editor viewer]',
    });
    expect(await check(run('--role', 'agent').stdout.trim())).toMatchObject({ username: 'agent' });
  });

  test.each([[[]], [['--role', 'root']], [['--role', 'admin', '--user', ' ']], [['--rule', 'admin']]])(
    'says how it is used: %s',
    (words) => {
      expect(run(...words)).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringMatching(/Usage: branchline token/),
      });
    },
  );

  test('shows how it is used where that is asked for', () => {
    const shown = expect.stringContaining('--user NAME');
    expect(run('--help')).toEqual({ status: 0, stdout: shown, stderr: '' });
  });
});

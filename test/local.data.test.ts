import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claim, makePrivate } from '../local/claim.ts';
import { isFileError } from '../local/obstacle.ts';
import { loadSecrets } from '../local/secrets.ts';
import { readSettings } from '../local/settings.ts';

describe('an error of the disk, and not of the network', () => {
  test.each([
    ['ENOSPC', 'write', undefined, true],
    ['EACCES', 'open', 'secrets.json', true],
    ['ECONNRESET', 'read', undefined, false],
    ['EPIPE', 'write', undefined, false],
  ])('%s by %s of %s: %s', (code, syscall, path, expected) => {
    const error = Object.assign(new Error(code), { code, syscall, ...(path === undefined ? {} : { path }) });
    expect(isFileError(error)).toBe(expected);
  });
});

describe('the data directory', () => {
  const mode = (folder: string) => (statSync(folder).mode & 0o777).toString(8);

  test('is made for its user alone, and an older one is closed to others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'branchline-modes-'));
    const made = join(folder, 'deep', 'made');
    claim(made)();
    const older = join(folder, 'older');
    mkdirSync(older);
    writeFileSync(join(older, 'secrets.json'), '{}');
    chmodSync(older, 0o755);
    claim(older)();
    const table = join(older, 'table');
    mkdirSync(table);
    chmodSync(table, 0o777);
    makePrivate(table);
    expect([mode(made), mode(older), mode(table)]).toEqual(['700', '700', '700']);
    rmSync(folder, { recursive: true });
  });

  test('that holds other things keeps its mode', () => {
    const home = mkdtempSync(join(tmpdir(), 'branchline-home-'));
    writeFileSync(join(home, 'letter.txt'), '');
    chmodSync(home, 0o755);
    const release = claim(home);
    makePrivate(join(home, 'table'));
    expect([mode(home), mode(join(home, 'table'))]).toEqual(['755', '700']);
    release();
    rmSync(home, { recursive: true });
  });
});

describe('a data directory', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'branchline-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  test('keeps its secrets', () => {
    const { made, ...secrets } = loadSecrets(dataDir);
    expect(made).toBe(true);
    expect(secrets.accountSid).toMatch(/^AC[0-9a-f]{32}$/);
    expect(loadSecrets(dataDir)).toEqual({ ...secrets, made: false });
  });

  test('with damaged secrets says which file to remove', () => {
    for (const damaged of ['{', '{"accountSid":1}', 'null']) {
      writeFileSync(join(dataDir, 'secrets.json'), damaged);
      expect(() => loadSecrets(dataDir)).toThrow(/secrets\.json is damaged: remove it/);
    }
  });

  test('that cannot be written is refused by the name of its variable', () => {
    const [file, nowhere] = [join(dataDir, 'file'), join(dataDir, 'nowhere')];
    writeFileSync(file, '');
    symlinkSync('/nowhere/at/all', nowhere);
    // Node's own way to create folders never ends under /proc.
    for (const wrong of [file, join(file, 'data'), nowhere, '/proc/x', '/proc/x/y']) {
      expect(() => claim(wrong)).toThrow(/^DATA_DIR is .*must/);
    }
  });

  test('is created with those above it', () => {
    const release = claim(join(dataDir, 'a/b/c'));
    expect(readFileSync(join(dataDir, 'a/b/c/claim.pid'), 'utf8')).toBe(String(process.pid));
    release();
  });

  test('is claimed by one process; the claim of a dead one is void', () => {
    const file = join(dataDir, 'claim.pid');
    writeFileSync(file, String(process.ppid));
    expect(() => claim(dataDir)).toThrow(`process ${process.ppid}`);
    for (const dead of ['4194305', 'nonsense', '']) {
      writeFileSync(file, dead);
      const release = claim(dataDir);
      expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
      release();
      expect(existsSync(file)).toBe(false);
    }
  });
});

describe('settings', () => {
  test('have defaults, and follow host and port', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      dataDir: resolve('.data'),
      publicUrl: 'http://127.0.0.1:4000',
      audioUrl: 'http://127.0.0.1:4000/audio',
      defaultLanguage: 'en-US',
      speech: 'carrier',
    });
    expect(readSettings({ HOST: '::1', PORT: '4001', PUBLIC_URL: '' }).publicUrl).toBe('http://[::1]:4001');
    expect(readSettings({ TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)} ` })).toMatchObject({
      accountSid: `AC${'0'.repeat(32)}`,
    });
    expect(readSettings({ PUBLIC_URL: 'https://phones.example.org/' })).toMatchObject({
      publicUrl: 'https://phones.example.org',
      audioUrl: 'https://phones.example.org/audio',
    });
  });

  test.each([
    ['PORT', 'x'],
    ['PORT', '70000'],
    ['PORT', '1e3'],
    ['HOST', 'no host'],
    ['PUBLIC_URL', 'phones.example.org'],
    ['PUBLIC_URL', 'https://phones.example.org/prefix'],
    ['AUDIO_URL', 'https://x.example/?a=1'],
    ['DEFAULT_LANGUAGE', 'english please'],
    ['TWILIO_AUTH_TOKEN', 'a,,b'],
    ['TWILIO_AUTH_TOKEN', 'ssm:/branchline/dev/twilio-auth-token'],
    ['SPEECH', 'google'],
    ['TWILIO_ACCOUNT_SID', 'AC1'],
    ['TWILIO_ACCOUNT_SID', `SK${'0'.repeat(32)}`],
  ])('%s=%s is refused by its name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} .*must`));
  });
});

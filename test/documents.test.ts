import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main as flows } from '../cli/flows.ts';
import { setUpApi } from './kit/api.ts';
import { runCommand } from './kit/command.ts';
import { greeting } from './kit/sampleflows.ts';

const { ask } = setUpApi();

const folder = mkdtempSync(join(tmpdir(), 'branchline-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with a flow, or what should be one. */
function fileOf(text: string): string {
  const file = join(folder, 'a.flow.json');
  writeFileSync(file, text);
  return file;
}

/** A document in which `notes` nest this many levels, as JSON. */
function deep(id: string, levels: number): string {
  const { notes, ...flow } = { ...greeting(id), notes: undefined };
  return `${JSON.stringify(flow).slice(0, -1)},"notes":${'['.repeat(levels)}${']'.repeat(levels)}}`;
}

/** A document as a program writes it that escapes every character beyond ASCII. */
function escaped(document: object): string {
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(document).replace(/[^ -~]/g, code);
}

async function created(id: string): Promise<Record<string, string>> {
  const { headers } = await ask('POST', '/api/flows', { name: id, id });
  return { 'if-match': headers.get('etag') ?? '' };
}

describe('a document that nests too deep', () => {
  test.each([101, 6000, 100_000])('of %d levels is refused in words by the API', async (levels) => {
    const id = `deep-${levels}`;
    const saved = await ask('PUT', `/api/flows/${id}`, deep(id, levels), await created(id));
    const problem = { rule: 'shape', severity: 'error', message: expect.stringContaining('100 levels') };
    expect([saved.status, saved.body]).toMatchObject([
      422,
      { type: 'urn:branchline:error:flow-invalid', problems: [problem] },
    ]);
    const checked = await ask('POST', '/api/flows/check', deep(id, levels));
    expect([checked.status, checked.body]).toEqual([200, { problems: [problem] }]);
  });

  test.each([101, 6000, 100_000])('of %d levels is refused in words by the commands', async (levels) => {
    const file = fileOf(deep('a', levels));
    const { code, out, err } = await runCommand(flows, ['check', file], {});
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(
      /^.*: The document nests more than 100 levels .* \(shape\)\n1 error, no warnings\.\n$/,
    );
  });

  test('is refused as any other body, too', async () => {
    for (const levels of [101, 100_000]) {
      const body = `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`;
      const { status, body: answer } = await ask('POST', '/api/flows', body);
      expect([status, answer.type, answer.detail]).toEqual([
        422,
        'urn:branchline:error:bad-input',
        'The body nests more than 100 levels of objects and lists.',
      ]);
    }
    const { status } = await ask('POST', '/api/flows', '['.repeat(100_000));
    expect(status).toBe(400);
  });
});

describe('a document of almost 1 MB', () => {
  const texts = Array.from({ length: 110 }, (_, at) => [
    `n${at}`,
    { type: 'end', prompt: { text: `${'您'.repeat(2990)}${at}` } },
  ]);
  const document = (id: string) => ({ ...greeting(id), nodes: Object.fromEntries(texts) });

  test('is saved, however its characters are written', async () => {
    const json = escaped(document('large'));
    expect(json.length).toBeGreaterThan(1.8 * 1024 * 1024);
    const { status } = await ask('PUT', '/api/flows/large', json, await created('large'));
    expect(status).toBe(200);
    expect((await ask('GET', '/api/flows/large')).body).toEqual(document('large'));
    expect((await ask('POST', '/api/flows/check', json)).status).toBe(200);
  });

  test('that is larger without its escapes, too, says how large it is', async () => {
    const flow = { ...document('larger'), description: '您'.repeat(30_000) };
    const saved = await ask('PUT', '/api/flows/larger', escaped(flow), await created('larger'));
    const bytes = Buffer.byteLength(JSON.stringify(flow));
    expect([saved.status, saved.body.type]).toEqual([413, 'urn:branchline:error:flow-too-large']);
    expect(saved.body.detail).toContain(`The flow has ${bytes} bytes`);
  });

  test('takes no body without an end', async () => {
    const { status, body } = await ask('POST', '/api/flows/check', `{"a":"${'x'.repeat(4 * 1024 * 1024)}"}`);
    expect([status, body.type]).toEqual([413, 'urn:branchline:error:body-too-large']);
    const other = await ask('POST', '/api/flows', `{"name":"${'x'.repeat(1024 * 1024)}"}`);
    expect([other.status, other.body.type]).toEqual([413, 'urn:branchline:error:body-too-large']);
  });
});

test('problems without number are told in 500, by the API and by the commands', async () => {
  const layout = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`n${at}`, at]));
  const flow = { ...greeting('a'), layout };
  const { status, body } = await ask('POST', '/api/flows/check', flow);
  expect([status, body.problems.length]).toEqual([200, 500]);
  expect(body.problems.at(-1).message).toMatch(/^19501 more problems/);
  const saved = await ask('PUT', '/api/flows/many', { ...flow, id: 'many' }, await created('many'));
  expect([saved.status, saved.body.problems.length]).toEqual([422, 500]);
  const { code, out } = await runCommand(flows, ['check', fileOf(JSON.stringify(flow))], {});
  expect([code, out.split('\n').slice(-3)]).toEqual([
    1,
    [expect.stringContaining('19501 more problems'), '20000 errors, no warnings.', ''],
  ]);
});

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatFlow } from '../cli/format.ts';
import type { Admin } from '../lib/admin/admin.ts';
import { readDraft, saveDraft } from '../lib/admin/flows.ts';
import { publish, readVersion } from '../lib/admin/publish.ts';
import { check, misshapen } from '../lib/engine/check.ts';
import { flowSchema } from '../lib/engine/schema.ts';
import { type Flow, largestFlowBytes, longestDescription, noteOf } from '../lib/flow/flow.ts';
import { longestNote, mostNotes, type Note } from '../lib/flow/note.ts';
import { fetchVersions as listWhole, fetchVersion as readWalked } from '../lib/store/flows/versions.ts';
import { toItem } from '../lib/store/table/item.ts';
import { partKey, versionPk } from '../lib/store/table/keys.ts';
import { putAll } from '../lib/store/table/table.ts';
import { needHead, partition } from './kit/flowstore.ts';
import { greeting } from './kit/sampleflows.ts';
import { startTestTable, type TestTable } from './kit/table.ts';

const notes: Record<string, Note> = {
  start: { at: [-260, 0], text: '# Hours\n\nAsk **Li** before you change [them](https://example.com).' },
  'note-2': { at: [0, -200.5], size: [320, 80], text: '', color: 'pink' },
};

/** A flow that carries all that callers never hear. */
function annotated(id: string): Flow {
  const flow = greeting(id);
  const hello = { ...flow.nodes.hello, type: 'play', description: 'Recorded *again* in May.' };
  return { ...flow, description: '# Greeting', nodes: { ...flow.nodes, hello }, notes };
}

/** A flow with as many notes as this, each of which says this. */
function noted(id: string, count: number, text: string): Flow {
  const all = Array.from({ length: count }, (_, index) => [`n${index}`, { at: [0, 0], text }] as const);
  return { ...greeting(id), notes: Object.fromEntries(all) };
}

describe('a flow with notes and descriptions', () => {
  const validate = new Ajv2020({
    strict: true,
    strictRequired: false,
    keywords: ['enumDescriptions', 'errorMessage'],
  }).compile(flowSchema() as object);

  test('is in order, for the schema and for the check', () => {
    expect(validate(annotated('a'))).toBe(true);
    expect(check(annotated('a'))).toEqual([]);
    expect(noteOf(annotated('a'), 'start')).toBe(notes.start);
    expect(noteOf(annotated('a'), 'constructor')).toBeUndefined();
    expect(noteOf(greeting('a'), 'start')).toBeUndefined();
  });

  test.each([
    ['in a list', [], 'shape notes'],
    ['that is a text', { n: 'x' }, 'shape notes.n'],
    ['under an invalid id', { '1': { at: [0, 0], text: '' } }, 'shape notes'],
    ['that is nowhere', { n: { text: '' } }, 'shape notes.n.at'],
    ['at one number', { n: { at: [0], text: '' } }, 'shape notes.n.at.1'],
    ['without a text', { n: { at: [0, 0] } }, 'shape notes.n.text'],
    ['that says too much', { n: { at: [0, 0], text: 'x'.repeat(longestNote + 1) } }, 'shape notes.n.text'],
    ['too small to be seen', { n: { at: [0, 0], text: '', size: [40, 39] } }, 'shape notes.n.size.1'],
    ['of no colour', { n: { at: [0, 0], text: '', color: 'mauve' } }, 'shape notes.n.color'],
    [
      'with a field that is misspelled',
      { n: { at: [0, 0], text: '', colour: 'pink' } },
      'unknown-setting notes.n.colour',
    ],
  ])('is told of a note %s', (_, bad, expected) => {
    const problems = check({ ...greeting('a'), notes: bad });
    expect(problems.map(({ rule, field }) => `${rule} ${field}`)).toEqual([expected]);
    expect(misshapen(problems)).toBe(expected.startsWith('shape'));
    expect(validate({ ...greeting('a'), notes: bad })).toBe(false);
  });

  test('holds 100 notes at most, and descriptions as long as they may be', () => {
    const rules = (flow: Flow) => check(flow).map(({ rule }) => rule);
    expect(rules(noted('a', mostNotes, '便签'))).toEqual([]);
    expect(rules(noted('a', mostNotes + 1, '便签'))).toEqual(['too-many-notes']);
    expect(rules(noted('a', mostNotes, '便'.repeat(longestNote)))).toEqual([]);
    const { node, flow } = longestDescription;
    const described = (inner: number, outer: number): Flow => ({
      ...greeting('a'),
      description: 'x'.repeat(outer),
      nodes: { ...greeting('a').nodes, end: { type: 'end', description: 'x'.repeat(inner) } },
    });
    expect(rules(described(node, flow))).toEqual([]);
    expect(rules(described(node + 1, flow))).toEqual(['bad-value']);
    expect(rules(described(node, flow + 1))).toEqual(['shape']);
  });

  test('is a file that reads back as it was', () => {
    expect(JSON.parse(formatFlow(annotated('a')))).toEqual(annotated('a'));
  });
});

describe('notes in the table', () => {
  let table: TestTable;
  let admin: Admin;

  beforeAll(async () => {
    table = await startTestTable();
    admin = { table, who: 'ann', now: () => new Date('2026-07-01T12:00:00.000Z'), retainDays: 90 };
  });
  afterAll(() => table.close());

  test('come back with the draft and with the version, and no call reads them', async () => {
    const flow = annotated('kept');
    await saveDraft(admin, flow);
    expect((await readDraft(admin, 'kept')).document).toEqual(flow);
    const { version } = await publish(admin, 'kept');
    expect(await readVersion(admin, 'kept', version)).toEqual(flow);
    const { layout: _, notes: __, ...walked } = flow;
    expect(await readWalked(table, 'kept', version)).toEqual(walked);
    const junk = { ...partKey('kept', version, 'canvas', 0), json: Buffer.from('junk') };
    await putAll(table, [toItem(junk)]);
    expect(await readWalked(table, 'kept', version)).toEqual(walked);
    await expect(readVersion(admin, 'kept', version)).rejects.toThrow('incorrect header check');
  });

  test('come back in the file that they were pushed from', async () => {
    const file = readFileSync(new URL('../flows/office.flow.json', import.meta.url), 'utf8');
    await saveDraft(admin, JSON.parse(file));
    const { document } = await readDraft(admin, 'office');
    expect(Object.keys(document.notes ?? {})).not.toEqual([]);
    expect(formatFlow(document)).toBe(file);
  });

  test('alone are something to publish, as a place in the layout is', async () => {
    const flow = annotated('moved');
    await saveDraft(admin, flow);
    await publish(admin, 'moved');
    expect(await saveDraft(admin, flow)).toMatchObject({ changed: false });
    const moved = { ...flow, notes: { ...notes, start: { ...notes.start, at: [0, 300] } } };
    expect(await saveDraft(admin, moved)).toMatchObject({ changed: true });
    const { version } = await publish(admin, 'moved');
    expect(await readVersion(admin, 'moved', version)).toEqual(moved);
  });

  test('may fill a flow up to the size of a document, and need not compress', async () => {
    const flow = noted('full', mostNotes, '');
    const texts = Object.entries(flow.notes ?? {}).map(
      ([id, note]) => [id, { ...note, text: noise(id, longestNote) }] as const,
    );
    const full = { ...flow, notes: Object.fromEntries(texts) };
    expect(Buffer.byteLength(JSON.stringify(full))).toBeGreaterThan(0.75 * largestFlowBytes);
    await saveDraft(admin, full);
    const { version } = await publish(admin, 'full', { note: '便'.repeat(1000) });
    expect(await readVersion(admin, 'full', version)).toEqual(full);
    const items = await partition(table, versionPk('full', version));
    expect(items.map(({ sk }) => sk?.S)).toEqual(['canvas#00', 'canvas#01', 'flow#00', 'head']);
    const { items: heads } = await listWhole(table, await needHead(table, 'full'));
    expect(heads.map(({ nodes }) => nodes)).toEqual([3]);
  });
});

/** Characters of four bytes each, the same for the same seed, with nothing in them that compresses. */
function noise(seed: string, count: number): string {
  const bytes = createHash('shake256', { outputLength: 2 * count })
    .update(seed)
    .digest();
  const points = Array.from({ length: count }, (_, place) => 0x20000 + bytes.readUInt16LE(2 * place));
  return String.fromCodePoint(...points);
}

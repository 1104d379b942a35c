import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { asFlow } from '../lib/admin/parse.ts';
import { openapi } from '../lib/api/openapi.ts';
import { routes } from '../lib/api/routes/index.ts';
import { check } from '../lib/engine/check.ts';
import { flowSchema } from '../lib/engine/schema.ts';
import { firstCharacters } from '../lib/flow/length.ts';
import { isVisible, nameText } from '../lib/flow/name.ts';
import { upTo } from '../web/src/shell/length.ts';
import { namesIn } from '../web/src/words/naming.ts';
import { greeting } from './kit/sampleflows.ts';
import { pointerTo, validatorsOf } from './kit/schemavalidators.ts';
import { translatorOf } from './kit/translator.ts';

const api = validatorsOf(openapi(routes));
const flowFile = validatorsOf(flowSchema())('#');
const group = { ringSeconds: 20, wrapUpSeconds: 0, maxQueue: 10 };
const agent = { endpoint: '+15550123', skillGroups: [] };

/** Whether each of the doors that take a name takes this one: by its schema, and by what it does. */
function taken(name: string): Record<string, readonly [described: boolean, done: boolean]> {
  const flow = { ...greeting('a'), name };
  const bodies: Record<string, [key: string, body: object]> = {
    'a new flow': ['POST /api/flows', { name }],
    'a skill group': ['PUT /api/skill-groups/{id}', { name, ...group }],
    'an agent': ['PUT /api/agents/{staffNo}', { name, ...agent }],
    "an agent's user": ['PUT /api/agents/{staffNo}', { name: 'Ann', user: name, ...agent }],
  };
  const doors = Object.entries(bodies).map(([door, [key, body]]) => {
    const [method = '', path = ''] = key.split(' ');
    const request = ['paths', path, method.toLowerCase(), 'requestBody'];
    const described = api(pointerTo(...request, 'content', 'application/json', 'schema'));
    const schema = routes.find((route) => route.key === key)?.docs.body?.schema;
    return [door, [described(body), v.is(schema as v.GenericSchema, body)]] as const;
  });
  const file = [flowFile(flow), check(flow).length === 0] as const;
  const draft = [api('#/components/schemas/Draft')(flow), isKept(flow)] as const;
  return { ...Object.fromEntries(doors), 'a file': file, 'a draft': draft };
}

function isKept(flow: unknown): boolean {
  try {
    return asFlow(flow).flow === flow;
  } catch {
    return false;
  }
}

describe('a name', () => {
  const all = (is: boolean) =>
    Object.fromEntries(Object.keys(taken('A')).map((door) => [door, [is, is]] as const));

  test.each(['A', '总机', '😀'.repeat(100), '\u200b前台\u200b', '·', `${'x'.repeat(99)}😀`])(
    '%j is taken at every door, by its schema, too',
    (name) => expect(taken(name)).toEqual(all(true)),
  );

  test.each(['', ' ', '\u3000', '\u200b', '\u200e\ufeff', '\u3164', '\u2800', '\u{e0041}', '\ufe0f'])(
    '%j, of which nobody can see anything, is taken at none',
    (name) => expect(taken(name)).toEqual(all(false)),
  );

  test.each([
    'a\u0000',
    '\u001b[31mA',
    'A\nB',
    'A\r',
    'A\tB',
    'A\u007f',
    'A\u009bB',
    'A\u2028B',
    '\u202eA',
    'A\u2066B',
    '\u200fA',
  ])('%j, which holds a control or turns the direction of writing, is taken at none', (name) =>
    expect(taken(name)).toEqual(all(false)),
  );

  test('of a megabyte is refused at once, whatever it ends with', () => {
    const before = performance.now();
    for (const end of ['', '\u0000', '\u202e'])
      expect(v.is(nameText(100), `${'a '.repeat(500_000)}${end}`)).toBe(false);
    // Three megabytes take some milliseconds, and hours if a rule tries every place again.
    expect(performance.now() - before).toBeLessThan(2000);
  });

  test('of more than 100 characters is too long, of a user more than 128', () => {
    const long = taken('😀'.repeat(101));
    expect(long).toEqual({ ...all(false), "an agent's user": [true, true] });
    expect(taken('😀'.repeat(129))["an agent's user"]).toEqual([false, false]);
  });

  test('that cannot be seen is refused in words', () => {
    const told = (name: string) => check({ ...greeting('a'), name }).map(({ message }) => message);
    expect(told(' ')).toEqual(['`name` is empty.']);
    expect(told('\u200b')).toEqual(['`name` holds no character that can be seen: write letters or digits.']);
    const why = 'a control character or one that turns the direction of writing: remove it.';
    expect(told('A\u202eB')).toEqual([`\`name\` holds U+202E, ${why}`]);
    expect(told('\u001b[31m')).toEqual([`\`name\` holds U+001B, ${why}`]);
  });
});

test('what cannot be seen is what Unicode says, and the empty Braille pattern', () => {
  const unseen = /[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
  const wrong: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if (isVisible(character) === unseen.test(character)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

describe('what people write in a flow', () => {
  const drawing = (texts: { note?: string; description?: string; label?: string; key?: string }) => {
    const { note = 'x', description = 'x', label = 'x', key = 'x' } = texts;
    const flow = greeting('a');
    const exits = { 1: 'end' };
    const menu = { type: 'branch', prompt: { text: 'One.' }, label, description, labels: { 1: key }, exits };
    const start = { type: 'start', exits: { next: 'menu' } };
    const nodes = { start, menu, end: { type: 'end', prompt: { text: 'Bye.' } } };
    return { ...flow, description, nodes, notes: { a: { at: [0, 0], text: note } } };
  };
  const fields = (flow: unknown) =>
    check(flow).flatMap(({ severity, field }) => (severity === 'error' ? [field] : []));
  const valid = (flow: unknown) => flowFile(flow);

  test('may go over several lines in notes and descriptions', () => {
    const flow = drawing({ note: 'a\r\n\tb', description: '# a\n\nb' });
    expect([fields(flow), valid(flow)]).toEqual([[], true]);
  });

  test.each([
    [{ note: 'a\u001b' }, ['notes.a.text']],
    [{ note: 'a\u202e' }, ['notes.a.text']],
    [{ label: 'a\nb' }, ['label']],
    [{ label: '\u2067b' }, ['label']],
    [{ key: 'a\u0007' }, ['labels.1']],
    [{ description: 'a\u0000' }, ['description', 'description']],
  ])('%j is told by its field, and refused by the schema', (texts, expected) => {
    const flow = drawing(texts);
    expect([fields(flow), valid(flow)]).toEqual([expected, false]);
  });

  test.each(['a\u001b', 'a\u202e', 'a\u0000'])('a version is not published with the note %j', (note) => {
    const schema = routes.find(({ key }) => key === 'POST /api/flows/{id}/publish')?.docs.body?.schema;
    expect(v.is(schema as v.GenericSchema, { note })).toBe(false);
    expect(v.is(schema as v.GenericSchema, { note: 'Two\nlines' })).toBe(true);
  });
});

test('a field of the console takes as many characters as the schema, and cuts none in half', () => {
  const { count } = upTo(3);
  expect(count.strategy('a😀b')).toBe(3);
  expect(count.exceedFormatter('a😀bc')).toBe('a😀b');
  expect(firstCharacters('😀😀', 1)).toBe('😀');
});

test('a node whose label cannot be seen is called by its type', () => {
  const names = namesIn(translatorOf('en-US'));
  expect(names.node({ type: 'end', label: '\u200b' })).toBe(names.type('end'));
  expect(names.node({ type: 'end', label: ' Bye ' })).toBe('Bye');
});

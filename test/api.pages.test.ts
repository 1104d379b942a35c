import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileLines } from '../lib/calls/filing.ts';
import { cursorAt } from '../lib/store/table/page.ts';
import { setUpApi } from './kit/api.ts';
import { greeting } from './kit/sampleflows.ts';
import { send as sendRaw } from './kit/send.ts';

const { ask, send, token, url, admin } = setUpApi();

/** Every list of the API, each with two entries or more. */
const lists = [
  '/api/flows',
  '/api/flows/first/versions',
  '/api/flows/second/versions',
  '/api/numbers',
  '/api/skill-groups',
  '/api/agents',
  '/api/queues',
  '/api/calls',
  '/api/audit',
];

beforeAll(async () => {
  for (const id of ['first', 'second']) {
    const { headers } = await ask('POST', '/api/flows', { name: id, id });
    let etag = headers.get('etag') ?? '';
    for (const text of ['One.', 'Two.']) {
      const saved = await ask('PUT', `/api/flows/${id}`, greeting(id, text), { 'if-match': etag });
      etag = saved.headers.get('etag') ?? '';
      await ask('POST', `/api/flows/${id}/publish`, {});
    }
    await ask('PUT', `/api/numbers/+1202555010${id.length}`, { flow: id });
    await ask('PUT', `/api/skill-groups/${id}`, { name: id });
    const agent = { name: id, endpoint: `sip:${id}@example.com`, skillGroups: [id] };
    await ask('PUT', `/api/agents/${id.length}`, agent);
  }
  const lines = ['CA1', 'CA2'].map((callSid) => {
    const line = { journal: 1, at: '2026-07-01T09:30:00.000Z', callSid, trouble: 'unknown-number' };
    return JSON.stringify({ ...line, from: '+12025550199', to: '+12025550100' });
  });
  await fileLines(admin().table, lines, 10_000);
});

const cursors = async () => {
  const found = new Map<string, string>();
  for (const path of lists) {
    const { status, body } = await ask('GET', `${path}?limit=1`);
    expect([path, status, body.items.length, typeof body.next]).toEqual([path, 200, 1, 'string']);
    found.set(path, body.next);
  }
  return found;
};

describe('a cursor', () => {
  test('goes on in its own list, without escapes in the query', async () => {
    for (const [path, next] of await cursors()) {
      expect(next).toMatch(/^[A-Za-z0-9_-]+$/);
      const { status, body } = await ask('GET', `${path}?limit=1&after=${next}`);
      expect([path, status, body.items.length]).toEqual([path, 200, 1]);
    }
  });

  test('of another list is a 400, between any two lists', async () => {
    const found = await cursors();
    for (const path of lists) {
      for (const [other, next] of found) {
        if (other === path) continue;
        const { status, body } = await ask('GET', `${path}?after=${next}`);
        expect([path, other, status, body.type]).toEqual([
          ...[path, other, 400, 'urn:branchline:error:cursor-foreign'],
        ]);
      }
    }
  });

  test('that was cut anywhere is a 400', async () => {
    for (const [path, next] of await cursors()) {
      for (let length = 1; length < next.length; length += 1) {
        const { status } = await ask('GET', `${path}?after=${next.slice(0, length)}`);
        expect([path, next.slice(0, length), status]).toEqual([path, next.slice(0, length), 400]);
      }
    }
  });

  const base64 = (text: string) => Buffer.from(text).toString('base64url');
  const made = (name: string, place: string) => cursorAt({ name, place: /./ }, place);

  test.each([
    '',
    'garbage',
    '%00',
    '__proto__',
    'x'.repeat(1500),
    'first',
    '%2B12025550105',
    '2',
    base64('flows\nfirst'),
    base64('aaaaaa\nflows\nfirst'),
    made('flows', ''),
    made('flows', 'First'),
    made('flows', 'x'.repeat(1500)),
    made('calls', `2026-07-01T09:30:00.000Z#${'x'.repeat(129)}`),
    made('agents', '12345678901'),
    made('numbers', '12025550100'),
    made('audit', '2026-07-01T09:30:00.000Z#0'),
    made('versions of first', '0'),
    `${made('flows', 'first')}%3D%3D`,
    `.${made('flows', 'first')}`,
    made('flows', 'first').slice(0, -4),
  ])('that no page gave is a 400 in every list: %s', async (after) => {
    for (const path of lists) {
      const { status, body } = await ask('GET', `${path}?after=${after}`);
      expect([path, status, body.type]).toEqual([path, 400, 'urn:branchline:error:cursor-foreign']);
    }
  });
});

describe('HEAD', () => {
  test('answers as GET does, without a body', async () => {
    for (const path of [...lists, '/api/flows/first', '/api/flows/first/versions/1', '/api/agents/5']) {
      const got = await ask('GET', path);
      const head = await fetch(url() + path, {
        method: 'HEAD',
        headers: { authorization: `Bearer ${await token(['admin'], 'ann')}` },
      });
      const told = ['content-type', 'etag', 'cache-control'].map((name) => head.headers.get(name));
      expect([path, head.status, await head.text(), ...told]).toEqual([
        ...[path, 200, ''],
        ...['content-type', 'etag', 'cache-control'].map((name) => got.headers.get(name)),
      ]);
    }
  });

  test('is refused where GET is', async () => {
    const viewer = await token(['viewer'], 'vic');
    for (const [path, status] of [
      ['/api/audit', 403],
      ['/api/flows/none', 404],
      ['/api/flows?limit=0', 422],
      ['/api/flows/first/publish', 405],
    ] as const) {
      const answer = await send('HEAD', path, { token: viewer });
      expect([path, answer.status, answer.body]).toEqual([path, status, '']);
    }
  });
});

test('the answers of the gateway itself stand in docs/errors.md', async () => {
  const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8');
  const large = 'x'.repeat(10 * 1024 * 1024 + 1);
  for (const [path, sent, status] of [
    ['/api/flows/%', {}, 400],
    ['/api/flows', {}, 401],
    ['/nowhere', {}, 404],
    ['/api/flows', { headers: { host: 'evil.example' } }, 403],
    ['/api/flows', { headers: { 'x-forwarded-for': '192.0.2.1' } }, 404],
    ['/api/flows', { method: 'POST', body: large }, 413],
  ] as const) {
    const answer = await sendRaw(url() + path, sent);
    expect([path, answer.status, answer.headers['content-type']]).toEqual([path, status, 'application/json']);
    const { message } = JSON.parse(answer.body);
    expect(page).toContain(`| ${status} | \`${message.replace(/\. The address.*/, '. …')}\` |`);
  }
});

test('a parameter that a call does not take is refused by its name: a misspelt filter must not give everything', async () => {
  const { paths } = (await ask('GET', '/api/openapi.json')).body as {
    paths: Record<string, Record<string, { parameters: { name: string; in: string }[] }>>;
  };
  const taking = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters }]) =>
      parameters.some((each) => each.in === 'query') ? [{ method: method.toUpperCase(), path }] : [],
    ),
  );
  expect(taking.map(({ path }) => path)).toEqual(expect.arrayContaining(['/api/flows', '/api/calls']));
  for (const { method, path } of taking) {
    const there = path.replace(/\{[^}]+\}/g, 'first');
    const { status, body } = await ask(method, `${there}?sinse=2026-01-01`);
    const refusal = expect.objectContaining({ rule: 'unknown', field: 'sinse' });
    expect([path, status, body.problems]).toEqual([path, 422, expect.arrayContaining([refusal])]);
  }
  expect((await ask('GET', '/api/flows/first?sinse=2026-01-01')).status).toBe(200);
});

test('a lone surrogate is refused in any text or key: the database has no form of it', async () => {
  const refused = async (method: string, path: string, body: unknown, field: string) => {
    const answered = await ask(method, path, body, { 'if-match': '*' });
    expect(answered).toMatchObject({ status: 422, body: { problems: [{ rule: 'bad-value', field }] } });
    expect(answered.body.detail).toContain('holds U+D83D, half of a character');
  };
  await refused('PUT', '/api/skill-groups/first', { name: 'Sales \ud83d' }, 'name');
  const agent = { name: 'Ann', endpoint: 'client:ann', skillGroups: ['first'], user: '\ud83d' };
  await refused('PUT', '/api/agents/5', agent, 'user');
  const drawn = { ...greeting('first'), layout: { '\ud83d': { x: 1, y: 1 } } };
  await refused('PUT', '/api/flows/first', drawn, 'layout.\ufffd');
  await refused('POST', '/api/flows/check', '"\\ud83d"', 'body');
  const whole = await ask('PUT', '/api/skill-groups/first', '{"name":"Sales \\ud83d\\ude00"}');
  expect([whole.status, whole.body.name]).toEqual([200, 'Sales 😀']);
  const deep = `${'['.repeat(100_000)}"\\ud83d"${']'.repeat(100_000)}`;
  expect((await ask('PUT', '/api/skill-groups/first', deep)).status).toBe(422);
});

test('a key that stands twice in an object of the body is refused: only the last one would be stored', async () => {
  const json = `{"schema":1,"id":"first","name":"F","nodes":{
    "start":{"type":"start","exits":{"next":"end"}},
    "end":{"type":"end"},
    "end":{"type":"hangup"}}}`;
  const { status, body } = await ask('PUT', '/api/flows/first', json, { 'if-match': '*' });
  const problem = { rule: 'duplicate-key', field: 'nodes.end' };
  expect([status, body.problems]).toMatchObject([422, [problem]]);
  expect(body.detail).toBe('The key `nodes.end` stands on line 3 and again on line 4: keep one of them.');
  expect((await ask('PUT', '/api/skill-groups/first', '{"name":"One","name":"Two"}')).status).toBe(422);
});

import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import { step } from '../lib/engine/step.ts';
import { begin } from '../lib/flow/cursor.ts';
import { noMemory } from '../lib/flow/memory.ts';
import { fillBody, fillPath, takeValues } from '../lib/flow/request.ts';

const take = (text: string, from = '/value') => takeValues(text, [{ variable: 'V', from }])?.V;

describe('what is taken out of an answer', () => {
  test.each([
    ['a text', '{"value":"gold"}', 'gold'],
    ['a text with quotes and a number', String.raw`{"value":"say \"5\" \\"}`, String.raw`say "5" \ `.trim()],
    ['a number as text', '{"value":"0012"}', '0012'],
    ['a number as it is written', '{"value":12.50}', '12.50'],
    ['a number of 20 digits', '{"value":12345678901234567890}', '12345678901234567890'],
    ['a number with an exponent', '{"value":1E3}', '1E3'],
    ['true', '{"value":true}', 'true'],
    ['false', '{"value":false}', 'false'],
    ['null', '{"value":null}', undefined],
    ['a list', '{"value":["gold"]}', undefined],
    ['an object', '{"value":{"a":1}}', undefined],
    ['a text of 257 characters', `{"value":"${'x'.repeat(257)}"}`, undefined],
    ['nothing', '{}', undefined],
    ['a text behind a byte order mark', '\ufeff{"value":"gold"}', 'gold'],
  ])('%s', (_, text, value) => expect(take(text)).toBe(value));

  test('lies where its pointer leads, in lists, too', () => {
    expect(take('{"a/b":{"~":[1,{"":"deep"}]}}', '/a~1b/~0/1/')).toBe('deep');
    expect(take('"whole"', '')).toBe('whole');
    expect(take('[1]', '/00')).toBe(undefined);
    expect(take('{}', '/constructor/name')).toBe(undefined);
    expect(take('{"__proto__":{"x":"y"}}', '/__proto__/x')).toBe('y');
  });

  test('is nothing at all of what is no JSON', () => {
    for (const text of ['', '<html>5</html>', '{"value":01}', '{"value":"a', "{'value':1}"]) {
      expect(takeValues(text, [])).toBe(undefined);
    }
  });

  test('of JSON that is nested 30,000 deep is found without falling over', () => {
    const depth = 30_000;
    expect(take(`${'['.repeat(depth)}${']'.repeat(depth)}`)).toBe(undefined);
    expect(takeValues('['.repeat(depth), [])).toBe(undefined);
  });
});

describe('the path of a request', () => {
  const path = (text: string, value: string) => fillPath(text, () => ({ text: value }));

  test.each([
    ['a/b', '/x/a%2Fb'],
    ['?a=b#c', '/x/%3Fa%3Db%23c'],
    ['//evil.example', '/x/%2F%2Fevil.example'],
    ['a\r\nHost: evil', '/x/a%0D%0AHost%3A%20evil'],
    ['\\a..\\', '/x/%5Ca..%5C'],
    ['余额\ud800', '/x/%E4%BD%99%E9%A2%9D'],
    ['..', undefined],
    ['.', undefined],
    ['\\..\\', undefined],
    ['../../admin', undefined],
    ['sip:bob@x;a=../..', undefined],
    ['a/./b', undefined],
    ['%2e%2e', '/x/%252e%252e'],
    ['%2F..', '/x/%252F..'],
  ])('holds the value %j encoded', (value, filled) => expect(path('/x/${V}', value)).toBe(filled));

  test('cannot be led elsewhere by two variables, or by what stands beside one', () => {
    expect(path('/x/${V}${V}/y', '.')).toBe(undefined);
    expect(path('/x/.${V}/y', '.')).toBe(undefined);
    expect(path('/x/%2e${V}', '.')).toBe(undefined);
    expect(path('/x/a%2F${V}', '..')).toBe(undefined);
    expect(path('/x/%ff${V}', '/..')).toBe(undefined);
    expect(path('/x?q=${V}', '..')).toBe('/x?q=..');
  });
});

test('a body has its texts filled, as texts', () => {
  const body = { a: '${V}', '${V}': ['x${V}', 1, null, true] };
  expect(JSON.parse(fillBody(body, () => ({ text: '"\n' })))).toEqual({
    a: '"\n',
    '${V}': ['x"\n', 1, null, true],
  });
});

const queue = (settings: object, exits: object = { next: 'end' }) => ({
  ...({ schema: 1, id: 'ask', name: 'Ask' } as const),
  nodes: {
    start: { type: 'start', exits: { next: 'crm' } },
    crm: { type: 'request', connection: 'crm', ...settings, exits },
    end: { type: 'end', prompt: { text: 'Tier ${Tier}.' } },
  },
});
const tier = { take: [{ variable: 'Tier', from: '/tier', default: 'none' }] };

describe('a request in a flow', () => {
  test.each<[string, object, string, string]>([
    ['5 s three times', { timeoutSeconds: 5, tries: 3 }, 'request-too-long', 'error'],
    ['3 s without a wait prompt', { timeoutSeconds: 3 }, 'wait-unsaid', 'warning'],
    ['a body with GET', { method: 'GET', body: {} }, 'body-unsent', 'error'],
    ['a path with ..', { path: '/a/../b' }, 'bad-value', 'error'],
    ['a path with an encoded ..', { path: '/a/%2E%2e' }, 'bad-value', 'error'],
    ['a path with .. behind an encoded slash', { path: '/%2E%2e%2fx' }, 'path-leaves', 'error'],
    ['a path with .. before an encoded backslash', { path: '/a/..%5Cx' }, 'path-leaves', 'error'],
    ['a path with . behind an encoded slash', { path: '/a%2f%2E' }, 'path-leaves', 'error'],
    ['a path with a fragment', { path: '/a#b' }, 'bad-value', 'error'],
    ['a path with a line break', { path: '/a\r\nb' }, 'bad-value', 'error'],
    ['a path with a backslash', { path: '/a\\b' }, 'bad-value', 'error'],
    ['a path without a slash', { path: 'a' }, 'bad-value', 'error'],
    ['a body with an unknown variable', { body: { a: ['${Nobody}'] } }, 'unknown-variable', 'error'],
    ['a pointer that is invalid', { take: [{ variable: 'Tier', from: 'tier' }] }, 'bad-value', 'error'],
  ])('%s is a problem', (_, settings, rule, severity) => {
    const found = check(queue({ ...tier, ...settings }), { connections: new Set(['crm']) });
    expect(found).toContainEqual(expect.objectContaining({ rule, severity, node: 'crm' }));
  });

  test('names a connection that must be known', () => {
    expect(check(queue(tier), { connections: new Set() })).toMatchObject([
      { rule: 'unknown-connection', severity: 'warning', field: 'connection' },
    ]);
    expect(check(queue(tier))).toEqual([]);
  });

  test.each<[string, object, object[]]>([
    ['without a default, as it is unset then', {}, [{ rule: 'maybe-unset', node: 'told' }]],
    ['but not with one', { default: 'none' }, []],
  ])('warns of a variable of before that is named where the request failed: %s', (_, more, found) => {
    const asks = queue(
      { take: [{ variable: 'Tier', from: '/tier', ...more }] },
      { next: 'end', failed: 'told' },
    );
    const { nodes } = asks;
    const flow = {
      ...asks,
      nodes: {
        ...{ start: { type: 'start', exits: { next: 'first' } }, crm: nodes.crm, end: nodes.end },
        first: { type: 'set', values: [{ variable: 'Tier', value: 'none' }], exits: { next: 'crm' } },
        told: { type: 'end', prompt: { text: 'Tier ${Tier}.' } },
      },
    };
    expect(check(flow)).toMatchObject(found);
  });

  test.each<[string, object, string[]]>([
    ['an answer that lacks it', { status: 200, values: {} }, ['Other']],
    ['a failure', { failed: true }, ['Other']],
    ['an answer that has it', { status: 200, values: { Tier: 'gold' } }, ['Other', 'Tier']],
  ])('keeps no value of an earlier answer after %s', (_, answer, names) => {
    const menu = { type: 'branch', prompt: { text: 'x' }, exits: { 1: 'crm' } };
    const asks = queue({ take: [{ variable: 'Tier', from: '/tier' }] }, { next: 'menu' });
    const flow = { ...asks, nodes: { ...asks.nodes, menu } };
    const variables = { Tier: { text: 'silver' }, Other: { text: 'x' } };
    const call = { callSid: 'CA1', from: '+15550123', to: '+15550100' };
    const event = { event: 'arrived', call } as const;
    const cursor = begin('ask', 1, 'en-US', 'en-US');
    const { ask } = step(flow as never, cursor, { variables }, event, []);
    const taken = step(flow as never, cursor, { variables }, event, [{ ask, answer } as never]);
    expect(Object.keys(taken.wait?.memory.variables ?? {}).sort()).toEqual(names);
  });

  test.each<[string, string, string]>([
    ['a path of a version that was published before it was an error', '/a%2F../b', 'Nobody'],
    ['a value with an encoded ..', '/x/${Who}', 'sip:bob@x;a=../..'],
  ])('fails, and asks nobody, with %s', (_, path, who) => {
    const flow = queue({ ...tier, path }, { next: 'other', failed: 'end' });
    const call = { callSid: 'CA1', from: '+15550123', to: '+15550100' };
    const memory = { variables: { Who: { text: who } } };
    const taken = step(flow as never, begin('ask', 1, 'en-US'), memory, { event: 'arrived', call }, []);
    expect(taken.ask).toBeUndefined();
    expect(taken.journal.find(({ node }) => node === 'crm')).toMatchObject({ exit: 'failed' });
    expect(taken.verbs).toMatchObject([{ verb: 'say', text: 'Tier none.' }, { verb: 'hangup' }]);
  });

  test.each<[string, object, string]>([
    ['the value', { status: 200, values: { Tier: 'gold' } }, 'Tier gold.'],
    ['the default of what the answer lacks', { status: 200, values: {} }, 'Tier none.'],
    ['the default, and `next`, if it failed and `failed` is not connected', { failed: true }, 'Tier none.'],
  ])('sets %s', (_, answer, text) => {
    const flow = queue(tier);
    const call = { callSid: 'CA1', from: '+15550123', to: '+15550100' };
    const event = { event: 'arrived', call } as const;
    const cursor = begin('ask', 1, 'en-US', 'en-US');
    const { ask } = step(flow as never, cursor, noMemory, event, []);
    expect(ask).toMatchObject({ ask: 'request', connection: 'crm', method: 'POST', path: '/', tries: 1 });
    const taken = step(flow as never, cursor, noMemory, event, [{ ask, answer } as never]);
    expect(taken.verbs).toMatchObject([{ verb: 'say', text }, { verb: 'hangup' }]);
    expect(taken.journal.find(({ node }) => node === 'crm')).toMatchObject({ exit: 'next' });
  });
});

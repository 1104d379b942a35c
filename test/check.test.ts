import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, faulty, misshapen } from '../lib/engine/check.ts';
import type { Facts } from '../lib/engine/facts.ts';
import { flows } from './kit/randomflows.ts';

/** The problems of a document, as `rule node.field`. */
function rules(document: unknown, facts?: Facts): string[] {
  return check(document, facts).map(({ rule, node, field }) =>
    [rule, [node, field].filter((part) => part !== undefined).join('.')].join(' ').trim(),
  );
}

const end = { type: 'end', prompt: { text: 'Bye.' } };

/** A menu at which every caller hears something. */
function menu(exits: object, more: object = {}) {
  const prompt = { text: 'x' };
  return { type: 'branch', prompt, timeoutPrompt: prompt, errorPrompt: prompt, ...more, exits };
}

/** A flow in order but for these nodes and this head. */
function flowOf(nodes: object, head: object = {}) {
  return {
    schema: 1,
    id: 'a',
    name: 'A',
    nodes: { start: { type: 'start', exits: { next: 'n' } }, ...nodes },
    ...head,
  };
}

describe('documents that cannot be kept', () => {
  test.each([
    ['null', null, ['shape']],
    ['a list', [], ['shape']],
    ['a text', '{}', ['shape']],
    ['an empty object', {}, ['shape schema', 'shape id', 'shape name', 'shape nodes']],
    ['a newer schema', flowOf({ n: end }, { schema: 2 }), ['shape schema']],
    ['a bad id', flowOf({ n: end }, { id: 'A b' }), ['shape id']],
    ['a name too long', flowOf({ n: end }, { name: 'x'.repeat(101) }), ['shape name']],
    ['an empty name', flowOf({ n: end }, { name: ' ' }), ['shape name']],
    ['a language that is invalid', flowOf({ n: end }, { language: 'english!' }), ['shape language']],
    ['nodes in a list', { ...flowOf({}), nodes: [] }, ['shape nodes']],
    [
      'a node id __proto__',
      JSON.parse('{"schema":1,"id":"a","name":"A","nodes":{"__proto__":{"type":"end"}}}'),
      ['shape nodes'],
    ],
    ['a node that is no object', flowOf({ n: 5 }), ['shape n.type']],
    ['exits in a list', flowOf({ n: { type: 'play', prompt: { text: 'x' }, exits: [] } }), ['shape n.exits']],
    [
      'an exit that is no text',
      flowOf({ n: { type: 'play', prompt: { text: 'x' }, exits: { next: 5 } } }),
      ['shape n.exits.next'],
    ],
    ['a number as a text', flowOf({ n: { type: 'end', prompt: { text: 5 } } }), ['shape n.prompt']],
    [
      'a text as a number',
      flowOf({ n: { type: 'branch', prompt: { text: 'x' }, maxErrors: '3', exits: { 1: 'n' } } }),
      ['shape n.maxErrors'],
    ],
    ['a layout that is invalid', flowOf({ n: end }, { layout: { n: [1] } }), ['shape layout.n']],
    [
      'a layout of constructor',
      flowOf({ n: end }, { layout: { constructor: 'x' } }),
      ['shape layout.constructor'],
    ],
  ])('%s', (_, document, expected) => {
    expect(rules(document)).toEqual(expected);
    expect(misshapen(check(document))).toBe(true);
  });
});

test.each([
  ['promt', flowOf({ n: { ...end, promt: { text: 'x' } } }), 'of `end` nodes. Did you mean `prompt`?'],
  ['Prompt', flowOf({ n: { ...end, Prompt: { text: 'x' } } }), 'of `end` nodes. Did you mean `prompt`?'],
  ['maxErrors', flowOf({ n: { ...end, maxErrors: 3 } }), 'of `end` nodes: their settings are prompt.'],
  ['descriptoin', flowOf({ n: end }, { descriptoin: '' }), 'of a flow. Did you mean `description`?'],
  ['hue', flowOf({ n: end }, { hue: 'red' }), 'of a flow: remove it.'],
  ['paly', flowOf({ n: { type: 'paly' } }), 'of this release. Did you mean `play`?'],
])('an unknown name is reported with the one that was meant, if one is close: %s', (_, flow, end) => {
  expect(check(flow)[0]?.message.endsWith(end)).toBe(true);
});

describe('drafts that cannot be published', () => {
  const text = { text: 'x' };
  test.each([
    ['no start', { ...flowOf({}), nodes: { n: end } }, ['no-start nodes']],
    ['two starts', flowOf({ n: { type: 'start', exits: { next: 'e' } }, e: end }), ['two-starts n']],
    ['an unknown type', flowOf({ n: { type: 'dance' } }), ['unknown-type n.type']],
    [
      'a type that every object has',
      flowOf({ n: { type: 'constructor', exits: {} } }),
      ['unknown-type n.type'],
    ],
    [
      'a missing setting',
      flowOf({ n: { type: 'play', exits: { next: 'n2' } }, n2: end }),
      ['missing-setting n.prompt'],
    ],
    ['an unknown setting', flowOf({ n: { ...end, maxErrors: 3 } }), ['unknown-setting n.maxErrors']],
    ['an unknown field', flowOf({ n: end }, { colour: 'red' }), ['unknown-setting colour']],
    [
      'an empty text',
      flowOf({ n: { type: 'end', prompt: { text: ' \u0000' } } }),
      ['bad-value n.prompt.text', 'lost-characters n.prompt.text'],
    ],
    ...['😀', '…', '。', '--', '\u200b', '\u200e', '\u3164', '\uffa0\u115f', '\u2800', '$'].map(
      (sign): [string, object, string[]] => [
        `a text with nothing to speak: ${JSON.stringify(sign)}`,
        flowOf({ n: { type: 'end', prompt: [text, { text: sign }] } }),
        ['bad-value n.prompt.1.text'],
      ],
    ),
    ['an empty list of prompts', flowOf({ n: { type: 'end', prompt: [] } }), ['bad-value n.prompt']],
    [
      '3,001 characters',
      flowOf({ n: { type: 'end', prompt: [text, { text: `x${'😀'.repeat(3000)}` }] } }),
      ['bad-value n.prompt.1.text'],
    ],
    [
      'a prompt over 16 KB',
      flowOf({ n: { type: 'end', prompt: Array(6).fill({ text: '中'.repeat(1000) }) } }),
      ['bad-value n.prompt'],
    ],
    [
      'a number out of range',
      flowOf({ n: menu({ 1: 'n' }, { timeoutSeconds: 0, maxErrors: 11, maxTimeouts: 1.5 }) }),
      ['bad-value n.maxErrors', 'bad-value n.timeoutSeconds', 'bad-value n.maxTimeouts'],
    ],
    [
      'an exit to nowhere',
      flowOf({ n: { type: 'play', prompt: text, exits: { next: 'toString' } } }),
      ['exit-to-nowhere n.exits.next'],
    ],
    [
      'a required exit unconnected',
      flowOf({ n: { type: 'play', prompt: text } }),
      ['unconnected-exit n.exits.next'],
    ],
    ['no key connected', flowOf({ n: menu({ timeout: 'n' }) }), ['unconnected-exit n.exits']],
    [
      'an exit that is invalid',
      flowOf({ n: { ...end, exits: { next: 'n' } } }),
      ['unknown-exit n.exits.next', 'endless n.exits.next'],
    ],
    [
      'a variable nobody knows',
      flowOf({ n: { type: 'end', prompt: { text: 'x ${StaffNo} ${Nobody} ${Nobody}' } } }),
      ['unknown-variable n.prompt.text', 'unknown-variable n.prompt.text'],
    ],
    [
      'a language without a voice',
      flowOf({ n: { type: 'end', prompt: text } }, { language: 'tlh' }),
      ['unknown-language n.prompt.language'],
    ],
    [
      'a node that plays itself',
      flowOf({ n: { type: 'play', prompt: text, exits: { next: 'n' } } }),
      ['endless n.exits.next'],
    ],
    [
      'a circle by way of a transfer',
      flowOf({
        n: { type: 'transfer', skillGroup: 's', exits: { next: 'm' } },
        m: { type: 'play', prompt: text, exits: { next: 'n' } },
      }),
      ['endless m.exits.next'],
    ],
    ['a node nobody reaches', flowOf({ n: end, alone: end }), ['unreachable alone']],
  ])('%s', (name, document, expected) => {
    expect(rules(document)).toEqual(expected);
    expect(misshapen(check(document))).toBe(false);
    expect(faulty(check(document))).toBe(name !== 'a node nobody reaches');
  });

  test.each(['1', '①', '〇', 'ß', '中', '${SystemCallerNumber}', '…a'])('a text of %j is fine', (text) => {
    expect(rules(flowOf({ n: { type: 'end', prompt: [{ text }, { text: 'x' }] } }))).toEqual([]);
  });

  test('every problem says in a sentence what to do', () => {
    for (const { message } of check(
      flowOf({ n: { type: 'play', maxErrors: 5, prompt: { text: '${X}' } } }),
    )) {
      expect(message).toMatch(/^.+(?:: .+\.|\. Did you mean `\w+`\?)$/);
    }
  });
});

describe('limits', () => {
  /** A chain of plays from `first`, then what comes last. */
  function chain(count: number, last: object, first = 'n') {
    const ids = [first, ...Array.from({ length: count - 1 }, (_, index) => `${first}${index}`)];
    const nodes = ids.map((id, index) => {
      const next = ids[index + 1] ?? 'last';
      return [id, { type: 'play', prompt: { text: 'x' }, exits: { next } }];
    });
    return { ...Object.fromEntries(nodes), last };
  }

  test('100 nodes in a row are fine, 101 are not', () => {
    expect(rules(flowOf(chain(98, end)))).toEqual([]);
    expect(rules(flowOf(chain(99, end)))).toEqual(['too-long-walk start']);
  });

  test('a menu between them starts the count again', () => {
    const nodes = { ...chain(99, menu({ 1: 'm', 2: 'end' })), end };
    expect(
      rules(flowOf({ ...nodes, m: { type: 'play', prompt: { text: 'x' }, exits: { next: 'end' } } })),
    ).toEqual([]);
    const { last: _, ...more } = chain(101, end, 'm');
    const long = { ...more, m99: { type: 'play', prompt: { text: 'x' }, exits: { next: 'end' } } };
    expect(rules(flowOf({ ...nodes, ...long }))).toEqual(['too-long-walk last.exits.1']);
  });

  test('2,000 nodes are fine, 2,001 are not, and a deep chain breaks nothing', () => {
    const menus = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          index === 0 ? 'n' : `n${index}`,
          menu({ 1: index === count - 1 ? 'n' : `n${index + 1}` }),
        ]),
      );
    expect(rules(flowOf(menus(1999)))).toEqual([]);
    expect(rules(flowOf(menus(2000)))).toEqual(['too-many-nodes nodes']);
    expect(rules(flowOf(chain(1998, end)))).toEqual(['too-long-walk start']);
    expect(rules(flowOf(chain(20_000, end)))).toContain('too-many-nodes nodes');
  });

  test('a document of 1 MB is fine, one byte more is not', () => {
    const flowIn = (place: string) => flowOf({ n: end }, { layout: { [place]: [0, 0] } });
    const bare = Buffer.byteLength(JSON.stringify(flowIn('')));
    const fill = (bytes: number) => flowIn('x'.repeat(bytes - bare));
    expect(rules(fill(1024 * 1024))).toEqual([]);
    expect(rules(fill(1024 * 1024 + 1))).toEqual(['too-large']);
  });
});

describe('facts', () => {
  const flow = flowOf({
    n: {
      type: 'transfer',
      skillGroup: 'sales',
      transferringPrompt: { audio: 'hello' },
      holdMusic: { audio: 'waltz' },
      exits: { next: 'e' },
    },
    e: { type: 'end', prompt: [{ audio: 'hold-music' }, { audio: 'bye' }] },
  });

  test('that are not given are not checked', () => {
    expect(rules(flow)).toEqual([]);
  });

  test('an unknown group is a warning, unknown audio an error, and hold music is always there', () => {
    const found = check(flow, { groups: new Set(['support']), audio: new Map([['hello', 5]]) });
    expect(found.map(({ rule, severity, node, field }) => [rule, severity, node, field])).toEqual([
      ['unknown-audio', 'error', 'n', 'holdMusic.audio'],
      ['unknown-audio', 'error', 'e', 'prompt.1.audio'],
      ['unknown-group', 'warning', 'n', 'skillGroup'],
    ]);
    expect(
      rules(flow, {
        groups: new Set(['sales']),
        audio: new Map(['hello', 'waltz', 'bye'].map((id) => [id, 60])),
      }),
    ).toEqual([]);
  });
});

test('WaitNo may stand in the prompts of a transfer, StaffNo in connectedPrompt alone', () => {
  const text = { text: '${WaitNo} ${StaffNo}' };
  const prompts = { transferringPrompt: text, failPrompt: text, connectedPrompt: text };
  const flow = flowOf({ n: { type: 'transfer', skillGroup: 's', ...prompts, exits: { next: 'e' } }, e: end });
  expect(rules(flow)).toEqual([
    'unknown-variable n.transferringPrompt.text',
    'unknown-variable n.failPrompt.text',
    'wait-number n.transferringPrompt',
  ]);
});

test('whatever the document: problems, never a throw, and the same ones twice', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json().map((json) => JSON.parse(json)),
        flows,
        fc.anything(),
      ),
      (document) => {
        expect(check(document)).toEqual(check(document));
      },
    ),
    { numRuns: 1000 },
  );
});

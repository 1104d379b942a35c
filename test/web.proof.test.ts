import { describe, expect, test } from 'vitest';
import { check } from '../lib/engine/check.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { walkScript } from '../lib/proof/walk.ts';
import { answer, answerPosted } from '../web/src/editor/proof/answer.ts';
import { findingsOf } from '../web/src/editor/proof/findings.ts';
import { pathLayer, unreachedLayer } from '../web/src/editor/proof/paths.ts';
import { type Analysis, type Posted, posted } from '../web/src/editor/proof/question.ts';
import { type WorkerPort, WorkerQueue } from '../web/src/editor/proof/workerqueue.ts';
import { enteredFrom } from '../web/src/phone/enteredflows.ts';
import { namesIn } from '../web/src/words/naming.ts';
import { flowOf, menu, transfer } from './kit/testflows.ts';
import { translatorOf } from './kit/translator.ts';

const none = { flows: new Map(), seconds: new Map(), schedules: new Map(), now: 0 };
const analysis = (flow: Flow) => answer({ ask: 'judge', flow, ...none }) as Analysis;
const question = (id: string) => ({ ask: 'check', flow: { ...flowOf({}), id }, facts: {} }) as const;

describe('a worker', () => {
  /** Workers that are answered by hand, in the order in which they began. */
  function workers() {
    const made: (WorkerPort & { asked: string[]; isGone: boolean })[] = [];
    const make = () => {
      const worker = {
        ...{ asked: [] as string[], isGone: false, onmessage: null, onerror: null },
        postMessage: ({ flow }: Posted) => void worker.asked.push(JSON.parse(flow).id),
        terminate() {
          worker.isGone = true;
        },
      };
      made.push(worker);
      return worker;
    };
    return { made, make };
  }

  test('is asked the newest question only, once it has answered', () => {
    const { made, make } = workers();
    const told: unknown[] = [];
    const queue = new WorkerQueue<'check'>(make, (each) => told.push(each));
    for (const id of ['one', 'two', 'three']) queue.ask(question(id));
    expect(made[0]?.asked).toEqual(['one']);
    made[0]?.onmessage?.({ data: 'first' });
    expect(made[0]?.asked).toEqual(['one', 'three']);
    made[0]?.onmessage?.({ data: 'third' });
    expect([told, made.length]).toEqual([['first', 'third'], 1]);
  });

  test('that breaks is replaced, and the question that waited is asked', () => {
    const { made, make } = workers();
    const queue = new WorkerQueue<'check'>(make, () => {});
    queue.ask(question('one'));
    queue.ask(question('two'));
    made[0]?.onerror?.({});
    expect(made.map(({ asked, isGone }) => [asked, isGone])).toEqual([
      [['one'], true],
      [['two'], false],
    ]);
    queue.close();
    expect(made[1]?.isGone).toBe(true);
  });
});

test('a question that was posted gets the same answer', () => {
  const asked = { ask: 'judge', flow: flowOf({ first: menu({ 1: 'bye' }) }), ...none } as const;
  expect(answerPosted(posted(asked))).toEqual(answer(asked));
});

describe('the findings of a flow', () => {
  const flow = flowOf({
    first: menu({ 1: 'trap', 2: 'nowhere', 3: 'agents' }, { prompt: { text: 'Press 1 for the trap.' } }),
    trap: menu({ 1: 'trap', timeout: 'trap', errors: 'trap' }),
    agents: transfer({ failPrompt: { text: 'Nobody.' } }, { next: 'bye' }),
    unseen: { type: 'play', prompt: { text: 'Hidden.' }, exits: { next: 'bye' } },
  });
  const words = (language: string) => {
    const i18n = translatorOf(language);
    return { t: i18n.t, names: namesIn(i18n), language, flow };
  };

  test('come from check, proof and linter, errors first, each with its node and field', () => {
    const found = findingsOf(check(flow), analysis(flow), words('en-US'));
    expect(found[0]).toMatchObject({
      severity: 'error',
      source: 'check',
      rule: 'exit-to-nowhere',
      subject: 'first',
    });
    expect(found.map(({ source }) => source)).toEqual(expect.arrayContaining(['check', 'proof', 'lint']));
    expect(found.find(({ rule }) => rule === 'kept-for-ever')).toMatchObject({
      ...{ source: 'proof', subject: 'trap', script: expect.stringContaining('> pressed 1') },
    });
    expect(found.find(({ rule }) => rule === 'key-first')).toMatchObject({
      ...{ source: 'lint', subject: 'first', field: 'prompt' },
      ...{ text: 'The key 1 is named before what it is for.', fix: 'Write "for sales, press 1".' },
    });
    const grades = found.map(({ severity }) => ['error', 'warning', 'note'].indexOf(severity));
    expect(grades).toEqual([...grades].sort());
  });

  test('are in Chinese, say the same only once, and leave out what is waived', () => {
    const rules = (each: Flow) =>
      findingsOf(check(each), analysis(each), { ...words('zh-CN'), flow: each }).map(
        ({ rule, subject }) => `${rule} ${subject}`,
      );
    const all = findingsOf(check(flow), analysis(flow), words('zh-CN'));
    for (const rule of ['mute-end', 'human-missing', 'missing-translation']) {
      const sources = all.filter(
        (each) => each.rule === rule || (rule === 'mute-end' && each.rule === 'goodbye-only'),
      );
      expect(new Set(sources.map(({ source }) => source)).size).toBeLessThan(2);
    }
    expect(all.every(({ text }) => /\p{Script=Han}/u.test(text))).toBe(true);
    expect(rules(flow)).toContain('kept-for-ever trap');
    const waived = { ...flow, waive: [{ rule: 'kept-for-ever', because: 'A test.' }] };
    expect(rules(waived)).not.toContain('kept-for-ever trap');
  });
});

describe('what is drawn of calls', () => {
  const flow = flowOf({
    first: menu({ 1: 'agents', 2: 'bye' }),
    agents: transfer({ failPrompt: { text: 'Nobody.' } }, { next: 'bye', failed: 'bye' }),
    unseen: { type: 'play', prompt: { text: 'Hidden.' }, exits: { next: 'bye' } },
  });

  test('the way of a call with the node where it stands; other flows are left out', () => {
    const steps = walkScript(flow, '# A\n> arrived\n? available sales: yes\n> pressed 1\n');
    const { nodes, wires } = pathLayer(steps, 'test');
    expect(Array.from(nodes ?? [], ([id, { tone }]) => `${id} ${tone}`)).toEqual([
      'start path',
      'first path',
      'agents here',
    ]);
    expect([...(wires ?? new Map()).keys()]).toEqual(['start.next', 'first.1']);
    expect(pathLayer(steps, 'other').nodes?.size).toBe(0);
  });

  test('a call that goes through another flow is drawn on both sides of it', () => {
    const other = { ...flowOf({ first: menu({ 1: 'back' }), back: { type: 'return' } }), id: 'other' };
    const outer = flowOf({ first: { type: 'flow', flow: 'other', exits: { next: 'bye', failed: 'bye' } } });
    const flows = new Map([['other', other]]);
    const script = '# A\n? flow other: live\n> arrived\n> pressed 1\n';
    const drawn = (find?: (id: string) => Flow | undefined) => [
      ...(pathLayer(walkScript(outer, script, find), 'test').nodes?.keys() ?? []),
    ];
    expect(drawn((id) => flows.get(id))).toEqual(['start', 'first', 'bye']);
    expect(drawn()).not.toContain('bye');
  });

  test('nodes and exits that no caller reaches are pale', () => {
    const { unreached } = analysis(flow).proof;
    const layer = unreachedLayer([...unreached, { node: 'first', visited: true, exits: ['errors'] }]);
    expect(layer.nodes).toEqual(new Map([['unseen', { tone: 'dim' }]]));
    expect(layer.exits?.get('first')?.get('errors')).toEqual({ tone: 'dim' });
    expect(layer.wires?.get('first.errors')).toEqual({ tone: 'dim' });
  });
});

test('flows that calls enter are read, and those that these enter, each once', async () => {
  const enters = (id: string, ...others: string[]): Flow => ({
    ...flowOf(
      Object.fromEntries(others.map((flow, index) => [`n${index}`, { type: 'flow', flow, exits: {} }])),
    ),
    id,
  });
  const all = [enters('b', 'c', 'a'), enters('c', 'b', 'gone')];
  const asked: string[] = [];
  const found = await enteredFrom(enters('a', 'b'), async (id) => {
    asked.push(id);
    return all.find((each) => each.id === id);
  });
  expect([asked, [...found.keys()]]).toEqual([
    ['b', 'c', 'gone'],
    ['b', 'c'],
  ]);
});

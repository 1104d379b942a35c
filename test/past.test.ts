import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flowFormat } from '../lib/flow/flow.ts';
import { claimHourly } from '../lib/store/calls/hourly.ts';
import { claimMessage } from '../lib/store/calls/messages.ts';
import { listRecordings } from '../lib/store/calls/voicemails.ts';
import { readSealed } from '../lib/store/queue/sealed.ts';
import { speechAmong } from '../lib/store/settings/speech.ts';
import { kindNames, kindOf, type PastAnswer, type PastTable, pastTables } from './kit/past.ts';
import { openPastStage, type PastStage } from './kit/paststage.ts';
import { actionOf } from './kit/webhook.ts';

const numbers = { From: '+12025550199', To: '+12025550123', CallStatus: 'in-progress' };

describe.each(pastTables.filter(isWhole))('the table of $name', (past) => {
  let stage: PastStage;
  beforeAll(async () => {
    stage = await openPastStage(past);
  });
  afterAll(() => stage.close());

  const has = (kind: string) => past.items.some((item) => kindOf(item) === kind);
  const done = async (method: string, asked: string, body?: unknown, headers?: Record<string, string>) => {
    const answered = await stage.ask(method, asked, body, headers);
    expect(answered, `${method} ${asked}`).toMatchObject({ status: expect.toSatisfy((code) => code < 300) });
    return answered;
  };

  test('is answered for by the API as it was', async () => {
    for (const { asked, answer } of past.answers) {
      const { status, body } = await stage.ask('GET', asked);
      const expected = await todays({ asked, answer });
      expect({ asked, status, body }).toMatchObject({ asked, ...expected });
    }
    expect(stage.faults).toEqual([]);
  });

  /** What today's API says instead of some answers. */
  async function todays({ asked, answer }: PastAnswer): Promise<{ status: number; body: unknown }> {
    // Cursors were sort keys in plain text at first, and had no checksum later: a list that is read with one is begun again.
    const after = new URLSearchParams(asked.split('?')[1]).get('after');
    if (after !== null && !isCursor(after)) {
      return { status: 400, body: { type: 'urn:branchline:error:cursor-foreign' } };
    }
    const named = asked.includes('/versions/') && past.items.some((item) => kindOf(item) === 'nodeKey');
    const shown = named ? todaysNames(answer) : answer;
    const told = isJournal(1) ? unheard(shown) : shown;
    const isFormer = typeof told.next === 'string' && !isCursor(told.next);
    return { status: 200, body: isFormer ? { ...told, next: expect.any(String) } : told };
  }

  /** Whether its lines of calls are of this format. */
  function isJournal(format: number): boolean {
    return past.items.some(({ line }) => line?.S?.includes(`{"journal":${format},`));
  }

  test('is what callers who are in a call go on with', async () => {
    for (const { then, at, form, heard } of past.posts) {
      expect([then, spoken(await stage.hear(at, form))]).toEqual([then, spoken(heard)]);
    }
    expect(stage.faults).toEqual([]);
  });

  test('says what only calls read of it', async () => {
    const { table } = stage;
    if (has('sealedKey')) expect(await readSealed(table, 'CAtalking', 2)).toMatch(/^[\w-]{40,}$/);
    if (has('hourlyKey')) {
      const kept = await claimHourly(table, 'dials', numbers.From, 'CA1-1-1', past.at);
      expect([kept, await claimHourly(table, 'messages', numbers.From, 'CA1-1-2', past.at)]).toEqual([
        true,
        true,
      ]);
    }
    if (has('messageKey')) {
      const claim = (node: string) =>
        claimMessage(table, { callSid: 'CAfinished', flow: 'desk', node }, 'me', past.at);
      expect([await claim('sms'), await claim('lost'), await claim('new')]).toEqual([
        'sent',
        'failed',
        'mine',
      ]);
    }
    if (has('speechItemKey')) {
      const names = ['ab'.repeat(16), 'cd'.repeat(16), 'ef'.repeat(16)];
      expect([...(await speechAmong(table, names, past.at))].toSorted()).toEqual([
        [names[0], { spoken: true }],
        [names[1], { refused: 'No voice speaks this.' }],
      ]);
    }
    if (has('recordingKey')) {
      const left = (await listRecordings(table)).map(({ id, unwanted }) => [id, unwanted]);
      expect(left.toSorted()).toEqual([
        ...[
          ['REgone', false],
          ['RElost', false],
          ['REnew', false],
          ['REsilent', true],
        ],
      ]);
    }
  });

  test('takes the changes of today', async () => {
    const read = await done('GET', '/api/flows/desk');
    const match = { 'if-match': String(read.headers.etag) };
    const saved = { ...read.body, ...forAll(read.body), description: 'Changed.' };
    await done('PUT', '/api/flows/desk', saved, match);
    expect((await done('GET', '/api/flows/desk')).body).toEqual(saved);
    await done('PUT', '/api/flows/desk/live', { version: 1 });
    const first = await stage.hear('/voice/incoming', { ...numbers, CallSid: 'CAafter' });
    const hours = await stage.hear(actionOf(first), { ...numbers, CallSid: 'CAafter', Digits: '2' });
    expect(spoken(hours)).toEqual(['Say: We open at nine.', 'Say: Goodbye.', 'Hangup']);
    expect((await done('POST', '/api/flows/desk/publish', { despite: 'Tried.' })).body).toMatchObject({
      version: 3,
    });
    await done('POST', '/api/flows/retired/restore');
    expect((await done('GET', '/api/flows/retired')).body.nodes).toHaveProperty('menu');
    expect((await done('GET', '/api/flows/retired/versions/1')).body.nodes).toHaveProperty('menu');
    await done('PUT', '/api/numbers/+12025550123', { flow: 'retired' });
    await done('PUT', '/api/skill-groups/sales', { name: 'Sales', ringSeconds: 30 });
    await done('PUT', '/api/agents/1003/presence', { presence: 'online' });
    await done('DELETE', '/api/agents/1003');
    if (has('scheduleKey')) await done('PUT', '/api/schedules/shop/override', { state: 'auto' });
    if (has('pronunciationsKey')) await done('PUT', '/api/pronunciations/en-GB', { words: [] });
    if (has('audioKey'))
      await done('POST', '/api/audio/waiting/review', { approve: false, reason: 'Too loud' });
    if (has('voicemailKey')) await done('PUT', '/api/voicemails/REnew', { state: 'heard' });
    expect(stage.faults).toEqual([]);
  });
});

test.each(pastTables.filter((past) => !isWhole(past)))('what $name began to write is read', async (past) => {
  const stage = await openPastStage(past);
  expect(past.answers).not.toEqual([]);
  for (const { asked, answer } of past.answers) {
    expect(await stage.ask('GET', asked)).toMatchObject({ status: 200, body: answer });
  }
  await stage.close();
});

test('every kind of item has one in a past table, and the kinds are those of keys.ts', () => {
  const source = readFileSync(new URL('../lib/store/table/keys.ts', import.meta.url), 'utf8');
  const written = Array.from(
    source.matchAll(/^export function (\w+Key)\([^)]*\): ItemKey/gm),
    ([, name = '']) => name,
  );
  expect(kindNames.toSorted()).toEqual(written.toSorted());
  const found = new Set(pastTables.flatMap(({ items }) => items.map(kindOf)));
  expect(written.filter((kind) => !found.has(kind))).toEqual([]);
});

test('every format of flow documents until today is in a past table', () => {
  const formats = pastTables.flatMap(({ answers }) => answers.map(({ answer }) => answer.schema));
  expect([...new Set(formats)].filter((format) => format !== undefined)).toEqual(
    Array.from({ length: flowFormat }, (_, place) => place + 1),
  );
});

/** Whether a table is that of a whole stage, not lines for what a commit began to write. */
function isWhole({ posts }: PastTable): boolean {
  return posts.length > 0;
}

/** Whether a cursor is of the form that today's lists give: checksum, list and position. */
function isCursor(text: string): boolean {
  return Buffer.from(text, 'base64url').toString().split('\n').length === 3;
}

/** An answer without what was heard at each step: lines of the first format do not tell it. */
function unheard<Body>(body: Body): Body {
  const drop = (name: string, value: unknown) => (name === 'heard' ? undefined : value);
  return JSON.parse(JSON.stringify(body, drop)) as Body;
}

/** A version of one item a node, in which the caller's own place had another name. */
function todaysNames<Body>(body: Body): Body {
  return JSON.parse(JSON.stringify(body).replaceAll('${WaitNo}', '${QueuePosition}')) as Body;
}

/** The nodes of a document, without the texts that the rules of today refuse. */
function forAll(document: { nodes: Record<string, object> }) {
  const { menu = {}, ...nodes } = document.nodes;
  return { nodes: { ...nodes, menu: { ...menu, label: 'Main menu', description: 'Keys', labels: {} } } };
}

/** What a document does to a caller, without how the next request is led: URLs differ. */
function spoken(xml: string): string[] {
  return Array.from(
    xml.matchAll(/<(Say|Play|Hangup|Leave|Enqueue|Dial|Queue)\b[^>]*>([^<]*)/g),
    ([, verb = '', text]) => (verb === 'Say' ? `Say: ${text}` : verb),
  );
}

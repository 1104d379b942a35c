import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { parse as parseQuery } from 'node:querystring';
import fc from 'fast-check';
import { safeParse } from 'valibot';
import { asFlow } from '../lib/admin/parse.ts';
import { ScheduleInput } from '../lib/admin/scheduleInput.ts';
import { expectedIn } from '../lib/api/etag.ts';
import { identityOf } from '../lib/api/identity.ts';
import { roles } from '../lib/api/roles.ts';
import { createSealer, type SealContext } from '../lib/calls/seal.ts';
import * as posts from '../lib/carrier/posts.ts';
import { isSigned } from '../lib/carrier/signature.ts';
import { Failure } from '../lib/errors.ts';
import { begin, readCursor, writeCursor } from '../lib/flow/cursor.ts';
import { waitKinds } from '../lib/flow/events.ts';
import { readJson } from '../lib/flow/json.ts';
import { writeMemory } from '../lib/flow/memory.ts';
import { readPhone } from '../lib/flow/phone.ts';
import { takeValues } from '../lib/flow/request.ts';
import { changesAt, isTimeZone, stateAt } from '../lib/flow/schedule.ts';
import { fillSpoken, variablesIn } from '../lib/flow/text.ts';
import { readForm } from '../lib/form.ts';
import { readLine } from '../lib/journal/read.ts';
import { recordOf } from '../lib/journal/record.ts';
import { readSound } from '../lib/media/read.ts';
import { isLoopback, isPublic } from '../lib/outbound/address.ts';
import { readScript, scriptLine } from '../lib/proof/script.ts';
import { readLeg, writeLeg } from '../lib/queue/leg.ts';
import { cursorAt, placeAfter } from '../lib/store/table/page.ts';
import { listTokens } from '../lib/variables.ts';
import { tone, wavOf } from '../test/kit/audio.ts';
import { bytesNear, textsNear, valuesNear } from './mutated.ts';

/** A parser at the edge: what it is given, and what holds of it whatever that is. */
export interface Parser {
  readonly name: string;
  /** The property, which fails by an exception. */
  readonly property: () => fc.IRawProperty<unknown>;
}

/** A property of texts that are nearly what a parser takes. */
function onTexts(name: string, seeds: readonly string[], holds: (text: string) => void): Parser {
  return { name, property: () => fc.property(textsNear(seeds), holds) as fc.IRawProperty<unknown> };
}

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const flows = readdirSync(new URL('flows/', root));
const documents = flows.filter((name) => name.endsWith('.flow.json')).map((name) => read(`flows/${name}`));
const scripts = flows.filter((name) => name.endsWith('.calls.txt')).map((name) => read(`flows/${name}`));

const form =
  'CallSid=CA0123456789abcdef0123456789abcdef&From=%2B15550123&To=%2B15550100&CallStatus=in-progress&Digits=1%23&FromCity=SAN+FRANCISCO&QueueResult=bridged&QueueTime=12&DialCallStatus=completed&CallDuration=3';
const cursor = {
  ...begin('office', 3, 'zh-CN', 'en-US'),
  ...{
    node: 'menu',
    waiting: 'keys' as const,
    counters: { errors: 2, timeouts: 1 },
    step: 7,
    walked: 3,
    said: true,
  },
  ...{ missed: 4, chosen: true, stack: [{ flow: 'reception', version: 2, node: 'go' }] },
};
const legs = writeLeg({
  ...{ staffNo: '1001', lease: 'abc123', language: 'en-US', confirm: true, ringSeconds: 20, entry: 'CA:1#4' },
});
const context: SealContext = { callSid: 'CA1', flow: 'office', version: 3, step: 7 };
const token = 'fuzz-token-0123456789abcdef';
const memory = { variables: { Account: { text: '12345', spokenAs: 'digits' as const } } };
const sealed = createSealer([token]).seal(memory, context);
const listing = { name: 'flows', place: /^[a-z0-9-]{1,63}$/ };
const answer =
  '{"tier":"gold","balance":12.50,"open":true,"list":[1,2,{"a":"b"}],"deep":{"x":{"y":"z"}},"null":null,"n":-1e400}';
const schedule = {
  ...{
    name: 'Office',
    timeZone: 'Asia/Shanghai',
    weekly: { mon: [['09:00', '18:00']], fri: [['22:00', '02:00']] },
  },
  holidays: [
    { date: '2026-10-01', until: '2026-10-07', name: '国庆' },
    { date: '2026-10-10', name: 'Work', open: [['09:00', '24:00']] },
  ],
};
const lines = [
  `{"journal":2,"at":"2026-01-01T00:00:00.000Z","callSid":"CA1","from":"+15550123","to":"+15550100","cursor":"${writeCursor(begin('office', 1, 'en-US'))}","next":"${writeCursor(cursor)}","entries":[{"flow":"office","version":1,"node":"menu","key":"1","exit":"1","heard":["prompt"],"language":"en-US","waits":"keys"}]}`,
  '{"journal":1,"at":"2026-01-01T00:00:01.000Z","callSid":"CA1","cursor":{"flow":"office","version":1,"node":"menu","step":1},"answers":{"online sales":true},"entries":[{"node":"agents"}]}',
  '{"journal":2,"at":"2026-01-01T00:00:02.000Z","callSid":"CA1","status":"completed","durationSeconds":12}',
  '{"journal":2,"at":"2026-01-01T00:00:02.000Z","callSid":"CA1","phase":"talking","agent":"1001"}',
];

/** What was added to `Object.prototype`: nothing, whatever was parsed. */
function assertUnpolluted(): void {
  for (const name in {}) throw new Error(`Object.prototype holds ${name}`);
}

/** Runs a parser that may refuse by a Failure, and by nothing else. */
function mayRefuse<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

const texts: readonly Parser[] = [
  onTexts('form posts', [form], (text) => {
    const { fields } = readForm(text);
    assert.deepEqual({ ...fields }, { ...parseQuery(text, undefined, undefined, { maxKeys: 0 }) });
  }),
  onTexts('posts of the carrier', [form], (text) => {
    const { fields } = readForm(text);
    for (const waiting of [undefined, ...waitKinds]) {
      const event = posts.eventOf(fields, waiting);
      if (event.event === 'pressed') assert.match(event.keys, /^[\s\S]{1,64}$/);
    }
    posts.leftQueueOf(fields, { ringing: false, waitedSeconds: 0 });
    for (const each of [
      posts.statusOf,
      posts.dialledOf,
      posts.queueSeconds,
      posts.queuePositionOf,
      posts.answeredFor,
    ])
      each(fields);
    assert.match(posts.faultOf(fields).code, /^\d*$/);
  }),
  onTexts('signatures', [`${token}`, 'RSOYDt4T1cUTdK1PDd93/VVr8B8='], (signature) => {
    const request = { signature, urls: ['https://phone.example.com/voice/step'], fields: {}, names: [] };
    assert.equal(isSigned(request, [token]), false);
  }),
  onTexts('cursors in URLs', [writeCursor(cursor), writeCursor(begin('a', 1, 'en'))], (text) => {
    const found = readCursor(text);
    if (found === undefined) return;
    assert.deepEqual(readCursor(writeCursor(found)), found);
    assert.match(writeCursor(found), /^[A-Za-z0-9._~=&-]*$/);
  }),
  onTexts('legs in URLs', [legs], (text) => {
    const leg = readLeg(text);
    if (leg !== undefined) assert.deepEqual(readLeg(writeLeg(leg)), leg);
  }),
  onTexts('sealed variables', [sealed], (text) => {
    const found = createSealer(['another-token', token]).open(text, context);
    // Base64 has several spellings of its last character; whatever opens is what was sealed.
    if (found !== undefined) assert.equal(writeMemory(found), writeMemory(memory));
    assert.equal(createSealer([token]).open(text, { ...context, callSid: 'CA2' }), undefined);
  }),
  onTexts('flow JSON', documents, (text) => {
    const found = readJson(text);
    if (found.faults !== undefined) assert.ok(found.faults.length > 0);
    else mayRefuse(() => asFlow(found.value));
    assertUnpolluted();
  }),
  onTexts('cursors of lists', [cursorAt(listing, 'office')], (text) => {
    const place = mayRefuse(() => placeAfter(listing, text));
    if (place !== undefined) assert.equal(cursorAt(listing, place), text);
  }),
  onTexts('If-Match', ['"abc"', 'W/"abc", "def"', '*'], (text) => {
    assert.ok([undefined, '', 'abc'].includes(expectedIn({ 'if-match': text }, 'abc')));
  }),
  onTexts('journal lines', lines, (text) => {
    const found = readLine(text);
    if (found === undefined) return;
    const { callSid } = recordOf(found.entry.callSid, [found.entry]);
    assert.match(callSid, /^[A-Za-z0-9:_.-]{1,128}$/);
    assertUnpolluted();
  }),
  onTexts('token lists', ['one,two', 'one'], (text) => {
    try {
      for (const each of listTokens(text, 'T')) assert.equal(each, each.trim());
    } catch (error) {
      assert.equal(error instanceof Error ? error.name : '', 'Misconfigured');
    }
  }),
  onTexts('groups of users', ['[admin editor]', 'viewer', '[]'], (text) => {
    const found = identityOf({ username: 'ann', token_use: 'access', 'cognito:groups': text });
    for (const role of found?.roles ?? []) {
      assert.ok(roles.includes(role));
      assert.ok(
        text
          .replace(/^\[|\]$/g, '')
          .split(/\s+/)
          .includes(role),
      );
    }
  }),
  onTexts('call scripts', scripts, (text) => {
    const { calls } = readScript(text);
    // A line that was read is read again as it is written.
    for (const line of calls.slice(0, 3).flatMap(({ lines: own }) => own.slice(0, 5))) {
      assert.ok(scriptLine(line).length > 0);
    }
  }),
  onTexts('schedules', [JSON.stringify(schedule)], (text) => {
    const found = readJson(text);
    if (found.faults !== undefined) return;
    const { success, output } = safeParse(ScheduleInput, found.value);
    if (!success || !isTimeZone(output.timeZone)) return;
    const hours = output as Parameters<typeof stateAt>[0];
    const at = Date.parse('2026-10-01T08:00:00Z');
    assert.ok(['open', 'closed', 'holiday'].includes(stateAt(hours, at).state));
    changesAt(hours, at);
  }),
  onTexts('answers of services', [answer], (text) => {
    const take = ['/tier', '/balance', '/list/2/a', '/deep/x/y', '', '/__proto__/x', '/constructor'].map(
      (from, place) => ({ variable: `V${place}`, from }),
    );
    for (const value of Object.values(takeValues(text, take) ?? {})) {
      assert.equal(typeof value, 'string');
      assert.ok([...value].length <= 256);
    }
    assertUnpolluted();
  }),
  onTexts('phone numbers', ['+15550100', '（86）138-0013-8000', 'sip:a@b'], (text) => {
    const found = readPhone(text);
    if ('number' in found) assert.match(found.number, /^\+[1-9][0-9]{1,14}$/);
  }),
  onTexts('texts with variables', ['Hello ${Name}, ${Account:digits}.'], (text) => {
    variablesIn(text);
    const spoken = fillSpoken(text, () => ({ text: '<1&2>' }));
    assert.equal(typeof spoken, 'string');
  }),
  onTexts(
    'addresses of services',
    ['127.0.0.1', '::ffff:10.0.0.1', 'fe80::1%eth0', '169.254.169.254', '8.8.8.8'],
    (text) => {
      if (isLoopback(text)) assert.equal(isPublic(text), false);
    },
  ),
];

/** All parsers at the edge. */
export const parsers: readonly Parser[] = [
  ...texts,
  {
    name: 'flow documents',
    property: () =>
      fc.property(valuesNear(documents.map((text) => JSON.parse(text))), (document) => {
        mayRefuse(() => asFlow(document));
        assertUnpolluted();
      }) as fc.IRawProperty<unknown>,
  },
  {
    name: 'audio headers',
    property: () =>
      fc.asyncProperty(
        bytesNear([wavOf(tone({ seconds: 0.05 })), mp3()]),
        fc.constantFrom('audio/wav', 'audio/mpeg'),
        async (bytes, type) => {
          const found = await readSound(bytes, type);
          assert.ok('sound' in found || 'fault' in found);
        },
      ) as fc.IRawProperty<unknown>,
  },
];

/** The head of a recording that comes with the project. */
function mp3(): Uint8Array {
  return readFileSync(new URL('audio/hold-music-1.mp3', root)).subarray(0, 3000);
}

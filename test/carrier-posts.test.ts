import { parse } from 'node:querystring';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  callOf,
  dialledOf,
  eventOf,
  faultOf,
  hasLeftQueue,
  leftQueueOf,
  queueSeconds,
  statusOf,
} from '../lib/carrier/posts.ts';
import { type WaitsFor, waitKinds } from '../lib/flow/events.ts';
import { callStatuses } from '../lib/flow/status.ts';

const sid = 'CA5ef8732a3c49700934481addd5ce1659';
const post = `CallSid=${sid}&AccountSid=AC0&From=%2B15550123&To=%2B15550100&CallStatus=in-progress&FromCity=&Direction=inbound`;
const call = { callSid: sid, from: '+15550123', to: '+15550100' };
const none = { callSid: '', from: '', to: '' };

describe('who is on the line', () => {
  const posts: [string, string, ReturnType<typeof callOf>][] = [
    ['a call', post, call],
    ['nothing', '', none],
    ['an id of another carrier', 'CallSid=v3:u5OAKGEPT3Dx8SZS', { ...none, callSid: 'v3:u5OAKGEPT3Dx8SZS' }],
    ['an id of no shape', 'CallSid=CA5%0Ax', none],
    ['an id too long', `CallSid=${'a'.repeat(129)}`, none],
    ['a withheld caller', 'From=anonymous', { ...none, from: 'anonymous' }],
    ['a SIP caller', 'From=sip%3Aann%40a.example', { ...none, from: 'sip:ann@a.example' }],
    ['an address too long', `To=${'1'.repeat(300)}`, { ...none, to: '1'.repeat(256) }],
    ['fields twice', `${post}&CallSid=CA1&From=%2B1&To=%2B1`, call],
  ];
  test.each(posts)('%s', (_, body, expected) => {
    expect(callOf(parse(body))).toEqual(expected);
  });
});

describe('what a step is told', () => {
  const posts: [string, string, WaitsFor | undefined, object][] = [
    ['a key', 'Digits=1', 'keys', { event: 'pressed', keys: '1' }],
    ['the pound key', 'Digits=%23&FinishedOnKey=', 'keys', { event: 'pressed', keys: '#' }],
    ['the star key', 'Digits=*', 'keys', { event: 'pressed', keys: '*' }],
    ['what is no key of a phone', 'Digits=A', 'keys', { event: 'pressed', keys: 'A' }],
    ['two keys', 'Digits=12', 'keys', { event: 'pressed', keys: '12' }],
    ['digits twice', 'Digits=1&Digits=2', 'keys', { event: 'pressed', keys: '1' }],
    ['no digits', '', 'keys', { event: 'silent' }],
    ['empty digits', 'Digits=&msg=Gather+End', 'keys', { event: 'silent' }],
    [
      'a dial that was answered',
      'DialCallStatus=completed',
      'dial',
      { event: 'dialled', how: 'talked', gone: false },
    ],
    [
      'a dial of no known end',
      'DialCallStatus=odd',
      'dial',
      { event: 'dialled', how: 'failed', gone: false },
    ],
    ['a redirect', '', undefined, { event: 'continued' }],
    ['digits that nobody waited for', 'Digits=1', undefined, { event: 'continued' }],
  ];
  test.each(posts)('%s', (_, body, waiting, expected) => {
    expect(eventOf(parse(`${post}&${body}`), waiting)).toEqual({ ...expected, call });
  });
});

describe('status', () => {
  test.each(callStatuses)('%s', (status) => {
    expect(statusOf(parse(`CallStatus=${status}`))).toEqual({ status });
  });

  test('the duration is in seconds', () => {
    const fields = parse('CallStatus=completed&CallDuration=61&Duration=2');
    expect(statusOf(fields)).toEqual({ status: 'completed', durationSeconds: 61 });
  });

  test.each(['-1', '1.5', '', 'NaN', '9'.repeat(400)])('%s is no duration', (duration) => {
    expect(statusOf({ CallStatus: 'completed', CallDuration: duration })).toEqual({ status: 'completed' });
  });

  test.each(['', 'Completed', 'constructor', 'answered'])('"%s" is none', (status) => {
    expect(statusOf({ CallStatus: status })).toBeUndefined();
  });
});

describe('fault', () => {
  const url = 'https://ivr.example/voice/step?cursor=1&flow=demo';
  const posts: [string, string, ReturnType<typeof faultOf>][] = [
    ['as told', `ErrorCode=11200&ErrorUrl=${encodeURIComponent(url)}`, { code: '11200', url }],
    ['not told', '', { code: '', url: '' }],
    ['a code that is invalid', 'ErrorCode=1%0A2', { code: '', url: '' }],
    ['a URL too long', `ErrorUrl=${'a'.repeat(9000)}`, { code: '', url: 'a'.repeat(8192) }],
  ];
  test.each(posts)('%s', (_, body, expected) => {
    expect(faultOf(parse(body))).toEqual(expected);
  });
});

describe('a caller who has left a queue', () => {
  const posts: [string, string, object][] = [
    ['after a talk', 'QueueResult=bridged&QueueTime=12', { by: 'talked', gone: false, waitedSeconds: 12 }],
    [
      'after a talk that they ended',
      'QueueResult=bridged&QueueTime=12&CallStatus=completed',
      { by: 'talked', gone: true },
    ],
    ['by hanging up', 'QueueResult=hangup&QueueTime=5', { by: 'hung-up', gone: true, waitedSeconds: 5 }],
    ['taken out', 'QueueResult=leave&CallStatus=in-progress', { by: 'taken-out', gone: false }],
    ['that is full', 'QueueResult=queue-full&QueueTime=', { by: 'full', waitedSeconds: 0 }],
    ['by a fault', 'QueueResult=system-error', { by: 'fault' }],
    ['in a way unknown', 'QueueResult=constructor', { by: 'fault' }],
    ['on their way into a talk, elsewhere', 'QueueResult=bridging-in-progress', { by: 'talked' }],
  ];
  test.each(posts)('%s', (_, body, expected) => {
    const fields = parse(body);
    expect(hasLeftQueue(fields)).toBe(true);
    expect(leftQueueOf(fields, { ringing: true, waitedSeconds: 0 })).toMatchObject({
      event: 'leftQueue',
      ringing: true,
      ...expected,
    });
  });

  test('is not told by any other post', () => {
    expect(hasLeftQueue({ QueueTime: '5' })).toBe(false);
    expect(leftQueueOf({ QueueTime: '5' }, { ringing: false, waitedSeconds: 0 })).toBeUndefined();
  });

  test('tells how long by our own clock if the carrier does not', () => {
    const known = { ringing: false, waitedSeconds: 301 };
    expect(leftQueueOf({ QueueResult: 'leave' }, known)).toMatchObject({ waitedSeconds: 301 });
    expect(leftQueueOf({ QueueResult: 'leave', QueueTime: '7' }, known)).toMatchObject({ waitedSeconds: 7 });
  });

  test.each([
    ['5', 5],
    ['0', 0],
    ['-1', undefined],
    ['', undefined],
    ['1e9', undefined],
  ])('waited "%s"', (told, seconds) => {
    expect(queueSeconds({ QueueTime: told })).toBe(seconds);
  });
});

test.each([
  ['DialCallStatus=completed&DialCallSid=CA1', 'talked'],
  ['DialCallStatus=answered', 'talked'],
  ['DialCallStatus=no-answer', 'empty'],
  ['DialCallStatus=failed', 'empty'],
  ['', 'empty'],
  ['DialCallStatus=no-answer&DialCallSid=CA1', 'lost'],
])('an agent of whom "%s" is told: %s', (body, how) => {
  expect(dialledOf(parse(body))).toBe(how);
});

const names = ['CallSid', 'From', 'To', 'Digits', 'CallStatus', 'CallDuration', 'ErrorCode', 'ErrorUrl'];
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc
    .array(fc.tuple(fc.constantFrom(...names, '__proto__', 'constructor'), fc.string({ unit: 'binary' })))
    .map((fields) => fields.map(([name, value]) => `${name}=${value}`).join('&')),
);

test('any body is read, and as one of the events', () => {
  void fc.assert(
    fc.property(bodies, fc.constantFrom(undefined, ...waitKinds), (body, waiting) => {
      const fields = parse(body);
      const { event, call } = eventOf(fields, waiting);
      expect(waiting === undefined ? ['continued'] : ['pressed', 'silent', 'dialled', 'recorded']).toContain(
        event,
      );
      expect(call).toEqual(callOf(fields));
      expect(call.callSid).toMatch(/^[A-Za-z0-9:_.-]{0,128}$/);
      expect(Math.max(call.from.length, call.to.length)).toBeLessThanOrEqual(256);
      expect(faultOf(fields).code).toMatch(/^[0-9]{0,9}$/);
      expect([undefined, ...callStatuses]).toContain(statusOf(fields)?.status);
    }),
    { numRuns: 500 },
  );
});

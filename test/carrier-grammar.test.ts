import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { faultsOf } from './kit/grammar.ts';

// What a caller of the library builds, seen without the types that this test stands in for.
interface Built {
  [method: string]: (attributes: object, text?: string) => Built;
}
const VoiceResponse: new () => Built = createRequire(import.meta.url)('twilio/lib/twiml/VoiceResponse.js');

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const of = (body: string) => `${head}<Response>${body}</Response>`;

describe('what twilio builds itself has no faults', () => {
  const url = 'https://ivr.example/';
  test('a menu', () => {
    const response = new VoiceResponse();
    const gather = response.gather?.({
      input: 'dtmf speech',
      action: url,
      timeout: 5,
      actionOnEmptyResult: true,
    });
    gather?.say?.({ voice: 'Polly.Zhiyu', language: 'cmn-CN' }, '您好');
    gather?.pause?.({ length: 1 });
    gather?.play?.({ loop: 2 }, url);
    response.redirect?.({ method: 'POST' }, url);
    expect(faultsOf(String(response))).toEqual([]);
  });

  test('a queue', () => {
    const response = new VoiceResponse();
    response.enqueue?.({ waitUrl: url, action: url, maxQueueSize: 100 }, 'sales');
    const dial = response.dial?.({ timeout: 5, record: 'record-from-answer', action: url });
    dial?.queue?.({ url, method: 'POST' }, 'sales');
    dial?.number?.({ statusCallbackEvent: 'initiated answered', statusCallback: url }, '+15550100');
    response.leave?.({});
    response.reject?.({ reason: 'busy' });
    expect(faultsOf(String(response))).toEqual([]);
  });

  test('speech markup', () => {
    const response = new VoiceResponse();
    const say = response.say?.({}, 'Your number is ');
    say?.sayAs?.({ 'interpret-as': 'digits' }, '1001');
    say?.lang?.({ 'xml:lang': 'en-US' }, 'Goodbye')?.break?.({ strength: 'weak' });
    expect(faultsOf(String(response))).toEqual([]);
  });
});

describe('faults', () => {
  const documents: [fault: string, xml: string][] = [
    ['does not begin with', '<Response/>'],
    ['does not begin with', ` ${head}<Response/>`],
    ['does not begin with', '<?xml version="1.1" encoding="UTF-8"?><Response/>'],
    ['has no root', head],
    ['has no root', ''],
    ['The root is <response>', `${head}<response/>`],
    ['The root is <Say>', `${head}<Say>Hello</Say>`],
    ['Not well-formed XML', of('<Say>Hello')],
    ['Not well-formed XML', of('<Say>Hello</say>')],
    ['Not well-formed XML', of('<Say>a & b</Say>')],
    ['Not well-formed XML', of('<Say>&nbsp;</Say>')],
    ['Not well-formed XML', of('<Say>\u0007.</Say>')],
    ['Not well-formed XML', of('<Say>&#7;.</Say>')],
    ['Not well-formed XML', of('<Say>]]></Say>')],
    ['Not well-formed XML', of('<Say loop="1" loop="1">Hello</Say>')],
    ['Not well-formed XML', `${of('')}<Response/>`],
    ['half of a surrogate pair', of('<Say>\uD83D.</Say>')],
    ['half of a surrogate pair', of('<Say>\uDE00</Say>')],
    ['document type', `${head}<!DOCTYPE Response><Response/>`],
    ['<?php?>', of('<?php echo 1 ?>')],
    ['<Response> holds the text "Hello"', of('Hello')],
    ['<Response> has no attribute version', `${head}<Response version="1"/>`],
    ['<say> cannot stand in <Response>', of('<say>Hello</say>')],
    ['<Speak> cannot stand in <Response>', of('<Speak>Hello</Speak>')],
    ['<Number> cannot stand in <Response>', of('<Number>+15550100</Number>')],
    ['<Say> cannot stand in <Say>', of('<Say>a<Say>b</Say></Say>')],
    ['<Play> cannot stand in <Say>', of('<Say>a<Play>https://a.example/</Play></Say>')],
    ['<Hangup> cannot stand in <Gather>', of('<Gather><Hangup/></Gather>')],
    ['<Redirect> cannot stand in <Gather>', of('<Gather><Redirect>https://a.example/</Redirect></Gather>')],
    ['<Gather> holds the text', of('<Gather>Press 1</Gather>')],
    ['<Hangup> holds the text', of('<Hangup>Bye</Hangup>')],
    ['<Say> has no attribute speed', of('<Say speed="2">Hello</Say>')],
    ['<Say> has no attribute Voice', of('<Say Voice="man">Hello</Say>')],
    ['<Hangup> has no attribute reason', of('<Hangup reason="busy"/>')],
    ['<Say voice> cannot be "Polly.Nobody"', of('<Say voice="Polly.Nobody">Hello</Say>')],
    ['<Say language> cannot be "zh-Hans"', of('<Say language="zh-Hans">Hello</Say>')],
    ['<Say loop> cannot be "twice"', of('<Say loop="twice">Hello</Say>')],
    ['<Gather input> cannot be "dtmf keys"', of('<Gather input="dtmf keys"/>')],
    ['<Gather timeout> cannot be "-1"', of('<Gather timeout="-1"/>')],
    ['<Gather timeout> cannot be "undefined"', of('<Gather timeout="undefined"/>')],
    ['<Gather numDigits> cannot be "0"', of('<Gather numDigits="0"/>')],
    ['<Gather finishOnKey> cannot be "##"', of('<Gather finishOnKey="##"/>')],
    ['<Gather actionOnEmptyResult> cannot be "yes"', of('<Gather actionOnEmptyResult="yes"/>')],
    ['<Gather method> cannot be "post"', of('<Gather method="post"/>')],
    ['<Gather action> cannot be "/voice/step"', of('<Gather action="/voice/step"/>')],
    ['<Gather> cannot hold', of('<Gather><Play digits="1"/></Gather>')],
    ['<Say> cannot hold', of('<Say> </Say>')],
    ['<Play> cannot hold', of('<Play>chime.mp3</Play>')],
    ['<Play> cannot hold', of('<Play/>')],
    ['<Redirect> cannot hold', of('<Redirect>step?a=1</Redirect>')],
    ['<Redirect> cannot hold', of('<Redirect/>')],
    ['<Dial timeout> cannot be "4"', of('<Dial timeout="4">+15550100</Dial>')],
    ['<Reject reason> cannot be "tired"', of('<Reject reason="tired"/>')],
  ];
  for (const [fault, xml] of documents) {
    test(`${fault}: ${JSON.stringify(xml.replace(head, ''))}`, () => {
      expect(faultsOf(xml).join('\n')).toContain(fault);
    });
  }

  test('more than 64 KB', () => {
    expect(faultsOf(of(`<Say>${'好'.repeat(22_000)}</Say>`))).toEqual([
      'The document has 66070 bytes, 65536 are allowed',
    ]);
  });

  test('each is told', () => {
    expect(faultsOf(of('<say>a</say><Gather inputs="dtmf" timeout="x"><Hangup/></Gather>'))).toHaveLength(4);
  });

  test('comments and white space are none', () => {
    expect(faultsOf(of('\n  <!-- a menu -->\n  <Say><![CDATA[<b>]]></Say>\n'))).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { readDocument } from '../local/carrier/document.ts';
import { Fault } from '../local/carrier/fault.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

function codeOf(xml: string): number | undefined {
  try {
    readDocument(xml);
    return undefined;
  } catch (cause) {
    if (cause instanceof Fault) return cause.code;
    throw cause;
  }
}

describe('good documents', () => {
  test('are read verb by verb', () => {
    const verbs = readDocument(`${declaration}
      <Response>
        <!-- comments are ignored -->
        <Say voice="Polly.Zhiyu" language="cmn-CN">您好 &amp; &lt;再见&gt;</Say>
        <Gather numDigits="1" finishOnKey="" timeout="60" action="/x?a=1&amp;b=2"><Say>Press 1</Say><Pause/></Gather>
        <Redirect>/next</Redirect>
      </Response>`);
    expect(verbs.map(({ name }) => name)).toEqual(['Say', 'Gather', 'Redirect']);
    expect(verbs[0]).toMatchObject({ text: '您好 & <再见>', attributes: { voice: 'Polly.Zhiyu' } });
    expect(verbs[1]?.attributes.action).toBe('/x?a=1&b=2');
    expect(verbs[1]?.children.map(({ name }) => name)).toEqual(['Say', 'Pause']);
  });

  test.each([
    '<Response/>',
    '<Response><Reject reason="busy"/></Response>',
    '<Response><Play loop="0">http://x.example/a.mp3</Play><Play digits="ww12#"/><Hangup/></Response>',
    '<Response><Say voice="Polly.Joanna">a <break time="1s"/><say-as interpret-as="digits">12</say-as></Say></Response>',
    '<Response><Say><![CDATA[a < b]]></Say></Response>',
    '<Response><Enqueue action="/left" method="POST" waitUrl="/wait" waitUrlMethod="GET" maxQueueSize="5">销售</Enqueue></Response>',
    '<Response><Enqueue waitUrl="">sales</Enqueue><Leave/></Response>',
    '<Response><Dial action="/x" timeout="5" timeLimit="60" hangupOnStar="true"><Queue url="/y" method="POST">sales</Queue></Dial></Response>',
    '<Response><Gather input="dtmf speech" timeout="auto" speechTimeout="auto" hints="a,b"/></Response>',
  ])('%s', (xml) => {
    expect(codeOf(xml)).toBeUndefined();
  });

  test('what stands in the marks of speech is spoken', () => {
    const [say] = readDocument(
      '<Response><Say voice="Polly.Joanna">one <p>two <sub alias="3">drei</sub></p></Say></Response>',
    );
    expect(say?.text).toBe('one two drei');
  });
});

describe('bad documents fail with the code of the carrier', () => {
  const inResponse = (body: string) => `${declaration}<Response>${body}</Response>`;

  test.each<[number, string]>([
    [11770, ''],
    [11770, '  \n'],
    [12100, 'hello'],
    [12100, '<Response><Say>x</Response>'],
    [12100, '<Response/><Response/>'],
    [12100, '<Response><Say>&nbsp;</Say></Response>'],
    [12100, '<Response><Say>\u0001</Say></Response>'],
    [12100, '<Response a="1" a="2"/>'],
    [12100, '<!DOCTYPE r [<!ENTITY a "b">]><Response/>'],
    [12100, '<?xml version="1.0" encoding="ISO-8859-1"?><Response/>'],
    [12100, ` ${declaration}<Response/>`],
    [12101, '<?xml version="1.1"?><Response/>'],
    [12102, '<response/>'],
    [12102, '<Say>x</Say>'],
  ])('%i %s', (code, xml) => {
    expect(codeOf(xml)).toBe(code);
  });

  test.each<[number, string]>([
    [12200, 'loose words'],
    [12200, '<say>x</say>'],
    [12200, '<constructor/>'],
    [12200, '<Dial>+15550100</Dial>'],
    [12200, '<Say Voice="Polly.Joanna">x</Say>'],
    [12200, '<Say constructor="x">x</Say>'],
    [12200, '<Hangup reason="x"/>'],
    [12200, '<Hangup>now</Hangup>'],
    [12200, '<Say>x<Play>http://x.example/a.mp3</Play></Say>'],
    [12200, '<break/>'],
    [12200, '<Queue>sales</Queue>'],
    [12200, '<Leave>now</Leave>'],
    [12200, '<Enqueue waitUrl="/w"> </Enqueue>'],
    [12200, '<Enqueue>sales</Enqueue>'],
    [12200, `<Enqueue waitUrl="/w">${'x'.repeat(65)}</Enqueue>`],
    [12200, '<Enqueue waitUrl="/w" maxQueueSize="0">sales</Enqueue>'],
    [12200, '<Enqueue waitUrl="/w" workflowSid="WW1">sales</Enqueue>'],
    [12200, '<Dial record="true"><Queue>sales</Queue></Dial>'],
    [12200, '<Dial><Queue reservationSid="WR1">sales</Queue></Dial>'],
    [11100, '<Dial><Queue url="">sales</Queue></Dial>'],
    [13210, '<Dial method="post"><Queue>sales</Queue></Dial>'],
    [13212, '<Dial timeout="4"><Queue>sales</Queue></Dial>'],
    [13213, '<Dial hangupOnStar="yes"><Queue>sales</Queue></Dial>'],
    [13215, '<Dial/>'],
    [13215, '<Dial><Say>x</Say></Dial>'],
    [13215, '<Dial><Queue>a</Queue><Queue>b</Queue></Dial>'],
    [13216, '<Dial timeLimit="0"><Queue>sales</Queue></Dial>'],
    [12200, '<Gather>text</Gather>'],
    [11100, '<Gather action=""/>'],
    [11100, '<Gather action="ftp://x.example/"/>'],
    [13310, '<Gather finishOnKey="12"/>'],
    [13312, '<Gather method="post"/>'],
    [13313, '<Gather timeout="0"/>'],
    [13313, '<Gather timeout="1.5"/>'],
    [13313, '<Gather timeout="auto"/>'],
    [13314, '<Gather numDigits="0"/>'],
    [13320, '<Gather><Hangup/></Gather>'],
    [13320, '<Gather><Gather/></Gather>'],
    [13320, '<Gather><Play digits="1"/></Gather>'],
    [13326, '<Gather input="keys"/>'],
    [13327, '<Gather speechTimeout="-1"/>'],
    [13331, '<Gather language="en"/>'],
    [13338, '<Gather actionOnEmptyResult="yes"/>'],
    [13410, '<Play loop="-1">http://x.example/a.mp3</Play>'],
    [13430, '<Play digits="x"/>'],
    [11100, '<Play/>'],
    [13510, '<Say loop="many">x</Say>'],
    [13511, '<Say voice="Joanna">x</Say>'],
    [13511, '<Say voice="Polly.Zhiyu" language="en-US">x</Say>'],
    [13511, '<Say voice="Google.cmn-CN-Standard-A" language="zh-CN">x</Say>'],
    [13520, '<Say> </Say>'],
    [13520, '<Say>a<break/></Say>'],
    [13521, `<Say voice="Polly.Joanna">${'x'.repeat(3001)}</Say>`],
    [13521, `<Say>${'x'.repeat(4001)}</Say>`],
    [13710, '<Redirect method="PUT">/x</Redirect>'],
    [11100, '<Redirect> </Redirect>'],
    [13810, '<Reject reason="no"/>'],
    [13910, '<Pause length="0"/>'],
    [13910, '<Pause length="two"/>'],
  ])('%i %s', (code, body) => {
    expect(codeOf(inResponse(body))).toBe(code);
  });

  test('the longest text of a voice is taken, counted in characters', () => {
    expect(codeOf(inResponse(`<Say voice="Polly.Zhiyu">${'😀'.repeat(3000)}</Say>`))).toBeUndefined();
  });
});

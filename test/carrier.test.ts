import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyDocument, largestDocumentBytes, twiml } from '../lib/carrier/twiml.ts';
import { apology } from '../lib/flow/apology.ts';
import { languages, speechOf } from '../lib/flow/language.ts';
import { clean } from '../lib/flow/text.ts';
import type { Enqueue, Say, Sound, Verb } from '../lib/flow/verbs.ts';
import { type Element, faultsOf, parse } from './kit/grammar.ts';

const urls = {
  action: 'https://ivr.example/voice/step?cursor=1&flow=demo&step=2',
  wait: ({ skillGroup }: Enqueue) => `https://ivr.example/voice/wait?step=2&group=${skillGroup}`,
  announcement: 'https://ivr.example/voice/announced?agent=1001&lease=1',
  answered: '',
  recorded: () => '',
  queue: (skillGroup: string) => `test-${skillGroup}`,
  audio: (id: string) => `https://ivr.example/audio/${id}`,
};
const head = '<?xml version="1.0" encoding="UTF-8"?>';
const next = 'https://ivr.example/voice/step?cursor=1&amp;flow=demo&amp;step=2';

const say = (text: string): Say => ({ verb: 'say', text, language: 'en-US' });

describe('documents', () => {
  const documents: [string, Verb[], string][] = [
    ['nothing', [], ''],
    ['say', [say('Welcome.')], '<Say language="en-US">Welcome.</Say>'],
    [
      'say with a voice',
      [{ verb: 'say', text: '您好', language: 'cmn-CN', voice: 'Polly.Zhiyu' }],
      '<Say language="cmn-CN" voice="Polly.Zhiyu">您好</Say>',
    ],
    ['play', [{ verb: 'play', audio: 'hold-music' }], '<Play>https://ivr.example/audio/hold-music</Play>'],
    [
      'gather, with silence falling through to the redirect',
      [{ verb: 'gather', sounds: [say('Press 1.'), { verb: 'play', audio: 'chime' }], timeoutSeconds: 60 }],
      `<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="60" action="${next}" method="POST">` +
        '<Say language="en-US">Press 1.</Say><Play>https://ivr.example/audio/chime</Play></Gather>' +
        `<Redirect method="POST">${next}</Redirect>`,
    ],
    [
      'gather of several keys',
      [{ verb: 'gather', sounds: [], timeoutSeconds: 8, maxDigits: 20, finishKey: '#' }],
      `<Gather input="dtmf" numDigits="20" finishOnKey="#" timeout="8" action="${next}" method="POST"></Gather>` +
        `<Redirect method="POST">${next}</Redirect>`,
    ],
    [
      'enqueue',
      [{ verb: 'enqueue', skillGroup: 'sales', holdMusic: 'hold-music', maxWaitSeconds: 300 }],
      `<Enqueue action="${next}" method="POST" waitUrl="https://ivr.example/voice/wait?step=2&amp;group=sales" ` +
        'waitUrlMethod="POST">test-sales</Enqueue>',
    ],
    ['leave', [{ verb: 'leave' }], '<Leave/>'],
    [
      'connect',
      [{ verb: 'connect', skillGroup: 'sales' }],
      `<Dial timeout="5" action="${next}" method="POST">` +
        '<Queue url="https://ivr.example/voice/announced?agent=1001&amp;lease=1" method="POST">test-sales</Queue></Dial>',
    ],
    ['continue', [{ verb: 'continue' }], `<Redirect method="POST">${next}</Redirect>`],
    ['hangup', [say('Bye.'), { verb: 'hangup' }], '<Say language="en-US">Bye.</Say><Hangup/>'],
    ['markup is text', [say('<Say>&amp;]]>"')], '<Say language="en-US">&lt;Say&gt;&amp;amp;]]&gt;"</Say>'],
    ['what XML forbids is dropped', [say('a\u0000b\uD800c\uFFFE😀')], '<Say language="en-US">abc😀</Say>'],
    ['a Say of nothing is left out', [say(''), say(' \n\u0007'), { verb: 'hangup' }], '<Hangup/>'],
  ];
  test.each(documents)('%s', (_, verbs, body) => {
    const xml = twiml(verbs, urls);
    expect(xml).toBe(`${head}<Response>${body}</Response>`);
    expect(faultsOf(xml)).toEqual([]);
  });

  test('the empty one', () => {
    expect(emptyDocument).toBe(`${head}<Response/>`);
    expect(faultsOf(emptyDocument)).toEqual([]);
  });

  test.each(['en-US', 'zh-CN'])('the apology in %s', (language) => {
    expect(faultsOf(twiml(apology(language), urls))).toEqual([]);
  });

  test.each(languages)('%s is spoken as the carrier spells it', (language) => {
    const verb: Verb = { verb: 'say', text: '1', ...(speechOf(language) ?? { language }) };
    expect(faultsOf(twiml([verb], urls))).toEqual([]);
  });
});

describe('64 KB', () => {
  const around = Buffer.byteLength(twiml([say('.')], urls)) - 1;

  test.each(['a', '好', '😀'])('is allowed in texts of %s', (character) => {
    const room = largestDocumentBytes - around;
    const bytes = Buffer.byteLength(character);
    const most = character.repeat(Math.floor(room / bytes)) + '.'.repeat(room % bytes);
    const xml = twiml([say(most)], urls);
    expect(Buffer.byteLength(xml)).toBe(largestDocumentBytes);
    expect(faultsOf(xml)).toEqual([]);
    expect(() => twiml([say(`${most}.`)], urls)).toThrow(RangeError);
  });
});

const wild = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      '\u0000',
      '\u001B',
      '\uD83D',
      '\uDE00',
      '\uFFFF',
      ']]>',
      '<Say>',
      '&',
      '"',
      '😀',
      '好',
      ' ',
      '\n',
      '\r',
    ),
    maxLength: 30,
  }),
);
const speech = fc.constantFrom(...languages).map((language) => speechOf(language) ?? { language });
const sound: fc.Arbitrary<Sound> = fc.oneof(
  fc.record({ text: wild, speech }).map(({ text, speech }): Sound => ({ verb: 'say', text, ...speech })),
  fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/).map((audio): Sound => ({ verb: 'play', audio })),
);
const verb: fc.Arbitrary<Verb> = fc.oneof(
  sound,
  fc.record({
    verb: fc.constant('gather' as const),
    sounds: fc.array(sound, { maxLength: 4 }),
    timeoutSeconds: fc.integer({ min: 1, max: 120 }),
  }),
  fc.constantFrom<Verb>({ verb: 'continue' }, { verb: 'hangup' }),
);

// A parser reads every line end as a line feed (https://www.w3.org/TR/xml/#sec-line-ends).
const read = (text: string) => clean(text).replace(/\r\n?/g, '\n');

function soundsOf(verbs: readonly Verb[]): Sound[] {
  return verbs.flatMap((each) =>
    each.verb === 'gather' ? each.sounds : each.verb === 'say' || each.verb === 'play' ? [each] : [],
  );
}

function elementsOf(element: Element | undefined): Element[] {
  return element === undefined ? [] : [element, ...element.children.flatMap(elementsOf)];
}

test('any verbs and texts make a document without faults that says the texts', () => {
  void fc.assert(
    fc.property(fc.array(verb, { maxLength: 6 }), (verbs) => {
      const xml = twiml(verbs, urls);
      expect(faultsOf(xml)).toEqual([]);
      const heard = elementsOf(parse(xml).root).filter(({ name }) => name === 'Say' || name === 'Play');
      const meant = soundsOf(verbs).filter((each) => each.verb === 'play' || clean(each.text).trim() !== '');
      expect(heard.map(({ text }) => text)).toEqual(
        meant.map((each) => (each.verb === 'play' ? urls.audio(each.audio) : read(each.text))),
      );
    }),
    { numRuns: 500 },
  );
});

test('no text breaks out of its place, no matter where it stands', () => {
  void fc.assert(
    fc.property(wild, wild, wild, (voice, action, audio) => {
      const gather: Verb = {
        verb: 'gather',
        sounds: [
          { ...say('.'), voice },
          { verb: 'play', audio },
        ],
        timeoutSeconds: 5,
      };
      const { root, faults } = parse(twiml([gather], { ...urls, action, audio: (id) => id }));
      expect(faults).toEqual([]);
      const [, gathered, said, played, redirect] = elementsOf(root);
      expect(root?.children.map(({ name }) => name)).toEqual(['Gather', 'Redirect']);
      // In an attribute tabs and line ends are read as spaces (https://www.w3.org/TR/xml/#AVNormalize).
      expect(gathered?.attributes.action).toBe(read(action).replace(/[\n\t]/g, ' '));
      expect(said?.attributes.voice).toBe(read(voice).replace(/[\n\t]/g, ' '));
      expect(played?.text).toBe(read(audio));
      expect(redirect?.text).toBe(read(action));
    }),
  );
});

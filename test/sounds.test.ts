import { describe, expect, test } from 'vitest';
import { pronounce, pronounceAround, wordsUsed } from '../lib/flow/pronounce.ts';
import { noSounds, speechKey, withSounds } from '../lib/flow/sounds.ts';

describe('a word is spoken as the list says', () => {
  test.each([
    ['in its own script, at any place', '请联系重庆分行。', [['重庆', '崇庆']], '请联系崇庆分行。'],
    ['alone, not within another', 'Dr Drake drives.', [['Dr', 'Doctor']], 'Doctor Drake drives.'],
    ['with other capitals', 'SQL and sql', [['Sql', 'sequel']], 'sequel and sequel'],
    [
      'the longest first',
      'New York, York',
      [
        ['York', 'Yawk'],
        ['New York', 'NYC'],
      ],
      'NYC, Yawk',
    ],
    [
      'once, not again in what it became',
      'a b',
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
      'b a',
    ],
    [
      'beside a number',
      'A4 paper, 24/7',
      [
        ['A4', 'A four'],
        ['24/7', 'always'],
      ],
      'A four paper, always',
    ],
    [
      'with characters that patterns use',
      'C++ (beta)',
      [
        ['C++', 'C plus plus'],
        ['(beta)', ''],
      ],
      'C plus plus ',
    ],
    ['beside marks', 'Zoë Zo', [['Zo', 'Zoh']], 'Zoë Zoh'],
    [
      'with capitals of any alphabet',
      'İstanbul, IŞIK, ΟΔΟΣ οδος',
      [
        ['İstanbul', '1'],
        ['ışık', '2'],
        ['IŞIK', '3'],
        ['οδος', '4'],
      ],
      '1, 3, 4 4',
    ],
    [
      'by the first entry for it',
      'IVR',
      [
        ['ivr', 'first'],
        ['IVR', 'second'],
      ],
      'first',
    ],
    ['with signs beyond the first plane', '😀𝒜 b', [['𝒜', 'A']], '😀A b'],
    ['next to another script', '用App下载', [['App', 'A P P']], '用A P P下载'],
  ])('%s', (_, text, list, spoken) => {
    const words = (list as [string, string][]).map(([word, spokenAs]) => ({ word, spokenAs }));
    expect(pronounce(text, words)).toBe(spoken);
  });

  test('the names of variables stay as they are', () => {
    const list = [{ word: 'WaitNo', spokenAs: 'x' }];
    expect(pronounceAround('WaitNo: ${WaitNo}', list)).toBe('x: ${WaitNo}');
    expect(pronounceAround('WaitNo', list)).toBe('x');
  });

  test('words that are found in some texts are told in the order of the list', () => {
    const list = [
      { word: 'York', spokenAs: 'x' },
      { word: 'new york', spokenAs: 'y' },
      { word: 'Hull', spokenAs: 'z' },
    ];
    expect(wordsUsed(['New York'], list)).toEqual([list[1]]);
    expect(wordsUsed(['New York', 'york'], list)).toEqual([list[0], list[1]]);
  });

  test('without a list the text stays as it is', () => {
    expect(pronounce('as it is', [])).toBe('as it is');
  });
});

test('verbs sound as they were frozen, in a gather, too', () => {
  const say = (text: string) => ({ verb: 'say', text, language: 'en-US', voice: 'Polly.Joanna' }) as const;
  const sounds = {
    audio: { welcome: 'a-1.wav', sea: 'a-2.wav' },
    speech: { [speechKey(say('Hello.'))]: 'a-3.wav' },
    words: { 'en-US': [{ word: 'SQL', spokenAs: 'sequel' }] },
  };
  const play = (audio: string) => ({ verb: 'play', audio }) as const;
  const enqueue = { verb: 'enqueue', skillGroup: 's', maxWaitSeconds: 5 } as const;
  expect(
    withSounds(
      [
        ...[play('welcome'), play('hold-music'), say('Hello.'), say('SQL.')],
        { verb: 'gather', timeoutSeconds: 5, sounds: [say('Hello.'), say('Press 1.')] },
        { ...enqueue, holdMusic: 'sea' },
        { verb: 'hangup' },
      ],
      sounds,
    ),
  ).toEqual([
    ...[play('a-1.wav'), play('hold-music'), play('a-3.wav'), say('sequel.')],
    { verb: 'gather', timeoutSeconds: 5, sounds: [play('a-3.wav'), say('Press 1.')] },
    { ...enqueue, holdMusic: 'a-2.wav' },
    { verb: 'hangup' },
  ]);
});

test('a text of which nothing is left to speak is left out', () => {
  const say = (text: string) => ({ verb: 'say', text, language: 'en-US' }) as const;
  const sounds = { ...noSounds, words: { 'en-US': [{ word: 'Inc', spokenAs: '' }] } };
  const gather = { verb: 'gather', timeoutSeconds: 5 } as const;
  expect(
    withSounds([say('Inc.'), say('Inc. 1'), { ...gather, sounds: [say('Inc.'), say('Press 1.')] }], sounds),
  ).toEqual([say('. 1'), { ...gather, sounds: [say('Press 1.')] }]);
});

test('a name of every object is no audio and no language', () => {
  const verbs = [
    { verb: 'play', audio: 'constructor' },
    { verb: 'say', text: 'x', language: 'toString' },
  ] as const;
  expect(withSounds(verbs, noSounds)).toEqual(verbs);
});

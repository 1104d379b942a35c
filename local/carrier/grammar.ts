import { e164 } from './fields.ts';
import { isLanguage, isVoice } from './voice.ts';

/** The rule of an attribute. Another value fails the call with `code`. */
export interface Attribute {
  readonly allows: (value: string) => boolean;
  readonly code: number;
  readonly wants: string;
}

/** The rule of an element. */
export interface Rule {
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The allowed child elements. */
  readonly children: readonly string[];
  /** The meaning of its text: `words` are spoken, a `url` is fetched, a `name` is that of a queue or a number. */
  readonly text: 'none' | 'words' | 'url' | 'name';
  /** The error code of a child that is not allowed, if it is a special one. */
  readonly nesting?: number;
}

function oneOf(code: number, ...values: readonly string[]): Attribute {
  return { allows: (value) => values.includes(value), code, wants: `one of ${values.join(', ')}` };
}

function whole(code: number, min: number, max = Number.MAX_SAFE_INTEGER): Attribute {
  const allows = (value: string) => /^\d{1,15}$/.test(value) && Number(value) >= min && Number(value) <= max;
  return { allows, code, wants: `a whole number from ${min}` };
}

function either(first: Attribute, word: string): Attribute {
  return {
    allows: (value) => value === word || first.allows(value),
    code: first.code,
    wants: `${word}, or ${first.wants}`,
  };
}

function anything(code = 12200): Attribute {
  return { allows: () => true, code, wants: 'a text' };
}

const flag = (code: number) => oneOf(code, 'true', 'false');
const method = (code: number) => oneOf(code, 'GET', 'POST');

/** An http or https URL, absolute or relative to the document's URL. */
const url: Attribute = {
  allows: (value) => value.trim() !== '' && isWebUrl(value),
  code: 11100,
  wants: 'a URL',
};

/** Whether a text is an http or https URL, absolute or relative. */
export function isWebUrl(text: string): boolean {
  const base = 'http://base.invalid/';
  return URL.canParse(text, base) && /^https?:$/.test(new URL(text, base).protocol);
}

function isCallerId(value: string): boolean {
  return e164.test(value);
}

const mark = (...attributes: readonly string[]): Rule => ({
  attributes: Object.fromEntries(attributes.map((name) => [name, anything()])),
  children: spoken,
  text: 'words',
});

/** The speech markup of Polly and Google voices (https://www.twilio.com/docs/voice/twiml/say/text-speech). */
const spoken = ['break', 'emphasis', 'lang', 'p', 'phoneme', 'prosody', 's', 'say-as', 'sub', 'w'] as const;

/** The verbs that this carrier supports. */
const verbs = [
  'Dial',
  'Enqueue',
  'Gather',
  'Hangup',
  'Leave',
  'Pause',
  'Play',
  'Record',
  'Redirect',
  'Reject',
  'Say',
] as const;

/** The rules of all supported elements, from the documentation of each verb (https://www.twilio.com/docs/voice/twiml). */
export const grammar: Readonly<Record<string, Rule>> = {
  Response: { attributes: {}, children: verbs, text: 'none' },
  Say: {
    attributes: {
      voice: { allows: isVoice, code: 13511, wants: 'a voice such as Polly.Joanna' },
      language: { allows: isLanguage, code: 13511, wants: 'a language such as en-US' },
      loop: whole(13510, 0),
    },
    children: spoken,
    text: 'words',
  },
  Play: {
    attributes: {
      loop: whole(13410, 0),
      digits: {
        allows: (value) => /^[0-9A-D#*wW]+$/.test(value),
        code: 13430,
        wants: 'tones: 0-9 A-D # * w W',
      },
    },
    children: [],
    text: 'url',
  },
  Pause: { attributes: { length: whole(13910, 1) }, children: [], text: 'none' },
  Gather: {
    attributes: {
      action: url,
      method: method(13312),
      input: oneOf(13326, 'dtmf', 'speech', 'dtmf speech', 'speech dtmf'),
      timeout: either(whole(13313, 1), 'auto'),
      numDigits: whole(13314, 1),
      finishOnKey: {
        allows: (value) => /^[0-9#*]?$/.test(value),
        code: 13310,
        wants: 'one of 0-9 # *, or nothing',
      },
      actionOnEmptyResult: flag(13338),
      speechTimeout: either(whole(13327, 1), 'auto'),
      speechModel: anything(),
      language: { allows: isLanguage, code: 13331, wants: 'a language such as en-US' },
      hints: {
        allows: (value) =>
          value.split(',').length <= 500 && value.split(',').every((hint) => hint.length <= 100),
        code: 13330,
        wants: 'at most 500 hints of 100 characters, with commas between',
      },
      bargeIn: flag(12200),
      profanityFilter: flag(12200),
      enhanced: flag(12200),
      debug: flag(12200),
      partialResultCallback: url,
      partialResultCallbackMethod: method(13312),
    },
    children: ['Pause', 'Play', 'Say'],
    text: 'none',
    nesting: 13320,
  },
  Record: {
    attributes: {
      action: url,
      method: method(13610),
      timeout: whole(13610, 0),
      finishOnKey: {
        allows: (value) => /^[0-9#*]*$/.test(value),
        code: 13610,
        wants: 'keys of 0-9 # *, or nothing',
      },
      maxLength: whole(13610, 1, 14_400),
      playBeep: flag(13610),
      trim: oneOf(13610, 'trim-silence', 'do-not-trim'),
      recordingStatusCallback: url,
      recordingStatusCallbackMethod: method(13610),
      recordingStatusCallbackEvent: {
        allows: (value) => /^(in-progress|completed|absent)( (in-progress|completed|absent))*$/.test(value),
        code: 13610,
        wants: 'in-progress, completed, absent, with spaces between',
      },
    },
    children: [],
    text: 'none',
  },
  Redirect: { attributes: { method: method(13710) }, children: [], text: 'url' },
  Hangup: { attributes: {}, children: [], text: 'none' },
  Leave: { attributes: {}, children: [], text: 'none' },
  Enqueue: {
    attributes: {
      action: url,
      method: method(12200),
      waitUrl: either(url, ''),
      waitUrlMethod: method(12200),
      maxQueueSize: whole(12200, 1, 5000),
    },
    children: [],
    text: 'name',
  },
  Dial: {
    attributes: {
      action: url,
      method: method(13210),
      timeout: whole(13212, 5, 600),
      timeLimit: whole(13216, 1),
      hangupOnStar: flag(13213),
      callerId: { allows: isCallerId, code: 13214, wants: 'a number such as +15550100' },
    },
    children: ['Queue', 'Number'],
    text: 'none',
    nesting: 13215,
  },
  Number: {
    attributes: {
      statusCallback: url,
      statusCallbackMethod: method(12200),
      statusCallbackEvent: {
        allows: (value) =>
          /^(initiated|ringing|answered|completed)( (initiated|ringing|answered|completed))*$/.test(value),
        code: 12200,
        wants: 'initiated, ringing, answered, completed, with spaces between',
      },
    },
    children: [],
    text: 'name',
  },
  Queue: { attributes: { url, method: method(12200) }, children: [], text: 'name' },
  Reject: { attributes: { reason: oneOf(13810, 'rejected', 'busy') }, children: [], text: 'none' },
  break: mark('strength', 'time'),
  emphasis: mark('level'),
  lang: mark('xml:lang'),
  p: mark(),
  phoneme: mark('alphabet', 'ph'),
  prosody: mark('volume', 'rate', 'pitch'),
  s: mark(),
  'say-as': mark('interpret-as', 'format', 'role'),
  sub: mark('alias'),
  w: mark('role'),
};

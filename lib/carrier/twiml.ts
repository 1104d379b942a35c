import { clean } from '../flow/text.ts';
import type { Connect, Dial, Enqueue, Gather, Recording, Say, Sound, Verb } from '../flow/verbs.ts';

/** Where a document sends the carrier. The URLs are absolute: not every TwiML carrier takes relative ones. */
export interface Urls {
  /** The next webhook of the call, with the cursor in its query. */
  readonly action: string;
  /** What is heard by a caller who waits in a queue: asked for again whenever it is over. */
  wait(enqueue: Enqueue): string;
  /** What is heard by a caller just before an agent is connected with them. */
  readonly announcement: string;
  /** What is told when an outside number has answered. */
  readonly answered: string;
  /** What is told when a recording is ready. */
  recorded(recording: Recording): string;
  /** The file of an audio of the library. */
  audio(id: string): string;
  /** What the carrier calls the queue of a skill group. */
  queue(skillGroup: string): string;
}

/** The content type of every document. */
export const contentType = 'text/xml; charset=utf-8';

/** What a document may take, in bytes of UTF-8 (https://www.twilio.com/docs/api/errors/11750). */
export const largestDocumentBytes = 64 * 1024;

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** The document that tells the carrier nothing: a status callback wants no more. */
export const emptyDocument = `${declaration}<Response/>`;

/**
 * The verbs as a TwiML document (https://www.twilio.com/docs/voice/twiml). Takes any text: what XML forbids is
 * dropped, markup is written as text.
 *
 * @throws {RangeError} when the document is larger than `largestDocumentBytes`.
 */
export function twiml(verbs: readonly Verb[], urls: Urls): string {
  let elements = '';
  for (const verb of verbs) elements += element(verb, urls);
  const document = `${declaration}<Response>${elements}</Response>`;
  // No character takes more than three bytes for each of its UTF-16 units, so most documents need no count.
  if (document.length * 3 > largestDocumentBytes) {
    const bytes = Buffer.byteLength(document);
    if (bytes > largestDocumentBytes) {
      throw new RangeError(
        `A document of ${bytes} bytes; carriers take ${largestDocumentBytes}: go on earlier.`,
      );
    }
  }
  return document;
}

function element(verb: Verb, urls: Urls): string {
  switch (verb.verb) {
    case 'say':
    case 'play':
      return sound(verb, urls);
    case 'gather':
      return gather(verb, urls);
    case 'enqueue':
      return enqueue(verb, urls);
    case 'leave':
      return '<Leave/>';
    case 'connect':
      return connect(verb, urls);
    case 'dial':
      return dial(verb, urls);
    case 'record':
      return record(verb, urls);
    case 'continue':
      return redirect(quoted(urls.action));
    case 'hangup':
      return '<Hangup/>';
  }
}

// The carrier posts to `action` only when a key was pressed, and otherwise runs the verb behind the Gather. So silence
// comes as a post without digits; unlike `actionOnEmptyResult`, this works with every TwiML carrier. An empty
// `finishOnKey` makes `#` a key like any other.
function gather({ sounds, timeoutSeconds, most = 1, finishKey }: Gather, urls: Urls): string {
  const action = quoted(urls.action);
  let heard = '';
  for (const each of sounds) heard += sound(each, urls);
  return `<Gather input="dtmf" numDigits="${most}" finishOnKey="${finishKey ?? ''}" timeout="${timeoutSeconds}" action="${action}" method="POST">${heard}</Gather>${redirect(action)}`;
}

// The action is asked for however the caller leaves the queue, after a talk at its end
// (https://www.twilio.com/docs/voice/twiml/enqueue).
function enqueue(verb: Enqueue, urls: Urls): string {
  const action = `action="${quoted(urls.action)}" method="POST"`;
  const wait = `waitUrl="${quoted(urls.wait(verb))}" waitUrlMethod="POST"`;
  return `<Enqueue ${action} ${wait}>${written(urls.queue(verb.skillGroup))}</Enqueue>`;
}

// An empty queue is waited at for the timeout, the shortest there is; `url` is what the caller hears, not the agent
// (https://www.twilio.com/docs/voice/twiml/queue).
function connect({ skillGroup }: Connect, urls: Urls): string {
  const queue = `<Queue url="${quoted(urls.announcement)}" method="POST">${written(urls.queue(skillGroup))}</Queue>`;
  return `<Dial timeout="5" action="${quoted(urls.action)}" method="POST">${queue}</Dial>`;
}

// The action is asked for however it ends, so no verb follows; that the other side has answered is told meanwhile, as the
// action may never come if the caller hangs up (https://www.twilio.com/docs/voice/twiml/dial).
function dial({ number, callerId, ringSeconds, maxMinutes }: Dial, urls: Urls): string {
  const callback = `statusCallbackEvent="answered" statusCallback="${quoted(urls.answered)}" statusCallbackMethod="POST"`;
  const shown = callerId === '' ? '' : ` callerId="${quoted(callerId)}"`;
  const limits = `timeout="${ringSeconds}" timeLimit="${maxMinutes * 60}"`;
  return `<Dial${shown} ${limits} action="${quoted(urls.action)}" method="POST"><Number ${callback}>${written(number)}</Number></Dial>`;
}

// The action is asked for if anything was recorded, also if the caller hangs up; else the carrier runs the verb behind it. An
// empty `finishOnKey` lets no key end it. That there is a recording is told beside it, once its file can be had
// (https://www.twilio.com/docs/voice/twiml/record).
function record(verb: Recording, urls: Urls): string {
  const { maxSeconds, silenceSeconds, finishKey = '' } = verb;
  const limits = `timeout="${silenceSeconds}" finishOnKey="${finishKey}" maxLength="${maxSeconds}"`;
  const callback = `recordingStatusCallback="${quoted(urls.recorded(verb))}" recordingStatusCallbackMethod="POST"`;
  const action = quoted(urls.action);
  return `<Record ${limits} playBeep="true" trim="trim-silence" action="${action}" method="POST" ${callback}/>${redirect(action)}`;
}

/** The elements of texts. The engine hands the same ones over again and again, and nobody changes them. */
const kept = new WeakMap<Say, string>();

function sound(verb: Sound, urls: Urls): string {
  if (verb.verb === 'play') return `<Play>${written(urls.audio(verb.audio))}</Play>`;
  let element = kept.get(verb);
  if (element === undefined) {
    element = say(verb);
    kept.set(verb, element);
  }
  return element;
}

// A Say of nothing is an error to the carrier (https://www.twilio.com/docs/api/errors/13520), so it is left out.
function say({ text, language, voice }: Say): string {
  const spoken = written(text);
  if (spoken.trim() === '') return '';
  const voiced = voice === undefined ? '' : ` voice="${quoted(voice)}"`;
  return `<Say language="${quoted(language)}"${voiced}>${spoken}</Say>`;
}

function redirect(action: string): string {
  return `<Redirect method="POST">${action}</Redirect>`;
}

// Texts without angle brackets, quotes, controls and surrogates. Nearly all are, and cost no more than this one look.
const plain = /^[ !#-;=?-\uD7FF\uE000-\uFFFD]*$/;

/** A text as it stands in an element. Quotes stay as they are, so that it takes what `markupBytes` counts. */
function written(text: string): string {
  if (plain.test(text)) return ampersands(text);
  return clean(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** A text as it stands between the quotes of an attribute; an element takes it, too. */
function quoted(text: string): string {
  return plain.test(text) ? ampersands(text) : written(text).replace(/"/g, '&quot;');
}

function ampersands(text: string): string {
  return text.includes('&') ? text.replace(/&/g, '&amp;') : text;
}

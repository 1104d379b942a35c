import { clean } from '../flow/text.ts';
import type { Connect, Dial, Enqueue, Gather, Recording, Say, Sound, Verb } from '../flow/verbs.ts';

/** The URLs and names in a document. URLs are absolute, because not every TwiML carrier supports relative ones. */
export interface Urls {
  /** The next webhook of the call, with the cursor in its query. */
  readonly action: string;
  /** The URL of what a waiting caller hears; it is requested again each time it is over. */
  wait(enqueue: Enqueue): string;
  /** The URL of what a caller hears just before an agent is connected with them. */
  readonly announcement: string;
  /** The URL that is called when an outside number has answered. */
  readonly answered: string;
  /** The URL that is called when a recording is ready. */
  recorded(recording: Recording): string;
  /** The URL of an audio of the library. */
  audio(id: string): string;
  /** The carrier's name of a skill group's queue. */
  queue(skillGroup: string): string;
}

/** The content type of every document. */
export const contentType = 'text/xml; charset=utf-8';

/** The largest document, in bytes of UTF-8 (https://www.twilio.com/docs/api/errors/11750). */
export const largestDocumentBytes = 64 * 1024;

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** An empty document, the answer to status callbacks. */
export const emptyDocument = `${declaration}<Response/>`;

/**
 * The verbs as a TwiML document (https://www.twilio.com/docs/voice/twiml). Texts may have any content: characters that XML forbids are
 * dropped, and markup is escaped.
 *
 * @throws {RangeError} when the document is larger than `largestDocumentBytes`.
 */
export function twiml(verbs: readonly Verb[], urls: Urls): string {
  let elements = '';
  for (const verb of verbs) elements += element(verb, urls);
  const document = `${declaration}<Response>${elements}</Response>`;
  // A UTF-16 unit takes at most three bytes, so most documents need not be counted.
  if (document.length * 3 > largestDocumentBytes) {
    const bytes = Buffer.byteLength(document);
    if (bytes > largestDocumentBytes) {
      throw new RangeError(
        `The document has ${bytes} bytes, ${largestDocumentBytes} at most are allowed: continue in another one earlier.`,
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

// The carrier posts to `action` only if a key was pressed, and otherwise runs the verb after the Gather. So silence arrives as a post
// without digits. Unlike `actionOnEmptyResult`, this works with every TwiML carrier. An empty `finishOnKey` makes `#` an ordinary key.
function gather({ sounds, timeoutSeconds, maxDigits = 1, finishKey }: Gather, urls: Urls): string {
  const action = quoted(urls.action);
  let heard = '';
  for (const each of sounds) heard += sound(each, urls);
  return `<Gather input="dtmf" numDigits="${maxDigits}" finishOnKey="${finishKey ?? ''}" timeout="${timeoutSeconds}" action="${action}" method="POST">${heard}</Gather>${redirect(action)}`;
}

// The action is requested when the caller leaves the queue in any way, or after a talk
// (https://www.twilio.com/docs/voice/twiml/enqueue).
function enqueue(verb: Enqueue, urls: Urls): string {
  const action = `action="${quoted(urls.action)}" method="POST"`;
  const wait = `waitUrl="${quoted(urls.wait(verb))}" waitUrlMethod="POST"`;
  return `<Enqueue ${action} ${wait}>${written(urls.queue(verb.skillGroup))}</Enqueue>`;
}

// At an empty queue the carrier waits for `timeout`; 5 is the shortest. The caller, not the agent, hears `url`
// (https://www.twilio.com/docs/voice/twiml/queue).
function connect({ skillGroup }: Connect, urls: Urls): string {
  const queue = `<Queue url="${quoted(urls.announcement)}" method="POST">${written(urls.queue(skillGroup))}</Queue>`;
  return `<Dial timeout="5" action="${quoted(urls.action)}" method="POST">${queue}</Dial>`;
}

// The action is requested after every result, so no verb follows. A callback reports the answer, because the action may never be
// requested if the caller hangs up (https://www.twilio.com/docs/voice/twiml/dial).
function dial({ number, callerId, ringSeconds, maxMinutes }: Dial, urls: Urls): string {
  const callback = `statusCallbackEvent="answered" statusCallback="${quoted(urls.answered)}" statusCallbackMethod="POST"`;
  const shown = callerId === '' ? '' : ` callerId="${quoted(callerId)}"`;
  const limits = `timeout="${ringSeconds}" timeLimit="${maxMinutes * 60}"`;
  return `<Dial${shown} ${limits} action="${quoted(urls.action)}" method="POST"><Number ${callback}>${written(number)}</Number></Dial>`;
}

// The action is requested if something was recorded, even if the caller hangs up; otherwise the carrier runs the verb after it. An empty
// `finishOnKey` lets no key end it. A callback reports when the file is available (https://www.twilio.com/docs/voice/twiml/record).
function record(verb: Recording, urls: Urls): string {
  const { maxSeconds, silenceSeconds, finishKey = '' } = verb;
  const limits = `timeout="${silenceSeconds}" finishOnKey="${finishKey}" maxLength="${maxSeconds}"`;
  const callback = `recordingStatusCallback="${quoted(urls.recorded(verb))}" recordingStatusCallbackMethod="POST"`;
  const action = quoted(urls.action);
  return `<Record ${limits} playBeep="true" trim="trim-silence" action="${action}" method="POST" ${callback}/>${redirect(action)}`;
}

/** Cache: the elements of texts. The engine passes the same immutable objects again. */
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

// The carrier treats an empty Say as an error (https://www.twilio.com/docs/api/errors/13520), so it is left out.
function say({ text, language, voice }: Say): string {
  const spoken = written(text);
  if (spoken.trim() === '') return '';
  const voiced = voice === undefined ? '' : ` voice="${quoted(voice)}"`;
  return `<Say language="${quoted(language)}"${voiced}>${spoken}</Say>`;
}

function redirect(action: string): string {
  return `<Redirect method="POST">${action}</Redirect>`;
}

// Fast path: texts without angle brackets, quotes, control characters and surrogates.
const plain = /^[ !#-;=?-\uD7FF\uE000-\uFFFD]*$/;

/** A text escaped for an element. Quotes are not escaped, as `markupBytes` counts. */
function written(text: string): string {
  if (plain.test(text)) return ampersands(text);
  return clean(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** A text escaped for an attribute in double quotes; it is also valid in an element. */
function quoted(text: string): string {
  return plain.test(text) ? ampersands(text) : written(text).replace(/"/g, '&quot;');
}

function ampersands(text: string): string {
  return text.includes('&') ? text.replace(/&/g, '&amp;') : text;
}

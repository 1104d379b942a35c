import type { Element } from './document.ts';
import type { Listener } from './event.ts';
import { Fault } from './fault.ts';

/** What verbs need to be performed. */
export interface Stage {
  /** The URL of the document. */
  readonly url: string;
  /** Aborted when the document is replaced or the call is over. */
  readonly signal: AbortSignal;
  readonly tell: Listener;
  /** Waits on the carrier's clock, or until `cut` is aborted. Throws when `signal` is aborted. */
  pass(ms: number, cut?: AbortSignal): Promise<void>;
  /** The type and size of an audio file. Throws a Fault if it cannot be fetched. */
  audio(url: string): Promise<{ readonly type: string; readonly bytes: number }>;
}

/** The number of repetitions for `loop="0"` (https://www.twilio.com/docs/voice/twiml/say#loop). */
const mostLoops = 1000;

/** The content types of Play (https://www.twilio.com/docs/voice/twiml/play). */
const audioType = /^audio\/(mpeg|wav|wave|x-wav|aiff|x-aifc|x-aiff|x-gsm|gsm|basic|ulaw|x-ulaw)\s*(;|$)/i;

/** Plays a Say, Play or Pause to its end, or until `cut` is aborted. */
export async function playSound(stage: Stage, sound: Element, cut?: AbortSignal): Promise<void> {
  const { name, attributes } = sound;
  if (name === 'Pause') return await stage.pass(Number(attributes.length ?? 1) * 1000, cut);
  if (attributes.digits !== undefined) return await stage.pass(attributes.digits.length * 500, cut);
  const { event, ms } = name === 'Say' ? speech(sound) : await audio(stage, sound);
  const loops = Number(attributes.loop ?? 1) || mostLoops;
  for (let loop = 0; loop < loops && cut?.aborted !== true; loop += 1) {
    await stage.tell(event);
    await stage.pass(ms, cut);
  }
}

/** Fetches and checks the audio of a Play; does nothing for other sounds. */
export async function fetchSound(stage: Stage, sound: Element): Promise<void> {
  if (sound.name === 'Play') await audio(stage, sound);
}

function speech({ text, attributes: { voice, language } }: Element) {
  const event = {
    event: 'heard',
    say: text.trim(),
    ...(voice === undefined ? {} : { voice }),
    ...(language === undefined ? {} : { language }),
  } as const;
  return { event, ms: spokenMs(text) };
}

async function audio(stage: Stage, { text }: Element) {
  const url = new URL(text.trim(), stage.url).href;
  const { type, bytes } = await stage.audio(url);
  if (!audioType.test(type)) throw new Fault(13420, `${url} is "${type}", which <Play> does not support`);
  return { event: { event: 'heard', play: url }, ms: bytes / bytesAMs } as const;
}

/** Bytes per millisecond at 64 kbit/s, the usual rate of audio for telephones. */
const bytesAMs = 8;

/**
 * Estimates how long a voice takes to speak a text, in milliseconds: 4.5 characters a second in scripts where each is a syllable, as in
 * Chinese, else 15.
 */
function spokenMs(text: string): number {
  const characters = Array.from(text.trim());
  const syllables = characters.filter((character) =>
    /\p{sc=Han}|\p{sc=Hangul}|\p{sc=Hira}|\p{sc=Kana}/u.test(character),
  );
  return Math.round((syllables.length / 4.5 + (characters.length - syllables.length) / 15) * 1000);
}

import { audioFile } from '../../../lib/flow/audio.ts';
import { spokenTag } from '../../../lib/flow/language.ts';
import { holdMusic } from '../../../lib/flow/prompt.ts';
import type { Play, Say } from '../../../lib/flow/verbs.ts';
import type { AudioLibrary } from '../audio/library.ts';
import type { HeardSound } from './heard.ts';

/** The longest text that the API speaks at once, in characters. */
const longestSpoken = 300;

/** The state of sounds: where playing stands, `undefined` once all is quiet, and why the last one was not heard. */
export interface SpeakerState {
  readonly at?: number;
  readonly fault?: string;
}

/**
 * Lets sounds be heard one after the other: audio is played; a text is spoken by the browser if it has a voice for the language,
 * else by the API. What cannot be heard is left out.
 */
export class Speaker {
  readonly #library: Pick<AudioLibrary, 'read' | 'preview'> | undefined;
  readonly #tell: (sounding: SpeakerState) => void;
  #turn = 0;
  #audio: HTMLAudioElement | undefined;

  /** `tell` learns how it goes on. */
  constructor(
    library: Pick<AudioLibrary, 'read' | 'preview'> | undefined,
    tell: (sounding: SpeakerState) => void,
  ) {
    this.#library = library;
    this.#tell = tell;
  }

  /** Plays sounds in place of those that are heard. */
  async play(sounds: readonly HeardSound[]): Promise<void> {
    this.stop();
    const turn = this.#turn;
    let fault: string | undefined;
    for (const [at, { sound, loops = false }] of sounds.entries()) {
      if (turn !== this.#turn) return;
      this.#tell({ at, ...(fault === undefined ? {} : { fault }) });
      try {
        if (sound.verb === 'file') await this.#hear(sound.url);
        else await (sound.verb === 'say' ? this.#speak(sound, turn) : this.#sound(sound, turn, loops));
      } catch (error) {
        fault = error instanceof Error ? error.message : String(error);
      }
    }
    if (turn === this.#turn) this.#tell(fault === undefined ? {} : { fault });
  }

  /** Silence, at once. */
  stop(): void {
    this.#turn += 1;
    this.#audio?.pause();
    this.#audio = undefined;
    if ('speechSynthesis' in window) window.speechSynthesis.cancel();
    this.#tell({});
  }

  async #speak({ text, language, voice }: Say, turn: number): Promise<void> {
    const tag = spokenTag(language) ?? language;
    const own = voiceFor(tag);
    if (own !== undefined) return await utter(text, own);
    const short = Array.from(text).slice(0, longestSpoken).join('');
    const named = voice === undefined ? {} : { voice };
    const sound = await this.#library?.preview({ text: short, language: tag, ...named });
    if (sound === undefined || turn !== this.#turn) return;
    const url = URL.createObjectURL(sound);
    await this.#hear(url).finally(() => URL.revokeObjectURL(url));
  }

  async #sound({ audio }: Play, turn: number, loops: boolean): Promise<void> {
    const url = audio === holdMusic ? `/audio/${audioFile(audio)}` : (await this.#library?.read(audio))?.url;
    if (url !== undefined && turn === this.#turn) await this.#hear(url, loops);
  }

  /** Resolves at the end of a sound, or when it is stopped. */
  #hear(url: string, loops = false): Promise<void> {
    const player = new Audio(url);
    player.loop = loops;
    this.#audio = player;
    return new Promise((resolve, reject) => {
      player.onended = () => resolve();
      player.onpause = () => resolve();
      player.onerror = () => reject(new Error(player.error?.message ?? ''));
      player.play().catch(reject);
    });
  }
}

/** A voice of the browser for a language; `undefined` if it has no voice for it. */
function voiceFor(tag: string): SpeechSynthesisVoice | undefined {
  if (!('speechSynthesis' in window)) return undefined;
  const voices = window.speechSynthesis.getVoices();
  const [primary = ''] = tag.split('-', 1);
  const spelled = (voice: SpeechSynthesisVoice) => voice.lang.replace('_', '-');
  return (
    voices.find((voice) => spelled(voice) === tag) ??
    voices.find((voice) => spelled(voice).split('-', 1)[0] === primary)
  );
}

/** Resolves when the text was spoken, or was cut short. */
function utter(text: string, voice: SpeechSynthesisVoice): Promise<void> {
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onend = () => resolve();
    utterance.onerror = () => resolve();
    window.speechSynthesis.speak(utterance);
  });
}

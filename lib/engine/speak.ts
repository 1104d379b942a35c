import { defaultLanguage, type Flow } from '../flow/flow.ts';
import { speechOf } from '../flow/language.ts';
import { audioPartBytes, type Prompt, partsOf, textPartBytes } from '../flow/prompt.ts';
import { fill, markupBytes, type Values } from '../flow/text.ts';
import type { Sound, Verb } from '../flow/verbs.ts';

/**
 * The sounds of a prompt: its texts filled with the values, each in its own language and voice, else the flow's, else the
 * language's own voice.
 */
export function speak(flow: Flow, prompt: Prompt | undefined, values: Values): Sound[] {
  if (prompt === undefined) return [];
  return partsOf(prompt).map((part): Sound => {
    if ('audio' in part) return { verb: 'play', audio: part.audio };
    const language = part.language ?? flow.language ?? defaultLanguage;
    const speech = speechOf(language);
    const voice = part.voice ?? (part.language === undefined ? flow.voice : undefined) ?? speech?.voice;
    return {
      verb: 'say',
      text: fill(part.text, values),
      language: speech?.language ?? language,
      ...(voice === undefined ? {} : { voice }),
    };
  });
}

/** Whether what is said takes more than these bytes in a document. */
export function fills(said: readonly Verb[], bytes: number): boolean {
  // A UTF-16 unit takes five bytes at the most, so most documents need no counting.
  if (weigh(said, (text) => text.length * 5) <= bytes) return false;
  return weigh(said, markupBytes) > bytes;
}

function weigh(said: readonly Verb[], textBytes: (text: string) => number): number {
  let bytes = 0;
  for (const verb of said) {
    if (verb.verb === 'say') bytes += textPartBytes + textBytes(verb.text);
    if (verb.verb === 'play') bytes += audioPartBytes;
  }
  return bytes;
}

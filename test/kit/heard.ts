import type { Heard } from '../../lib/admin/calls.ts';
import { audioFile } from '../../lib/flow/audio.ts';
import { holdMusic } from '../../lib/flow/prompt.ts';
import { type Element, parse } from './grammar.ts';

/** What a document lets a caller hear, in order. */
export function heardIn(xml: string): Heard[] {
  const { root } = parse(xml);
  return root === undefined ? [] : heardOf(root);
}

function heardOf(element: Element): Heard[] {
  if (element.name === 'Say') return [{ text: element.text }];
  if (element.name === 'Play') return [{ audio: nameOf(element.text) }];
  return element.children.flatMap(heardOf);
}

/** The id of the audio that stands under a URL. */
function nameOf(url: string): string {
  const file = url.slice(url.lastIndexOf('/') + 1);
  return file === audioFile(holdMusic) ? holdMusic : file;
}

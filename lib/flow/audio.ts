import { holdMusic } from './prompt.ts';

/**
 * The file name of a library audio under the base URL of audio. The content of a file never changes, because carriers and
 * caches keep it for a year: different hold music needs a file name with the next number.
 */
export function audioFile(id: string): string {
  return id === holdMusic ? 'hold-music-1.mp3' : id;
}

import { holdMusic } from './prompt.ts';

/**
 * The file of an audio of the library, as it is named under the base URL of audio. What lies under a name never changes:
 * carriers and caches keep it for a year, so music that sounds different has the next number.
 */
export function audioFile(id: string): string {
  return id === holdMusic ? 'hold-music-1.mp3' : id;
}

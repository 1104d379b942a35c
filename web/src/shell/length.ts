import { firstCharacters } from '../../../lib/flow/length.ts';

/**
 * The props of a text field that takes at most `max` characters, counted as the schema does: an emoji is one. The
 * browser's own `maxLength` counts it as two.
 */
export function upTo(max: number) {
  return {
    count: {
      max,
      strategy: (text: string) => Array.from(text).length,
      exceedFormatter: (text: string) => firstCharacters(text, max),
    },
  };
}

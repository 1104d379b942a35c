import * as v from 'valibot';

/**
 * The schema rule for a text of at most `most` characters. They are counted in code points as in JSON Schema, so an emoji counts
 * once. `fix` is the end of the message: what to do with a longer text.
 */
export function atMost(most: number, fix = ''): v.MaxLengthAction<string, number, string> {
  const units = v.maxLength<string, number, string>(
    most,
    `is longer than ${thousands(most)} characters${fix}`,
  );
  return {
    ...units,
    '~run': (dataset, config) =>
      dataset.typed && isAtMost(dataset.value, most) ? dataset : units['~run'](dataset, config),
  };
}

/**
 * A whole number as in English texts: `3,000`. Not by `toLocaleString`: its first call loads the languages of ICU, which takes 9 ms of
 * processor time, and schemas that name limits are made at each cold start.
 */
export function thousands(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Whether a text has at most `max` characters (code points). */
export function isAtMost(text: string, max: number): boolean {
  // A text never has more code points than UTF-16 units.
  return text.length <= max || Array.from(text).length <= max;
}

/** The first `max` characters (code points) of a text. */
export function firstCharacters(text: string, max: number): string {
  return isAtMost(text, max) ? text : Array.from(text).slice(0, max).join('');
}

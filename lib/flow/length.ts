import * as v from 'valibot';

/**
 * A text of at most this many characters, counted as people and JSON Schema do: an emoji is one. `fix` is what to do about
 * a longer one.
 */
export function atMost(most: number, fix = ''): v.MaxLengthAction<string, number, string> {
  const units = v.maxLength<string, number, string>(
    most,
    `is longer than ${most.toLocaleString('en-US')} characters${fix}`,
  );
  return {
    ...units,
    '~run': (dataset, config) =>
      dataset.typed && isAtMost(dataset.value, most) ? dataset : units['~run'](dataset, config),
  };
}

/** Whether a text has at most this many characters, counted as `atMost` does. */
export function isAtMost(text: string, max: number): boolean {
  // It has as many characters as UTF-16 units, or fewer.
  return text.length <= max || Array.from(text).length <= max;
}

/** The first characters of a text. */
export function firstCharacters(text: string, max: number): string {
  return isAtMost(text, max) ? text : Array.from(text).slice(0, max).join('');
}

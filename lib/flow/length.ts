import * as v from 'valibot';

/**
 * A text of so many characters at the most, counted as people and JSON Schema do: an emoji is one. `fix` is what to do about
 * a longer one.
 */
export function atMost(most: number, fix = ''): v.MaxLengthAction<string, number, string> {
  const units = v.maxLength<string, number, string>(
    most,
    `is longer than ${most.toLocaleString('en-US')} characters${fix}`,
  );
  // A text has as many characters as UTF-16 units, or fewer.
  const fits = (text: string) => text.length <= most || Array.from(text).length <= most;
  return {
    ...units,
    '~run': (dataset, config) =>
      dataset.typed && fits(dataset.value) ? dataset : units['~run'](dataset, config),
  };
}

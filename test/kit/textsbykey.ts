/** The texts of a tree of words, by their keys with dots: `audio.states.all` → `All`. */
export function textsByKey(words: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string'
        ? [[`${path}${key}`, value]]
        : [...textsByKey(value as object, `${path}${key}.`)],
    ),
  );
}

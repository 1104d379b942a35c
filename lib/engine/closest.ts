/** A word longer than this gets no suggestion: keys of a broken document may have any length. */
const longestWord = 60;

/**
 * The end of a message about an unknown word: ``. Did you mean `prompt`?`` for `promt`. `undefined` if no known word is close. Up to
 * a third of the letters may be wrong, missing, added or swapped; upper and lower case are the same.
 */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  if (word.length > longestWord) return undefined;
  const most = Math.max(1, Math.floor(word.length / 3));
  const ranked = known
    .map((each) => ({ each, edits: editsBetween(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, edits }) => edits <= most && edits < each.length)
    .sort((one, other) => one.edits - other.edits);
  const [best] = ranked;
  return best === undefined ? undefined : `. Did you mean \`${best.each}\`?`;
}

/** The number of edits between two words, with swapped neighbours as one edit (optimal string alignment distance). */
function editsBetween(one: string, other: string): number {
  let [older, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = isSwapped && i > 1 && j > 1 ? at(older, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1), swapped));
    }
    [older, last] = [last, row];
  }
  return at(last, other.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}

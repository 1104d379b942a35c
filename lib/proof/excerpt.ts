/** The characters of an excerpt, and how many of them come before the first difference. */
const room = { shown: 120, before: 40 } as const;

/** Two texts, shortened to excerpts around their first difference if they are long. Values that are not texts stay unchanged. */
export function excerpts(one: unknown, other: unknown): [one: unknown, other: unknown] {
  const [left, right] = [one, other].map((text) => (typeof text === 'string' ? Array.from(text) : undefined));
  const same = left?.findIndex((letter, index) => letter !== right?.[index]) ?? 0;
  const from = left === undefined || right === undefined ? 0 : (same < 0 ? left.length : same) - room.before;
  return [cut(one, left, Math.max(from, 0)), cut(other, right, Math.max(from, 0))];
}

function cut(value: unknown, letters: readonly string[] | undefined, from: number): unknown {
  if (letters === undefined || letters.length <= room.shown) return value;
  const part = letters.slice(from, from + room.shown).join('');
  return `${from > 0 ? '…' : ''}${part}${from + room.shown < letters.length ? '…' : ''}`;
}

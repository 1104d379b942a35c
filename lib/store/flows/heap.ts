/**
 * Estimates the bytes of V8's heap that a flow takes once calls have visited all of its nodes, within a third. A character takes one
 * byte, or two if the string has any above U+00FF. The costs of objects and fields are three to four times those of the document
 * itself, because the engine caches the parsed settings and the sounds of each node and shares only the strings. V8 stores large
 * objects as hash tables of twice the size.
 */
export function heapBytes(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length * (/[^\0-\xff]/.test(value) ? 2 : 1);
  if (typeof value !== 'object' || value === null) return 0;
  const fields = Object.values(value);
  const each = fields.length > 128 ? 48 : 24;
  return fields.reduce<number>((sum, field) => sum + each + heapBytes(field), 160);
}

/**
 * About how many bytes of V8's heap a flow parsed from JSON takes once calls have been through all of its nodes, within a
 * third: one byte a character, two if the string holds any above U+00FF, and some for each object and field. Those are three
 * to four times what the document itself takes, because the engine keeps the checked settings and the sounds of each node it met; only
 * the strings are shared. V8 keeps large objects in hash tables, at twice the size.
 */
export function heapBytes(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length * (/[^\0-\xff]/.test(value) ? 2 : 1);
  if (typeof value !== 'object' || value === null) return 0;
  const fields = Object.values(value);
  const each = fields.length > 128 ? 48 : 24;
  return fields.reduce<number>((sum, field) => sum + each + heapBytes(field), 160);
}

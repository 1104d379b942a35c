/** The most levels of objects and lists in a document: far more than a flow needs, and few enough for recursion. */
export const deepestNesting = 100;

/** Whether a JSON value has more than `levels` levels of objects and lists. `[[]]` has two. */
export function isNestedDeeper(value: unknown, levels = deepestNesting): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && isNestedDeeper(inner, levels - 1)) return true;
  }
  return false;
}

/** The size of a value as JSON in bytes of UTF-8, if no character is escaped as `\u`. */
export function jsonBytes(value: unknown): number {
  const json = JSON.stringify(value) ?? '';
  if (/^[ !#-[\]-~"]*$/.test(json)) return json.length;
  // `stringify` escapes the control characters; a lone surrogate takes the three bytes of its replacement.
  const plain = json.replace(/\\(?:u([0-9a-f]{4})|.)/g, (written, code: string | undefined) =>
    code === undefined ? written : String.fromCharCode(Number.parseInt(code, 16)),
  );
  return new TextEncoder().encode(plain).length;
}

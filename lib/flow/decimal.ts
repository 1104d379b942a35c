const shape = /^(-?)(\d{1,30})(?:\.(\d{1,10}))?$/;

/** The most decimal places of a number. */
const places = 10;

/**
 * Reads a decimal number exactly, in units of 10⁻¹⁰: `1.5` → 15000000000n. It has up to 30 digits before the point and up to
 * 10 after it; spaces around it are ignored. `undefined` for any other text, such as `1e3`, `+5` or `１２`.
 */
export function readDecimal(text: string): bigint | undefined {
  const [found, sign, whole = '', fraction = ''] = shape.exec(text.trim()) ?? [];
  if (found === undefined) return undefined;
  const value = BigInt(whole + fraction.padEnd(places, '0'));
  return sign === '-' ? -value : value;
}

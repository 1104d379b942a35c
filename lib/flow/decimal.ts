const shape = /^(-?)(\d{1,30})(?:\.(\d{1,10}))?$/;

/** How many decimal places a number may have. */
const places = 10;

/**
 * A decimal number as ten thousand millionths, exactly: `1.5` → 15000000000n. `undefined` if the text is not one: up to 30 digits
 * and up to 10 behind a point, with blanks around it or not; `1e3`, `+5` and `１２` are none.
 */
export function readDecimal(text: string): bigint | undefined {
  const [found, sign, whole = '', fraction = ''] = shape.exec(text.trim()) ?? [];
  if (found === undefined) return undefined;
  const value = BigInt(whole + fraction.padEnd(places, '0'));
  return sign === '-' ? -value : value;
}

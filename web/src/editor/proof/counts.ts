/** A number of paths as text; from 10 digits on only its power of ten. */
export function pathsText(count: bigint): string {
  const digits = String(count);
  return digits.length <= 9 ? digits : `10^${digits.length - 1}`;
}

/** A number of paths: as it is while one can read it, else its magnitude. */
export function pathsText(count: bigint): string {
  const digits = String(count);
  return digits.length <= 9 ? digits : `10^${digits.length - 1}`;
}

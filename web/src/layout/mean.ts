/** The mean of numbers; `undefined` if there are none. */
export function mean(numbers: readonly number[] = []): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

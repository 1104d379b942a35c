/** The values of a line of the log; none if it is not a JSON object. */
export function valuesIn(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}

import { takeValues } from '../../../lib/flow/request.ts';

/** The last answer of each connection that was tried, as JSON. It may hold what is personal: it ends with this tab. */
const answers = new Map<string, string>();

/** Keeps what a connection answered to the last attempt; `undefined` if that was no JSON. */
export function keepAnswer(connection: string, json: unknown): void {
  if (json === undefined) answers.delete(connection);
  else answers.set(connection, JSON.stringify(json));
}

/** What a pointer gets of the last answer of a connection: a value, or that it gets none; `undefined` without an answer. */
export function valueInLastAnswer(
  connection: string,
  from: string,
): { readonly value: string | undefined } | undefined {
  const answer = answers.get(connection);
  if (answer === undefined) return undefined;
  return { value: takeValues(answer, [{ variable: 'Value', from }])?.Value };
}

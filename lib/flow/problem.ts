/** A flow with errors cannot be published; one with warnings can. */
export type Severity = 'error' | 'warning';

/** A problem of a draft: what is wrong, where, and how to fix it. */
export interface Problem {
  /** The id of the rule. It does not change between releases. */
  readonly rule: string;
  readonly severity: Severity;
  readonly node?: string;
  /** The path of the field, with dots: `prompt.text`, `exits.next`. */
  readonly field?: string;
  /** An English sentence that names the problem and the fix. */
  readonly message: string;
}

/** Where a call script fails, with the id and the values of the message for a translation. */
export interface ScriptFault {
  /** The live flow whose script fails, if it is not the flow of the request. */
  readonly flow?: string;
  /** The line of the script, from 1. */
  readonly line: number;
  /** The title of the call; left out for a line that cannot be read. */
  readonly title?: string;
  readonly says: string;
  readonly values?: Readonly<Partial<Record<string, string | number>>>;
}

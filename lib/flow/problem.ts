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

/** Errors keep a flow from being published; warnings do not. */
export type Severity = 'error' | 'warning';

/** What is wrong with a draft, where, and what to do about it. */
export interface Problem {
  /** The rule that was broken; its name is stable. */
  readonly rule: string;
  readonly severity: Severity;
  readonly node?: string;
  /** The field, with dots: `prompt.text`, `exits.next`. */
  readonly field?: string;
  /** A sentence that names the fault and the fix. */
  readonly message: string;
}

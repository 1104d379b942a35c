import type { Flow } from '../flow/flow.ts';
import { waiverFor } from '../flow/waivers.ts';
import { type ExploreOptions, explore } from './explore.ts';
import { type Proof, proveExplored } from './prove.ts';
import { lintRules } from './rules/index.ts';
import { type LawPack, type LintRule, type LintSeverity, lookAt, type Stumble } from './rules/rule.ts';

/** A finding of the linter: the rule, its severity, and the fix. */
export interface LintFinding extends Stumble {
  readonly rule: string;
  readonly severity: LintSeverity;
  readonly fix: string;
  /** The reason of the flow's waiver, if it has one. */
  readonly waived?: string;
}

/** Options of the linter. */
export interface LintOptions extends ExploreOptions {
  /** The laws whose rules count as errors. */
  readonly laws?: readonly LawPack[];
  readonly rules?: readonly LintRule[];
}

/** The findings in a flow: errors, then warnings, then notes. */
export function lint(flow: Flow, options: LintOptions = {}): LintFinding[] {
  return judge(flow, options).findings;
}

/** The proof and the lint findings of a flow, from one exploration. */
export function judge(
  flow: Flow,
  { laws = [], rules = lintRules, ...options }: LintOptions = {},
): { readonly proof: Proof; readonly findings: LintFinding[] } {
  const explored = explore(flow, options);
  const proof = proveExplored(flow, explored, options);
  const looked = lookAt(flow, explored, proof, options.audio ?? (() => undefined));
  const findings = rules.flatMap((rule) => {
    const isLaw = rule.laws?.some((law) => laws.includes(law)) === true;
    const severity = isLaw ? 'error' : rule.severity;
    return Array.from(rule.find(looked), (stumble): LintFinding => {
      // What a law requires is an error, and errors cannot be waived.
      const waiver = isLaw ? undefined : waiverFor(flow, rule.id, stumble.node);
      const waived = waiver === undefined ? {} : { waived: waiver.because };
      return { rule: rule.id, severity, ...stumble, fix: rule.fix, ...waived };
    });
  });
  const grades = ['error', 'warning', 'note'] as const;
  return {
    proof,
    findings: grades.flatMap((grade) => findings.filter(({ severity }) => severity === grade)),
  };
}

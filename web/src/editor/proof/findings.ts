import type { TFunction } from 'i18next';
import { countProblems, leftOut } from '../../../../lib/engine/report.ts';
import type { Flow } from '../../../../lib/flow/flow.ts';
import type { Problem } from '../../../../lib/flow/problem.ts';
import type { RefusedProblem } from '../../draft/remote.ts';
import { failureText, lintText, scriptFaultText } from '../../words/findings.ts';
import type { Names } from '../../words/naming.ts';
import { problemText, subjectOf } from '../../words/sentences.ts';
import type { Analysis } from './question.ts';

/** Something to mend, as the panel lists it. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'note';
  readonly source: 'check' | 'proof' | 'lint';
  readonly rule: string;
  /** The node or note, as the canvas knows it; left out for the flow itself. */
  readonly subject?: string | undefined;
  readonly field?: string | undefined;
  readonly text: string;
  readonly fix?: string | undefined;
  /** A call that shows it. */
  readonly script?: string;
}

/** What the words of findings are made of. */
export interface FindingWords {
  readonly t: TFunction;
  readonly names: Names;
  readonly language: string;
  readonly flow: Flow;
}

/** What lint and proof say of the same. */
const sameAsProof: Readonly<Record<string, string>> = {
  'mute-end': 'goodbye-only',
  'human-missing': 'human-missing',
};

/** What the proof and the linter say of a flow; left out is what it waives, and what stands in the check or the proof already. */
function moreThanChecked(problems: readonly Problem[], analysis: Analysis | undefined, flow: string) {
  const failures = (analysis?.proof.failures ?? []).filter(
    (failure) => failure.waived === undefined && failure.flow === flow,
  );
  const isSaid = (rule: string, node = '') =>
    problems.some((problem) => problem.rule === rule && (problem.node ?? '') === node) ||
    failures.some((failure) => failure.rule === sameAsProof[rule] && failure.node === node);
  const lint = (analysis?.findings ?? []).filter(
    ({ waived, rule, node }) => waived === undefined && !isSaid(rule, node),
  );
  return { failures, lint };
}

/** How many errors and warnings there are, those included that a check leaves out of its list. */
export function countFindings(
  problems: readonly Problem[],
  analysis: Analysis | undefined,
  flow: string,
): { errors: number; warnings: number } {
  const { errors, warnings } = countProblems(problems);
  const { failures, lint } = moreThanChecked(problems, analysis, flow);
  const warned = lint.filter(({ severity }) => severity === 'warning');
  return { errors, warnings: warnings + failures.length + warned.length };
}

/** What the check says, or what a publish was refused for; how many problems it leaves out is none of them. */
export function checkedFindings(
  problems: readonly RefusedProblem[],
  { t, names, language, flow }: FindingWords,
): Finding[] {
  return problems
    .filter((problem) => leftOut(problem) === undefined)
    .map((problem) => {
      const { severity, rule, field, script } = problem;
      const text =
        script === undefined ? problemText(t, names, problem, flow) : scriptFaultText(t, language, problem);
      return { severity, source: 'check', rule, subject: subjectOf(problem), field, text };
    });
}

/**
 * All that is to be mended, the gravest first; of equal ones first what the check says, then the proof, then the linter. What the
 * flow waives, and what two of them say of the same node, is listed once or not at all.
 */
export function findingsOf(
  problems: readonly Problem[],
  analysis: Analysis | undefined,
  words: FindingWords,
): Finding[] {
  const { names, language, flow } = words;
  const checked = checkedFindings(problems, words);
  const { failures, lint } = moreThanChecked(problems, analysis, flow.id);
  const proven = failures.map(
    (each): Finding => ({
      ...{ severity: 'warning', source: 'proof', rule: each.rule, text: failureText(language, each) },
      ...{ subject: each.node === '' ? undefined : each.node, script: each.script },
    }),
  );
  const linted = lint.map((finding): Finding => {
    const { severity, rule, node, field } = finding;
    return {
      severity,
      source: 'lint',
      rule,
      subject: node,
      field,
      ...lintText(language, names, finding, flow),
    };
  });
  const all = [...checked, ...proven, ...linted];
  return (['error', 'warning', 'note'] as const).flatMap((grade) =>
    all.filter(({ severity }) => severity === grade),
  );
}

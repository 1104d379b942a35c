import { type LintFinding, lint } from '../../lib/proof/lint.ts';
import { type LawPack, lawPacks } from '../../lib/proof/rules/rule.ts';
import { inline } from '../../local/terminal.ts';
import type { Answer } from '../command.ts';
import { problemLines } from '../problems.ts';
import { flowsBeside, isUnusable, readFlowFile, type Unusable, withFlows } from './files.ts';

/** The options of `flows lint`. */
interface LintCommand {
  readonly strict: boolean;
  readonly rules: string | undefined;
}

/** The findings of a flow's file. */
interface Linted {
  readonly file: string;
  readonly findings: readonly LintFinding[];
}

/** Lints flows; returns the findings, each with its fix, and the files that cannot be used. */
export function lintFlows(named: readonly string[], { strict, rules }: LintCommand): Answer {
  const laws = lawsIn(rules);
  const linted = withFlows<Linted>(named, ({ flow: file }) => ({
    file,
    findings: lint(readFlowFile(file), { laws, find: flowsBeside(file) }),
  }));
  const unusable = linted.filter(isUnusable);
  const open = linted
    .flatMap((each) => (isUnusable(each) ? [] : each.findings))
    .filter(({ waived }) => waived === undefined);
  const count = (severity: LintFinding['severity']) =>
    open.filter((each) => each.severity === severity).length;
  const counted = (severity: LintFinding['severity']) =>
    `${count(severity)} ${severity}${count(severity) === 1 ? '' : 's'}`;
  const lost = unusable.length === 0 ? '' : ` ${unusable.length} of ${linted.length} could not be linted.`;
  const sum = `${counted('error')}, ${counted('warning')}, ${counted('note')}.${lost}`;
  return {
    text: [...linted.flatMap(linesOf), sum].map(inline).join('\n'),
    json: { files: linted.map((each) => (isUnusable(each) ? { ...each, findings: [] } : each)) },
    fine: unusable.length === 0 && count('error') === 0 && (!strict || count('warning') === 0),
  };
}

/** The packs of laws that an option names. Throws if one does not exist. */
export function lawsIn(rules: string | undefined): LawPack[] {
  return (rules ?? '').split(',').flatMap((name) => {
    const pack = lawPacks.find((each) => each === name.trim());
    if (pack === undefined && name.trim() !== '') {
      throw new Error(
        `--rules takes ${lawPacks.join(' and ')}, separated by commas; there is no "${name.trim()}".`,
      );
    }
    return pack === undefined ? [] : [pack];
  });
}

function linesOf(each: Linted | Unusable): string[] {
  if (isUnusable(each)) return problemLines(each.file, each.problems);
  const { file, findings } = each;
  if (findings.length === 0) return [`${file}: nothing to stumble over`];
  return findings.map(({ rule, severity, node, field, message, fix, waived }) => {
    const place = [node, field].filter((part) => part !== undefined && part !== '').join('.');
    const what = `${file}: ${place === '' ? '' : `${place}: `}${message} (${rule})`;
    return waived === undefined ? `${severity}: ${what} ${fix}` : `waived: ${what} ${waived}`;
  });
}

import { readFileSync } from 'node:fs';
import { type Flow, flowFormat } from '../lib/flow/flow.ts';
import { nodeType } from '../lib/nodes/index.ts';
import { lintRules } from '../lib/proof/rules/index.ts';
import type { LintRule } from '../lib/proof/rules/rule.ts';

/** The part of a flow that an example gives: its head, and the nodes that differ from the base. */
type Part = Pick<Flow, 'nodes'> & Partial<Flow>;

/** A flow that breaks a rule, and the same flow fixed. */
interface LintExample {
  readonly fails: Part;
  readonly mended: Part;
}

interface Examples {
  /** The nodes that all examples share. */
  readonly base: Flow['nodes'];
  readonly rules: Readonly<Record<string, LintExample>>;
}

/** A rule with its example as whole flows. */
export interface RuleExample {
  readonly rule: LintRule;
  readonly fails: Flow;
  readonly mended: Flow;
}

function readExamples(): Examples {
  return JSON.parse(readFileSync(new URL('../docs/lint/examples.json', import.meta.url), 'utf8'));
}

/** The rules with their examples. A rule is left out if its example needs a node type that this release does not have. */
export function lintExamples(): RuleExample[] {
  const { base, rules } = readExamples();
  const whole = ({ nodes, ...head }: Part): Flow => ({
    ...{ schema: flowFormat, id: 'example', name: 'Example' },
    ...head,
    nodes: { ...base, ...nodes },
  });
  return lintRules.flatMap((rule) => {
    const example = rules[rule.id];
    if (example === undefined)
      throw new Error(`The rule ${rule.id} has no example in docs/lint/examples.json.`);
    const [fails, mended] = [whole(example.fails), whole(example.mended)];
    const isKnown = [fails, mended].every(({ nodes }) =>
      Object.values(nodes).every(({ type }) => nodeType(type) !== undefined),
    );
    return isKnown ? [{ rule, fails, mended }] : [];
  });
}

/** The page about the rules of the linter. */
export function lintPage(): string {
  const { base, rules } = readExamples();
  const about = [
    'Made by `npm run generate` from `lib/proof/rules` and `docs/lint/examples.json`. `npx branchline flows lint FILE…` tells what callers of a flow',
    'would stumble over. Warnings fail with `--strict`; `--rules es,cn` turns what a law of that country requires into an error. Nothing here is legal advice.',
    '',
    'A flow accepts a warning with a reason: `"waive": [{ "rule": "menu-long", "node": "menu", "because": "…" }]`.',
    '',
    'The examples show the nodes that matter, and are the tests of the rules. Unless an example replaces them, it also has these nodes:',
    '',
    json(base),
  ].join('\n');
  const known = lintExamples().map(({ rule }) => rule);
  const list = known.map(
    ({ id, severity, about: when, laws = [] }) =>
      `| [\`${id}\`](#${id}) | ${severity}${laws.length === 0 ? '' : `; error with \`--rules ${laws.join(',')}\``} | ${when} |`,
  );
  return `${[
    '# What callers stumble over',
    about,
    `| rule | severity | warns when |\n|---|---|---|\n${list.join('\n')}`,
    ...known.map((rule) => section(rule, rules[rule.id])),
  ].join('\n\n')}\n`;
}

function section({ id, about, why, source, fix }: LintRule, example: LintExample | undefined): string {
  return [
    `## ${id}`,
    `${about} ${why}`,
    `**Fix.** ${fix}`,
    `**Source.** ${source}`,
    'Fails:',
    json(shownPart(example?.fails)),
    'Mended:',
    json(shownPart(example?.mended)),
  ].join('\n\n');
}

/** A part as the page shows it: only the nodes if it has no head. */
function shownPart(part: Part | undefined): unknown {
  const { nodes = {}, ...head } = part ?? {};
  return Object.keys(head).length === 0 ? nodes : { ...head, nodes };
}

function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

import { check } from '../engine/check.ts';
import type { Problem } from '../flow/problem.ts';
import type { Admin } from './admin.ts';
import { openFacts } from './facts.ts';
import { usageOf } from './usage.ts';

/** A live flow that enters another one, directly or through others, and has problems because of that one. */
export interface AffectedFlow {
  readonly flow: string;
  readonly name: string;
  readonly problems: readonly Problem[];
}

/** The rules for problems that another flow causes. */
const rules = new Set(['unknown-flow', 'flow-not-live', 'calls-itself', 'endless', 'too-long-walk']);

/** The live flows that enter a flow, directly or through other live flows, and have problems because of its live version. */
export async function affectedBy(admin: Admin, id: string): Promise<AffectedFlow[]> {
  const usages = await usageOf(admin, 'flows');
  const affected: AffectedFlow[] = [];
  const met = new Map([[id, '']]);
  for (const entered of met.keys()) {
    for (const { flow, name, usedIn } of usages.get(entered) ?? []) {
      if (usedIn.includes('live') && !met.has(flow)) met.set(flow, name);
    }
  }
  met.delete(id);
  if (met.size === 0) return [];
  const facts = openFacts(admin);
  await facts.prepare([...met.keys()]);
  for (const [flow, name] of met) {
    // The flow may have been deleted meanwhile.
    const document = await facts.live(flow);
    if (document === undefined) continue;
    const problems = check(document, await facts.of(document)).filter(({ rule }) => rules.has(rule));
    if (problems.length > 0) affected.push({ flow, name, problems });
  }
  return affected;
}

import { check } from '../engine/check.ts';
import type { Problem } from '../flow/problem.ts';
import { fetchVersion } from '../store/flows/versions.ts';
import type { Admin } from './admin.ts';
import { factsOf } from './facts.ts';
import { needFlow } from './flows.ts';
import { usageOf } from './usage.ts';

/** A live flow that enters another one, and has problems because of that one. */
export interface AffectedFlow {
  readonly flow: string;
  readonly name: string;
  readonly problems: readonly Problem[];
}

/** The rules for problems that another flow causes. */
const rules = new Set(['unknown-flow', 'flow-not-live', 'calls-itself']);

/** The live flows that enter a flow and have problems because of its live version. */
export async function affectedBy(admin: Admin, id: string): Promise<AffectedFlow[]> {
  const users = (await usageOf(admin, 'flows')).get(id) ?? [];
  const affected: AffectedFlow[] = [];
  for (const { flow, name, usedIn } of users) {
    if (flow === id || !usedIn.includes('live')) continue;
    const { live } = await needFlow(admin, flow);
    const document = live === undefined ? undefined : await fetchVersion(admin.table, flow, live);
    if (document === undefined) continue;
    const problems = check(document, await factsOf(admin, document)).filter(({ rule }) => rules.has(rule));
    if (problems.length > 0) affected.push({ flow, name, problems });
  }
  return affected;
}

import type { Flow, Waiver } from './flow.ts';

/** The waiver of a flow that covers a finding of a rule at a node; one without a node covers the whole flow. */
export function waiverFor({ waive = [] }: Flow, rule: string, node?: string): Waiver | undefined {
  return waive.find((each) => each.rule === rule && (each.node === undefined || each.node === node));
}

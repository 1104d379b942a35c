import type { Entry, Step } from '../engine/result.ts';
import type { Verb } from '../flow/verbs.ts';

/** The result of the steps after one event. */
export interface Led {
  readonly step: Step;
  readonly verbs: readonly Verb[];
  readonly entries: readonly Entry[];
  readonly facts: readonly string[];
}

/** The result of steps that follow others without the caller. */
export function joinSteps(first: Led, then: Led): Led {
  return {
    step: then.step,
    verbs: [...first.verbs, ...then.verbs],
    entries: [...first.entries, ...then.entries],
    // The second part began with the facts of the first.
    facts: then.facts,
  };
}

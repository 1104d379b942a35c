import type { Flow } from '../flow/flow.ts';

/** What is known outside the flow; what is not given is not checked. */
export interface Facts {
  /** The ids of the skill groups. */
  readonly groups?: ReadonlySet<string>;
  /** The approved audio without the system's own: how many seconds each takes, by its id. */
  readonly audio?: ReadonlyMap<string, number>;
  /** The ids of the schedules. */
  readonly schedules?: ReadonlySet<string>;
  /** The last day with a known holiday, by the ids of the schedules where that is within 60 days, or over. */
  readonly holidaysEnd?: ReadonlyMap<string, string>;
  /** The ids of the connections. */
  readonly connections?: ReadonlySet<string>;
  /** The other flows, by their ids. */
  readonly flows?: ReadonlyMap<string, FlowFact>;
}

/** What is known of another flow. */
export interface FlowFact {
  /** Whether calls can enter it. */
  readonly live: boolean;
  /** Its live version, if it is known. */
  readonly document?: Flow;
}

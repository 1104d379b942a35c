import type { Flow } from '../flow/flow.ts';

/** What a check knows of resources outside the flow. What is left out is not checked. */
export interface Facts {
  /** The ids of the skill groups. */
  readonly groups?: ReadonlySet<string>;
  /** The seconds of each approved audio by its id, without the system's own. */
  readonly audio?: ReadonlyMap<string, number>;
  /** The ids of the schedules. */
  readonly schedules?: ReadonlySet<string>;
  /** The last known holiday by schedule id, only for schedules where it is within 60 days or past. */
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

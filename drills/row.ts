/** One line of the page: what was tried, what came of it, and what must not be, which is nothing in good cases. */
export interface DrillRow {
  readonly what: string;
  readonly came: string;
  readonly problems: readonly string[];
}

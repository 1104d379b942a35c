/** How a node enters another flow. */
export interface Entering {
  /** The id of the other flow; left out if none is chosen. */
  readonly flow?: string;
  /** The exit that is taken when the other flow returns. */
  readonly back: string;
  /** The exit that is taken at once if the other flow cannot be entered. May be the same exit as `back`. */
  readonly fallback: string;
}

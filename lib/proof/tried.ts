/** Which values of variables are tried. */
export interface Tried {
  /** The values of a variable to try: one for each way that the flow's comparisons can turn out. */
  trials(variable: string): readonly string[];
  /** Whether the value of a variable can decide something; if not, only whether it is set, and empty, matters. */
  decides(variable: string): boolean;
}

/** The same keys, any words: what a translation must have to be complete, and nothing else. */
export type Words<Original> = {
  readonly [Key in keyof Original]: Original[Key] extends string ? string : Words<Original[Key]>;
};

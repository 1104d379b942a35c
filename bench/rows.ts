/** The rows of the bench in the order in which they run: each is a module of `rows/` that exports `measure`. */
export const rows = [
  'step',
  'voice',
  'cold',
  'http',
  'growth',
  'size',
  'memory',
  'queue',
  'scale',
  'audio',
  'proof',
  'stats',
  'console',
] as const;

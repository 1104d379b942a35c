/** The fields of a flow itself that people set: what stands beside its nodes, layout and notes. */
export const headFields = ['name', 'language', 'voice', 'description'] as const;

/** One of these fields. */
export type HeadField = (typeof headFields)[number];

/** The fields of the flow itself that people edit. */
export const headFields = ['name', 'language', 'voice', 'description'] as const;

/** One of these fields. */
export type HeadField = (typeof headFields)[number];

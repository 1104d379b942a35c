/** The kinds of resources outside a flow that it can refer to by id. */
export type Resource = 'groups' | 'audio' | 'flows' | 'schedules' | 'connections';

/** The resources that a flow refers to: sorted ids without repetitions, by kind. Kinds without ids are left out. */
export type Uses = Readonly<Partial<Record<Resource, readonly string[]>>>;

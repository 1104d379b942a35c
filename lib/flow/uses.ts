/** What lies outside a flow and can be named in it by an id. */
export type Resource = 'groups' | 'audio' | 'flows' | 'schedules' | 'connections';

/** What a flow names outside itself: ids by resource, sorted, each once; without resources of which it names nothing. */
export type Uses = Readonly<Partial<Record<Resource, readonly string[]>>>;

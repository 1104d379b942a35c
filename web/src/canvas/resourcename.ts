import { createContext } from 'react';
import type { Resource } from '../../../lib/flow/uses.ts';

/** What something outside a flow is called, such as a skill group by its id; the id itself if that is not known. */
export type ResourceName = (resource: Resource, id: string) => string;

/** How a drawing calls what its nodes name outside the flow. */
export const ResourceNameContext = createContext<ResourceName>((_resource, id) => id);

import { useQueryClient } from '@tanstack/react-query';
import { listAgents, listGroups } from '../api/centre.ts';
import { listConnections } from '../api/connections.ts';
import { listSchedules } from '../api/schedules.ts';
import { useApi } from '../session/context.ts';
import type { TakenIds } from './freeid.ts';

/** A list of what is made under an id that the user writes, by its query key. */
export type IdList = 'agents' | 'connections' | 'schedules' | 'skill-groups';

/** The ids of a list, for who makes something new: to save it under one of them would replace what is there. */
export function useTakenIds(list: IdList): TakenIds {
  const api = useApi();
  const queries = useQueryClient();
  const reads = {
    agents: () => listAgents(api),
    connections: () => listConnections(api),
    schedules: () => listSchedules(api),
    'skill-groups': () => listGroups(api),
  };
  return async () => {
    const read: () => Promise<readonly ({ readonly id: string } | { readonly staffNo: string })[]> =
      reads[list];
    const items = await queries.fetchQuery({ queryKey: [list], queryFn: read, staleTime: 5000 });
    return new Set(items.map((item) => ('staffNo' in item ? item.staffNo : item.id)));
  };
}

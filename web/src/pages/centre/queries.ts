import { useQuery } from '@tanstack/react-query';
import { listAgents, listGroups, listQueues, readStats } from '../../api/centre.ts';
import { useApi } from '../../session/context.ts';
import { polling } from './polling.ts';

/** All skill groups. */
export function useGroups() {
  const api = useApi();
  return useQuery({ queryKey: ['skill-groups'], queryFn: () => listGroups(api) });
}

/** What a skill group is called; its id while that is not known, or if it is not there. */
export function useGroupName(): (id: string) => string {
  const groups = useGroups().data;
  return (id) => groups?.find((group) => group.id === id)?.name ?? id;
}

/** All agents, asked for again and again. */
export function useAgents() {
  const api = useApi();
  return useQuery({ queryKey: ['agents'], queryFn: () => listAgents(api), ...polling(5) });
}

/** The queues, asked for again and again. */
export function useQueues() {
  const api = useApi();
  return useQuery({ queryKey: ['queues'], queryFn: () => listQueues(api), ...polling(3) });
}

/** What happened since the day began here, asked for again and again. */
export function useToday() {
  const api = useApi();
  return useQuery({
    queryKey: ['stats', 'today'],
    queryFn: () => readStats(api, new Date(new Date().setHours(0, 0, 0, 0)).toISOString()),
    ...polling(15),
  });
}

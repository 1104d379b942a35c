import { useQueries, useQuery } from '@tanstack/react-query';
import type { Flow } from '../../../lib/flow/flow.ts';
import { listDeletedFlows } from '../api/centre.ts';
import { listFlows, readDocument } from '../api/flows.ts';
import type { FlowRow } from '../api/generated/types.ts';
import { listNumbers } from '../api/numbers.ts';
import { browserStorage } from '../draft/storage.ts';
import { useApi, useSigned } from '../session/context.ts';

/** All flows, by id. */
export function useFlows() {
  const api = useApi();
  return useQuery({ queryKey: ['flows'], queryFn: () => listFlows(api) });
}

/** The drafts of some flows, by id, for the names in them; one that cannot be read is left out. */
export function useDocuments(flows: ReadonlySet<string>): ReadonlyMap<string, Flow> {
  const api = useApi();
  return useQueries({
    queries: Array.from(flows, (id) => ({
      ...{ queryKey: ['document', id], staleTime: 60_000, queryFn: () => readDocument(api, id) },
    })),
    combine: (found) =>
      new Map(found.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data] as const]))),
  });
}

/** All deleted flows that can be restored, by id. */
export function useDeletedFlows() {
  const api = useApi();
  return useQuery({ queryKey: ['flows', 'deleted'], queryFn: () => listDeletedFlows(api) });
}

/** All numbers that are bound. */
export function useNumbers() {
  const api = useApi();
  return useQuery({ queryKey: ['numbers'], queryFn: () => listNumbers(api) });
}

/**
 * How many errors keep a draft from being published; undefined while that is not known. They were counted at its save; only
 * what an earlier release has saved is read for it.
 */
export function useErrors({ id, revision, errors }: FlowRow): number | undefined {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['errors', id, revision],
    enabled: errors === undefined,
    staleTime: Number.POSITIVE_INFINITY,
    async queryFn() {
      const [{ check }, { countProblems }, document] = await Promise.all([
        import('../../../lib/engine/check.ts'),
        import('../../../lib/engine/report.ts'),
        readDocument(api, id),
      ]);
      return countProblems(check(document)).errors;
    },
  });
  return errors ?? data;
}

const none: ReadonlySet<string> = new Set();

/** The flows that the user has unsaved work on in this browser. */
export function useUnsaved(): ReadonlySet<string> {
  const { user } = useSigned().session;
  const flows = async () => new Set((await browserStorage.find(user)).map(([, flow]) => flow));
  return useQuery({ queryKey: ['unsaved', user], queryFn: flows }).data ?? none;
}

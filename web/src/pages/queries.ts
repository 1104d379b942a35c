import { useQuery } from '@tanstack/react-query';
import { listFlows, readDocument } from '../api/flows.ts';
import type { FlowRow } from '../api/generated/types.ts';
import { listNumbers } from '../api/numbers.ts';
import { browserShelf } from '../draft/shelf.ts';
import { useApi, useSigned } from '../session/context.ts';

/** All flows, by id. */
export function useFlows() {
  const api = useApi();
  return useQuery({ queryKey: ['flows'], queryFn: () => listFlows(api) });
}

/** All numbers that are bound. */
export function useNumbers() {
  const api = useApi();
  return useQuery({ queryKey: ['numbers'], queryFn: () => listNumbers(api) });
}

/**
 * How many errors keep a draft from being published; undefined while that is not known. A draft that is a version already
 * has none, so only what is not published is read.
 */
export function useErrors({ id, revision, changed }: FlowRow): number | undefined {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['errors', id, revision],
    enabled: changed,
    staleTime: Number.POSITIVE_INFINITY,
    async queryFn() {
      const [{ check }, document] = await Promise.all([
        import('../../../lib/engine/check.ts'),
        readDocument(api, id),
      ]);
      return check(document).filter(({ severity }) => severity === 'error').length;
    },
  });
  return changed ? data : 0;
}

const none: ReadonlySet<string> = new Set();

/** The flows that the user has unsaved work on in this browser. */
export function useUnsaved(): ReadonlySet<string> {
  const { user } = useSigned().session;
  const flows = async () => new Set((await browserShelf.find(user)).map(([, flow]) => flow));
  return useQuery({ queryKey: ['unsaved', user], queryFn: flows }).data ?? none;
}

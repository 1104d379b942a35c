import { skipToken, useQuery } from '@tanstack/react-query';
import type { Flow } from '../../../lib/flow/flow.ts';

/** A published version of a flow: it never changes, so it is read once. Without a number there is nothing to read. */
export function useVersion(
  flow: string,
  number: number | undefined,
  read: ((number: number) => Promise<Flow>) | undefined,
) {
  return useQuery({
    queryKey: ['version', flow, number],
    queryFn: number === undefined || read === undefined ? skipToken : () => read(number),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

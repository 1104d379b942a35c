import { skipToken, useQuery } from '@tanstack/react-query';
import type { Flow } from '../../../lib/flow/flow.ts';
import { withLayout } from '../layout/layout.ts';

/**
 * A published version of a flow: it never changes, so it is read once. Without a number there is nothing to read. It is placed as
 * the draft of the editor is: a file may have no layout, and the two would differ by it.
 */
export function useVersion(
  flow: string,
  number: number | undefined,
  read: ((number: number) => Promise<Flow>) | undefined,
) {
  return useQuery({
    queryKey: ['version', flow, number, 'placed'],
    queryFn:
      number === undefined || read === undefined ? skipToken : async () => withLayout(await read(number)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

/** A page of a list, and where the next one begins. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** A list that is read page by page; `items` are those of all pages that were read, `undefined` until the first is. */
export function usePages<Item>(
  queryKey: QueryKey,
  read: (after: string | undefined) => Promise<Page<Item>>,
  options: { readonly refetchInterval?: () => number; readonly refetchIntervalInBackground?: boolean } = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => read(pageParam),
    getNextPageParam: ({ next }) => next,
    ...options,
  });
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) };
}

import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { LoadError } from './loaderror.tsx';

/** How a query stands, as far as these parts show it. */
interface QueryState {
  readonly isError: boolean;
  readonly error: unknown;
  refetch(): unknown;
}

/** Why a query has failed, also one that has read something before; nothing if it has not. */
export function QueryError({ query: { isError, error, refetch } }: { query: QueryState }) {
  return isError ? <LoadError error={error} retry={() => void refetch()} /> : null;
}

/**
 * Stands in the place of what a query has not read yet: a placeholder, or why it cannot be read. What was read before is shown on
 * although it cannot be read again: a poll that fails ends no call and closes no form.
 */
export function NotLoaded({ query }: { query: QueryState }) {
  return query.isError ? <QueryError query={query} /> : <Skeleton active />;
}

interface QueryListProps<Item> {
  readonly query: QueryState & { readonly isPending: boolean };
  /** What was read; `undefined` until it is. */
  readonly items: readonly Item[] | undefined;
  /** What is shown if there is nothing. */
  readonly empty: ReactNode;
  /** Shows what there is. */
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A list as its query has it: a placeholder while it is read, why it could not be read, what is said if it is empty, what it holds. */
export function QueryList<Item>({ query, items, empty, children }: QueryListProps<Item>) {
  return (
    <>
      <QueryError query={query} />
      {query.isPending ? <Skeleton active /> : null}
      {items === undefined ? null : items.length === 0 ? empty : children(items)}
    </>
  );
}

interface MoreButtonProps {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): unknown;
  };
  readonly children: string;
}

/** A button that reads the next page of a list; nothing if there is none. */
export function MoreButton({ query, children }: MoreButtonProps) {
  if (!query.hasNextPage) return null;
  return (
    <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {children}
    </Button>
  );
}
